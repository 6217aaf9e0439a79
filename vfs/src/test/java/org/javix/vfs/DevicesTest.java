package org.javix.vfs;

import static org.javix.vfs.OpenFlags.O_RDONLY;
import static org.javix.vfs.OpenFlags.O_RDWR;
import static org.javix.vfs.OpenFlags.O_WRONLY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DevicesTest {
    private final Tree tree = Tree.empty().dirs("/dev", "/proc");

    @BeforeEach
    void mount() {
        FileCalls.mount(tree.context, "/dev", DevFs.create(InstantSource.system()), 0, "dev");
    }

    private static byte[] take(OpenFile file, int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 7);
        assertEquals(length, file.read(null, MemorySegment.ofArray(bytes), 0, length));
        return bytes;
    }

    @Test
    void nullZeroAndFull() {
        assertEquals("", tree.read("/dev/null"));
        OpenFile nothing = tree.open("/dev/null", O_RDWR);
        assertEquals(5, Tree.write(nothing, "hello"));
        assertEquals(0, nothing.seek(100, OpenFile.SEEK_SET));
        assertEquals(-Errno.EINVAL, nothing.truncate(0));
        assertEquals(0, take(tree.open("/dev/zero", O_RDONLY), 3)[2]);
        assertEquals(-Errno.ENOSPC, Tree.write(tree.open("/dev/full", O_WRONLY), "x"));
        assertEquals("EBADF", Tree.read(tree.open("/dev/null", O_WRONLY)));
        assertEquals("ok", tree.opening("/dev/null", O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_TRUNC));
    }

    @Test
    void randomBytesDiffer() {
        OpenFile random = tree.open("/dev/urandom", O_RDONLY);
        assertFalse(Arrays.equals(take(random, 5000), take(random, 5000)));
    }

    @Test
    void driversAreFoundByNumber() {
        assertEquals("ENXIO", tree.opening("/dev/tty", O_RDWR));
        OpenFile terminal = tree.open("/dev/null", O_RDWR);
        tree.context.mounts().devices().register(Devices.number(5, 0), (context, waiter, where, flags) -> {
            terminal.retain();
            return Result.of(terminal);
        });
        assertSame(terminal, tree.open("/dev/tty", O_RDWR));
        FileCalls.mknod(tree.context, null, "/null", FileMode.S_IFCHR | 0666, Devices.number(1, 3));
        assertEquals("", tree.read("/null"));
    }

    @Test
    void deviceNumbersAreLinuxs() {
        assertEquals(0x0103, Devices.number(1, 3));
        assertEquals(0x8845, Devices.number(0x88, 0x45));
        assertEquals(0x12000134L, Devices.number(1, 0x12034));
    }

    @Test
    void nodesCanBeComputed() {
        SyntheticFs proc = new SyntheticFs("proc", 0x9fa0, InstantSource.system());
        OpenFile target = tree.write("/data", "behind the link").open("/data", O_RDONLY);
        proc.setRoot(new SyntheticFs.Entries() {
            @Override
            public Inode lookup(String name) {
                return switch (name) {
                    case "self" -> proc.link("self", 0, 0, context -> String.valueOf(context.owner()));
                    case "42" -> proc.directory("42", proc.root(), "42", 0555, 0, 0, this);
                    case "version" -> proc.file("version", 0444, 0, 0,
                            context -> "Javix\n".getBytes(StandardCharsets.ISO_8859_1));
                    case "fd" -> proc.privateLink("fd", 0777, 0, 0, context -> true, context -> "pipe:[1]", context -> target);
                    default -> null;
                };
            }

            @Override
            public List<String> names() {
                return List.of("self", "42", "version", "gone");
            }
        });
        FileCalls.mount(tree.context, "/proc", proc, 0, "proc");
        tree.context.setOwner(42);
        assertEquals("Javix\n", tree.read("/proc/version"));
        assertEquals("Javix\n", tree.read("/proc/self/version"));
        assertEquals(List.of("42", "self", "version"), tree.ls("/proc"));
        assertEquals("pipe:[1]", tree.readlink("/proc/fd"));
        assertEquals("behind the link", tree.read("/proc/fd"));
        assertEquals(15, tree.stat("/proc/fd").size);
        assertEquals("/data", tree.open("/proc/fd", O_RDONLY).path());
        assertEquals("EPERM", tree.rm("/proc/version"));
        assertEquals("ENOENT", tree.opening("/proc/new", O_WRONLY | OpenFlags.O_CREAT));
        tree.cd("/proc/self");
        assertEquals("/proc/42", tree.pwd());
    }
}
