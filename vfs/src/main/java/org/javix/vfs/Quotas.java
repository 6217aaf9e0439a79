package org.javix.vfs;

import java.time.InstantSource;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The quotas of one file system: how much each user and each group holds and may hold, as Linux's tmpfs keeps them with
 * the mount options {@code usrquota} and {@code grpquota}. Whoever acts as the superuser passes all limits. Thread-safe.
 *
 * @see <a href="https://docs.kernel.org/filesystems/tmpfs.html">tmpfs</a>
 * @see <a href="https://man7.org/linux/man-pages/man2/quotactl.2.html">quotactl(2)</a>
 */
public final class Quotas {
    /** Quotas of users. */
    public static final int USER = 0;
    /** Quotas of groups. */
    public static final int GROUP = 1;

    private static final long WEEK = 7 * 24 * 60 * 60;

    /** All quotas of one kind. */
    private static final class Kind {
        final ConcurrentSkipListMap<Integer, Quota> byId = new ConcurrentSkipListMap<>(Integer::compareUnsigned);
        // What those get who were never given limits, but for id 0.
        final Quota first;
        volatile boolean enforced = true;
        volatile long byteGrace = WEEK;
        volatile long fileGrace = WEEK;

        Kind(long hardBytes, long hardFiles) {
            first = Quota.NOTHING.withByteLimits(hardBytes, 0).withFileLimits(hardFiles, 0);
        }

        Quota first(int id) {
            return id == 0 ? Quota.NOTHING : first;
        }
    }

    private final InstantSource clock;
    private final Kind[] kinds = new Kind[2];

    Quotas(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Begins to count for users or groups; before there are files.
     *
     * @param hardBytes the limit for those who are given none; 0 for none
     * @param hardFiles the same for files
     */
    void count(int kind, long hardBytes, long hardFiles) {
        kinds[kind] = new Kind(hardBytes, hardFiles);
    }

    /** As {@code /proc/mounts} shows them. */
    String options() {
        return options(USER, ",usrquota") + options(GROUP, ",grpquota");
    }

    private String options(int kind, String name) {
        if (kinds[kind] == null) {
            return "";
        }
        Quota limits = kinds[kind].first;
        return name
                + (limits.hardBytes() == 0 ? "" : name + "_block_hardlimit=" + limits.hardBytes())
                + (limits.hardFiles() == 0 ? "" : name + "_inode_hardlimit=" + limits.hardFiles());
    }

    /** Whether there are quotas of this kind. */
    public boolean counts(int kind) {
        return kinds[kind] != null;
    }

    /** Whether limits bind. */
    public boolean isEnforced(int kind) {
        return kinds[kind].enforced;
    }

    /** Lets limits bind, or only be counted. */
    public void setEnforced(int kind, boolean enforced) {
        kinds[kind].enforced = enforced;
    }

    /** How long soft limits of bytes may be passed, in seconds. */
    public long byteGrace(int kind) {
        return kinds[kind].byteGrace;
    }

    /** How long soft limits of files may be passed, in seconds. */
    public long fileGrace(int kind) {
        return kinds[kind].fileGrace;
    }

    /** Sets both grace times. Those that run already keep their end. */
    public void setGrace(int kind, long forBytes, long forFiles) {
        kinds[kind].byteGrace = forBytes;
        kinds[kind].fileGrace = forFiles;
    }

    /** What somebody holds and may hold. */
    public Quota get(int kind, int id) {
        return kinds[kind].byId.getOrDefault(id, kinds[kind].first(id));
    }

    /** The first id from {@code id} on, unsigned, that holds something or was given limits; null if there is none. */
    public Integer next(int kind, int id) {
        return kinds[kind].byId.ceilingKey(id);
    }

    /** Sets the limits of somebody, and when the grace times end if they are not 0; what is held stays. */
    public void set(int kind, int id, Quota limits) {
        Kind all = kinds[kind];
        all.byId.compute(id, (key, old) -> {
            Quota present = old == null ? all.first(id) : old;
            Quota changed = present
                    .withByteLimits(limits.hardBytes(), limits.softBytes())
                    .withFileLimits(limits.hardFiles(), limits.softFiles())
                    .withBytesUntil(limits.bytesUntil())
                    .withFilesUntil(limits.filesUntil());
            return kept(all, id, changed.plus(0, 0, now(), all.byteGrace, all.fileGrace));
        });
    }

    private static Quota kept(Kind kind, int id, Quota quota) {
        return quota.equals(kind.first(id)) ? null : quota;
    }

    /** Whether a group could hold so much more. */
    boolean hasRoom(int kind, int id, long bytes, long files) {
        Kind all = kinds[kind];
        return all == null || !all.enforced || get(kind, id).allows(bytes, files, now());
    }

    /**
     * Counts what a file of somebody takes; false, and nothing is counted, if it would be too much.
     *
     * @param privileged whether limits do not matter
     */
    boolean take(int uid, int gid, long bytes, long files, boolean privileged) {
        if (!add(USER, uid, bytes, files, privileged)) {
            return false;
        }
        if (!add(GROUP, gid, bytes, files, privileged)) {
            add(USER, uid, -bytes, -files, true);
            return false;
        }
        return true;
    }

    /** Takes {@link #take} back. */
    void give(int uid, int gid, long bytes, long files) {
        take(uid, gid, -bytes, -files, true);
    }

    private boolean add(int kind, int id, long bytes, long files, boolean privileged) {
        Kind all = kinds[kind];
        if (all == null) {
            return true;
        }
        long now = now();
        boolean[] fits = {true};
        all.byId.compute(id, (key, old) -> {
            Quota present = old == null ? all.first(id) : old;
            fits[0] = privileged || !all.enforced || present.allows(bytes, files, now);
            return fits[0]
                    ? kept(all, id, present.plus(bytes, files, now, all.byteGrace, all.fileGrace))
                    : old;
        });
        return fits[0];
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }
}
