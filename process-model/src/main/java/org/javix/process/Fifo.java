package org.javix.process;

import static org.javix.vfs.Errno.*;

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
        PipeEnd end;
        // A writer that does not wait is not to be seen by anybody if there is no reader.
        synchronized (pipe) {
            if (!wait && !OpenFlags.reads(flags) && pipe.readers() == 0) {
                return Result.failed(-ENXIO);
            }
            end = new PipeEnd(pipe, flags, where);
        }
        long error = wait && end.lacksPartner()
                ? pipe.opened().retry(waiter, () -> end.lacksPartner() ? -EAGAIN : 0)
                : 0;
        if (error != 0) {
            end.release();
            return Result.failed((int) error);
        }
        return Result.of(end);
    }
}
