package org.javix.vfs;

/**
 * Opens what is more than a stored file: a FIFO, a device. The process model provides it; see
 * {@link Mounts#setFifos} and {@link Devices#register}.
 */
@FunctionalInterface
public interface SpecialFiles {
    /**
     * Opens a node. Permissions were checked. May wait, as opening a FIFO does.
     *
     * @param context who opens; {@link FsContext#owner} is the process
     * @param waiter the calling thread
     * @param where the node
     * @param flags the flags of {@code open}, for the new open file
     * @return the open file with one reference, or an error, such as ENXIO or EINTR
     */
    Result<OpenFile> open(FsContext context, Waiter waiter, Location where, int flags);
}
