package org.javix.vfs;

/**
 * Tells the owner of an open file by a signal what happens to it, as {@code O_ASYNC} asks for. It lies in the file's queues
 * while the flag is set, and does nothing at changes that no signal is sent for.
 *
 * @param descriptor what the file was known by when the flag was set
 */
record InputNotice(OpenFile file, int descriptor) implements Wakeable {
    @Override
    public void wake() {}

    @Override
    public void wake(int what) {
        FileOwner owner = file.owner();
        if (owner != null) {
            owner.tell(descriptor, what);
        }
    }
}
