package org.javix.process;

import static org.javix.vfs.Errno.*;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.javix.vfs.FileEvents;
import org.javix.vfs.FileOwner;
import org.javix.vfs.Inode;
import org.javix.vfs.OpenFlags;
import org.javix.vfs.PollEvents;
import org.javix.vfs.WaitQueue;
import org.javix.vfs.Waiter;
import org.javix.vfs.Watch;

/**
 * Events of files that are read: {@code inotify}. What watches hear queues here; an event that equals the one
 * before it is left out, and when the queue is full one more says that some are lost.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/inotify.7.html">inotify(7)</a>
 */
public final class InotifyFile extends AnonymousFile {
    /** How many of these files there may be. */
    static final int MAX_INSTANCES = 128;
    /** How many events one holds. */
    static final int MAX_QUEUED_EVENTS = 16_384;
    /** How many watches all of them may have. */
    static final int MAX_WATCHES = 65_536;

    private static final int IN_ALL_EVENTS = 0xfff;
    private static final int IN_Q_OVERFLOW = 0x4000;
    private static final int IN_IGNORED = 0x8000;
    private static final int IN_EXCL_UNLINK = 0x0400_0000;
    private static final int IN_MASK_CREATE = 0x1000_0000;
    private static final int IN_MASK_ADD = 0x2000_0000;
    private static final int IN_ONESHOT = 0x8000_0000;

    private static final int HEADER = 16;
    private static final int FIONREAD = 0x541b;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** How many files and watches a sandbox has. */
    static final class Count {
        // Guarded by this.
        private int instances;
        private int watches;

        synchronized boolean addInstance() {
            if (instances >= MAX_INSTANCES) {
                return false;
            }
            instances++;
            return true;
        }

        synchronized boolean addWatch() {
            if (watches >= MAX_WATCHES) {
                return false;
            }
            watches++;
            return true;
        }

        synchronized void remove(int oldInstances, int oldWatches) {
            instances -= oldInstances;
            watches -= oldWatches;
        }
    }

    /** An event; {@code name} is null for one of the file itself. */
    private record Event(int watch, int mask, int cookie, String name) {
        /** Its length as it is read: the name ends with a NUL, and is filled up to whole headers. */
        int size() {
            return name == null ? HEADER : HEADER + (name.length() + HEADER) / HEADER * HEADER;
        }
    }

    private final class FileWatch extends Watch {
        final int number;
        // Guarded by the file.
        private int mask;

        FileWatch(Inode inode, int number, int mask) {
            super(inode);
            this.number = number;
            this.mask = mask;
        }

        @Override
        protected int mask() {
            synchronized (InotifyFile.this) {
                return mask;
            }
        }

        @Override
        protected boolean leavesOutUnlinked() {
            return (mask() & IN_EXCL_UNLINK) != 0;
        }

        @Override
        protected void happened(int event, int cookie, String name) {
            boolean self = (event & (FileEvents.IN_DELETE_SELF | FileEvents.IN_MOVE_SELF)) != 0;
            boolean last;
            synchronized (InotifyFile.this) {
                if (watches.get(number) != this) {
                    return;
                }
                enqueue(new Event(number, self ? event & ~FileEvents.IN_ISDIR : event, cookie, name));
                last = (mask & IN_ONESHOT) != 0;
            }
            changed.wakeAll(FileOwner.POLL_IN);
            if (last) {
                end();
            }
        }

        @Override
        protected void end() {
            synchronized (InotifyFile.this) {
                if (watches.remove(number) == null) {
                    return;
                }
                byInode.remove(inode());
                enqueue(new Event(number, IN_IGNORED, 0, null));
            }
            stop();
            count.remove(0, 1);
            changed.wakeAll(FileOwner.POLL_IN);
        }
    }

    private final Count count;
    // All guarded by this.
    private final Map<Integer, FileWatch> watches = new HashMap<>();
    private final Map<Inode, FileWatch> byInode = new HashMap<>();
    private final ArrayDeque<Event> events = new ArrayDeque<>();
    private int lastWatch;

    private InotifyFile(Count count, int flags) {
        super("inotify", OpenFlags.O_RDONLY, flags);
        this.count = count;
    }

    /** A file without watches; null (EMFILE) if there are too many. */
    public static InotifyFile open(Kernel kernel, int flags) {
        return kernel.inotifyCount().addInstance() ? new InotifyFile(kernel.inotifyCount(), flags) : null;
    }

    /**
     * {@code inotify_add_watch}: watches a file, or changes what is watched of it.
     *
     * @return the watch's number, -EEXIST, or -ENOSPC if there are too many
     */
    public int add(Inode inode, int mask) {
        int wanted = mask & (IN_ALL_EVENTS | IN_EXCL_UNLINK | IN_ONESHOT);
        FileWatch watch;
        synchronized (this) {
            FileWatch present = byInode.get(inode);
            if (present != null) {
                if ((mask & IN_MASK_CREATE) != 0) {
                    return -EEXIST;
                }
                present.mask = (mask & IN_MASK_ADD) != 0 ? present.mask | wanted : wanted;
                return present.number;
            }
            if (!count.addWatch()) {
                return -ENOSPC;
            }
            watch = new FileWatch(inode, ++lastWatch, wanted);
            watches.put(watch.number, watch);
            byInode.put(inode, watch);
        }
        watch.start();
        return watch.number;
    }

    /** {@code inotify_rm_watch}: 0 or -EINVAL. */
    public int remove(int number) {
        FileWatch watch;
        synchronized (this) {
            watch = watches.get(number);
        }
        if (watch == null) {
            return -EINVAL;
        }
        watch.end();
        return 0;
    }

    // Guarded by this.
    private void enqueue(Event event) {
        if (event.equals(events.peekLast())) {
            return;
        }
        if (events.size() < MAX_QUEUED_EVENTS) {
            events.add(event);
        } else if (events.peekLast().mask != IN_Q_OVERFLOW) {
            events.add(new Event(-1, IN_Q_OVERFLOW, 0, null));
        }
    }

    @Override
    public long read(Waiter waiter, MemorySegment buffer, long at, long length) {
        return await(waiter, () -> take(buffer, at, length));
    }

    private synchronized long take(MemorySegment buffer, long at, long length) {
        if (events.isEmpty()) {
            return -EAGAIN;
        }
        long done = 0;
        while (!events.isEmpty() && events.peek().size() <= length - done) {
            Event event = events.remove();
            store(buffer, at + done, event);
            done += event.size();
        }
        return done == 0 ? -EINVAL : done;
    }

    /** Writes a struct inotify_event. */
    private static void store(MemorySegment buffer, long at, Event event) {
        buffer.asSlice(at, event.size()).fill((byte) 0);
        buffer.set(INT, at, event.watch);
        buffer.set(INT, at + 4, event.mask);
        buffer.set(INT, at + 8, event.cookie);
        buffer.set(INT, at + 12, event.size() - HEADER);
        if (event.name != null) {
            byte[] name = event.name.getBytes(StandardCharsets.ISO_8859_1);
            MemorySegment.copy(name, 0, buffer, ValueLayout.JAVA_BYTE, at + HEADER, name.length);
        }
    }

    @Override
    public synchronized int poll() {
        return events.isEmpty() ? 0 : PollEvents.POLLIN | PollEvents.POLLRDNORM;
    }

    @Override
    public int ioctl(Waiter waiter, int request, MemorySegment memory, long argument) {
        if (request != FIONREAD) {
            return -ENOTTY;
        }
        int bytes;
        synchronized (this) {
            bytes = events.stream().mapToInt(Event::size).sum();
        }
        memory.set(INT, argument, bytes);
        return 0;
    }

    @Override
    protected List<WaitQueue> toldQueues() {
        return List.of(changed);
    }

    @Override
    protected void closed() {
        FileWatch[] all;
        synchronized (this) {
            all = watches.values().toArray(FileWatch[]::new);
            watches.clear();
            byInode.clear();
            events.clear();
        }
        for (FileWatch watch : all) {
            watch.stop();
        }
        count.remove(1, all.length);
    }
}
