package org.javix.wasi;

import static org.javix.vfs.Errno.EIO;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.javix.vfs.FileMode;
import org.javix.vfs.OpenFile;
import org.javix.vfs.OpenFlags;
import org.javix.vfs.Stat;
import org.javix.vfs.Waiter;

/**
 * A Java stream as a program's standard output. It looks like a pipe. Each write is flushed: the program
 * has its own buffer.
 */
final class OutputStreamFile extends OpenFile {
    private static final int MAX_WRITE = 1 << 16;

    private final OutputStream stream;

    OutputStreamFile(OutputStream stream) {
        super(OpenFlags.O_WRONLY);
        this.stream = stream;
    }

    @Override
    public long write(Waiter waiter, MemorySegment buffer, long at, long length) {
        byte[] bytes = new byte[(int) Math.min(length, MAX_WRITE)];
        try {
            for (long done = 0; done < length; done += bytes.length) {
                int count = (int) Math.min(bytes.length, length - done);
                MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, at + done, bytes, 0, count);
                stream.write(bytes, 0, count);
            }
            stream.flush();
            return length;
        } catch (IOException e) {
            return -EIO;
        }
    }

    @Override
    public int stat(Stat out) {
        super.stat(out);
        out.mode |= FileMode.S_IFIFO;
        return 0;
    }
}
