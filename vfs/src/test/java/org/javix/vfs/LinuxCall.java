package org.javix.vfs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** A system call for {@link LinuxOracle}: its name, its arguments in order, and where a descriptor goes. */
final class LinuxCall {
    /** The working directory, as a descriptor. */
    static final int CWD = -100;

    private static final int NO_SLOT = 255;

    private final String name;
    private final ByteArrayOutputStream arguments = new ByteArrayOutputStream();
    private final List<Integer> outputs = new ArrayList<>();
    private int count;
    private int slot = NO_SLOT;

    LinuxCall(String name) {
        this.name = name;
    }

    /** What came of it: the result or negative errno, and the content of its buffers. */
    record Reply(long result, List<ByteBuffer> buffers) {
        /** The first {@code result} bytes of the first buffer; empty after a failure. */
        String bytes() {
            byte[] bytes = new byte[(int) Math.clamp(result, 0, buffers.getFirst().capacity())];
            buffers.getFirst().get(0, bytes);
            return new String(bytes, ISO_8859_1);
        }
    }

    LinuxCall number(long value) {
        arguments.write('i');
        arguments.writeBytes(buffer(8).putLong(value).array());
        count++;
        return this;
    }

    /** Flags of {@code open}: two of them have other numbers on some machines. */
    LinuxCall openFlags(int flags) {
        int machine = flags & ~(OpenFlags.O_DIRECTORY | OpenFlags.O_NOFOLLOW);
        machine |= (flags & OpenFlags.O_DIRECTORY) != 0 ? HostCalls.O_DIRECTORY : 0;
        machine |= (flags & OpenFlags.O_NOFOLLOW) != 0 ? HostCalls.O_NOFOLLOW : 0;
        return number(machine);
    }

    /** The descriptor in a slot, or {@link #CWD}. */
    LinuxCall fd(int slotOrCwd) {
        if (slotOrCwd < 0) {
            return number(slotOrCwd);
        }
        arguments.write('r');
        arguments.write(slotOrCwd);
        count++;
        return this;
    }

    LinuxCall text(String text) {
        return bytes(text.getBytes(ISO_8859_1));
    }

    LinuxCall bytes(byte[] bytes) {
        return sized('s', bytes.length, bytes);
    }

    /** A buffer for output. */
    LinuxCall output(int length) {
        outputs.add(length);
        return sized('o', length, new byte[0]);
    }

    /** A buffer for input and output. */
    LinuxCall inOut(byte[] bytes) {
        outputs.add(bytes.length);
        return sized('b', bytes.length, bytes);
    }

    private LinuxCall sized(char kind, int length, byte[] bytes) {
        arguments.write(kind);
        arguments.writeBytes(buffer(4).putInt(length).array());
        arguments.writeBytes(bytes);
        count++;
        return this;
    }

    /** The result is a descriptor to be kept. */
    LinuxCall into(int slotNumber) {
        slot = slotNumber;
        return this;
    }

    byte[] request() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(name.length());
        out.writeBytes(name.getBytes(ISO_8859_1));
        out.write(slot);
        out.write(count);
        out.writeBytes(arguments.toByteArray());
        return out.toByteArray();
    }

    /** The lengths of the buffers in the reply. */
    List<Integer> outputs() {
        return outputs;
    }

    static ByteBuffer buffer(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.nativeOrder());
    }
}
