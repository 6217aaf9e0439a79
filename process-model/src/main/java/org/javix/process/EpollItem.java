package org.javix.process;

import org.javix.vfs.OpenFile;
import org.javix.vfs.Wakeable;

/** One file that an {@link Epoll} watches. It lies in the file's wait queue, and is run when the file closes. */
final class EpollItem implements Wakeable, Runnable {
    private final Epoll epoll;
    private final int fd;
    private final OpenFile file;
    // Both set together, under this.
    private volatile int events;
    private volatile long data;
    // Guarded by the lock of the epoll's list.
    private boolean listed;
    private boolean ended;

    EpollItem(Epoll epoll, int fd, OpenFile file, int events, long data) {
        this.epoll = epoll;
        this.fd = fd;
        this.file = file;
        this.events = events;
        this.data = data;
    }

    int fd() {
        return fd;
    }

    OpenFile file() {
        return file;
    }

    int events() {
        return events;
    }

    long data() {
        return data;
    }

    synchronized void set(int newEvents, long newData) {
        events = newEvents;
        data = newData;
    }

    /** Tells nothing until it is set anew. */
    synchronized void disable() {
        events &= Epoll.EPOLLET | Epoll.EPOLLONESHOT;
    }

    /** The file may be ready. */
    @Override
    public void wake() {
        epoll.mayBeReady(this);
    }

    /** The file was closed. */
    @Override
    public void run() {
        epoll.forget(this);
    }

    /** Whether it must be put in the list; from now on it is there. Guarded by the lock of the list. */
    boolean enlist() {
        boolean fresh = !listed && !ended;
        listed |= fresh;
        return fresh;
    }

    /** It is in the list no more. Guarded by the lock of the list. */
    void delist() {
        listed = false;
    }

    /** It never comes to the list again; answers whether it is there. Guarded by the lock of the list. */
    boolean end() {
        ended = true;
        return listed;
    }
}
