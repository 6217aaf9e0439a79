package org.javix.wasi;

import static org.javix.vfs.Errno.EIO;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.javix.vfs.FileMode;
import org.javix.vfs.OpenFile;
import org.javix.vfs.OpenFlags;
import org.javix.vfs.Stat;
import org.javix.vfs.Waiter;

/**
 * A Java stream as a program's standard input. It looks like a pipe that always has something: a stream
 * cannot tell whether a read would wait.
 */
final class InputStreamFile extends OpenFile {
    private static final int MAX_READ = 1 << 16;

    private final InputStream stream;

    InputStreamFile(InputStream stream) {
        super(OpenFlags.O_RDONLY);
        this.stream = stream;
    }

    @Override
    public long read(Waiter waiter, MemorySegment buffer, long at, long length) {
        byte[] bytes = new byte[(int) Math.min(length, MAX_READ)];
        try {
            int count = Math.max(0, stream.read(bytes));
            MemorySegment.copy(bytes, 0, buffer, ValueLayout.JAVA_BYTE, at, count);
            return count;
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
