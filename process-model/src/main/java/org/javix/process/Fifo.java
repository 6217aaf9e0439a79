package org.javix.process;

import static org.javix.vfs.Errno.*;

import java.util.function.IntSupplier;
import org.javix.vfs.FsContext;
import org.javix.vfs.Location;
import org.javix.vfs.OpenFile;
import org.javix.vfs.OpenFlags;
import org.javix.vfs.Result;
import org.javix.vfs.SpecialFiles;
import org.javix.vfs.Waiter;

/**
 * Opens FIFOs: pipes with a name. Opening one end waits for the other.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/functions/open.html">open</a>
 */
final class Fifo implements SpecialFiles {
    @Override
    public Result<OpenFile> open(FsContext context, Waiter waiter, Location where, int flags) {
        Pipe pipe = (Pipe) where.inode().attachment(Pipe::new);
        boolean wait = (flags & OpenFlags.O_NONBLOCK) == 0;
        int error = 0;
        PipeEnd end;
        if (OpenFlags.reads(flags) && OpenFlags.writes(flags)) {
            end = new PipeEnd(pipe, flags, where);
        } else if (OpenFlags.reads(flags)) {
            int before = pipe.writerOpens();
            end = new PipeEnd(pipe, flags, where);
            if (wait && pipe.writers() == 0) {
                error = await(pipe, waiter, pipe::writerOpens, before);
            }
        } else {
            if (!wait && pipe.readers() == 0) {
                return Result.failed(-ENXIO);
            }
            int before = pipe.readerOpens();
            end = new PipeEnd(pipe, flags, where);
            if (pipe.readers() == 0) {
                error = await(pipe, waiter, pipe::readerOpens, before);
            }
        }
        if (error != 0) {
            end.release();
            return Result.failed(error);
        }
        return Result.of(end);
    }

    // Counts opens and not ends: the other side may be gone again before we look.
    private static int await(Pipe pipe, Waiter waiter, IntSupplier opens, int before) {
        pipe.opened().add(waiter);
        try {
            while (true) {
                waiter.prepare();
                if (opens.getAsInt() != before) {
                    return 0;
                }
                if (waiter.interrupted()) {
                    return -EINTR;
                }
                waiter.park();
            }
        } finally {
            pipe.opened().remove(waiter);
        }
    }
}
