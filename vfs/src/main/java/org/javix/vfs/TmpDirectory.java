package org.javix.vfs;

import static org.javix.vfs.Errno.EEXIST;
import static org.javix.vfs.Errno.ENOENT;
import static org.javix.vfs.Errno.ENOSPC;
import static org.javix.vfs.Errno.ENOTEMPTY;
import static org.javix.vfs.Errno.ESTALE;
import static org.javix.vfs.Errno.EXDEV;

import java.util.concurrent.ConcurrentHashMap;

/**
 * A directory in a {@link TmpFs}: a hash table for looking up, which takes no lock, and a list in the
 * order of creation for listing. Changes hold this.
 */
final class TmpDirectory extends TmpInode {
    /** The position of the first entry after {@code .} and {@code ..}. */
    private static final long FIRST_COOKIE = 2;

    /** One name. */
    static final class Entry implements DirectoryEntry {
        final TmpDirectory directory;
        final String name;
        final TmpInode inode;
        final long cookie;
        // Guarded by the directory.
        private Entry previous;
        private Entry next;

        private Entry(TmpDirectory directory, String name, TmpInode inode, long cookie) {
            this.directory = directory;
            this.name = name;
            this.inode = inode;
            this.cookie = cookie;
        }

        @Override
        public long ino() {
            return inode.number();
        }

        @Override
        public long next() {
            return cookie + 1;
        }

        @Override
        public int type() {
            return FileMode.directoryType(inode.mode());
        }

        @Override
        public String name() {
            return name;
        }
    }

    // Null until the first entry. Written under this.
    private volatile ConcurrentHashMap<String, Entry> table;
    // Guarded by this.
    private Entry first;
    private Entry last;
    private long nextCookie = FIRST_COOKIE;

    // Whether a rename is changing two names, of which one is here. Written under this.
    private volatile boolean renaming;

    // What it still has to take its entries from; null once it has. Written under this.
    private volatile Inode lower;
    // Where it is in the tree; null for the root. Stays when it is removed, for "..".
    private volatile Entry place;
    // Set once, under this.
    private volatile boolean removed;

    TmpDirectory(TmpFs fs, int mode, int uid, int gid) {
        super(fs, mode, uid, gid, 2);
    }

    /** A directory that takes its entries from one of the lower file system when first looked into. */
    TmpDirectory(TmpFs fs, Stat stat, Inode lower) {
        super(fs, stat);
        this.lower = lower;
    }

    // Place

    @Override
    public TmpDirectory parent() {
        Entry entry = place;
        return entry == null ? this : entry.directory;
    }

    @Override
    public String name() {
        Entry entry = place;
        return entry == null || removed ? null : entry.name;
    }

    /** Whether this is {@code other} or lies in it. */
    boolean isWithin(TmpDirectory other) {
        TmpDirectory directory = this;
        while (directory != other) {
            TmpDirectory above = directory.parent();
            if (above == directory) {
                return false;
            }
            directory = above;
        }
        return true;
    }

    @Override
    public long size() {
        // As on Linux's tmpfs: 20 bytes for each entry, "." and ".." among them.
        ConcurrentHashMap<String, Entry> entries = table;
        return entries == null ? 40 : 40 + 20L * entries.size();
    }

    // Finding

    /** The entry of a name, or null. */
    Entry entry(String name) {
        if (lower != null) {
            takeOver();
        }
        while (renaming) {
            Thread.yield();
        }
        ConcurrentHashMap<String, Entry> entries = table;
        return entries == null ? null : entries.get(name);
    }

    /**
     * Before and after a rename changes two names: who looks for either meanwhile waits, so that nobody finds both or
     * neither. Holds this; between the two calls no name is looked for and no lock is taken.
     */
    void setRenaming(boolean renaming) {
        this.renaming = renaming;
    }

    @Override
    public int lookup(String name, Found out) {
        Entry entry = entry(name);
        if (entry == null) {
            return -ENOENT;
        }
        out.inode = entry.inode;
        return 0;
    }

    boolean isEmpty() {
        if (lower != null) {
            takeOver();
        }
        ConcurrentHashMap<String, Entry> entries = table;
        return entries == null || entries.isEmpty();
    }

    @Override
    public Result<OpenFile> open(FsContext context, Location where, int flags) {
        return Result.of(new OpenDirectory(flags, where) {
            @Override
            Result<DirectoryEntry[]> entries() {
                return Result.of(listed());
            }
        });
    }

    @Override
    public int list(DirectoryReader sink) {
        int count = 0;
        for (DirectoryEntry entry : listed()) {
            if (!sink.entry(entry.ino(), entry.next(), entry.type(), entry.name())) {
                break;
            }
            count++;
        }
        return count;
    }

    /** The entries, in the order of creation. */
    private Entry[] listed() {
        if (lower != null) {
            takeOver();
        }
        synchronized (this) {
            Entry[] all = new Entry[table == null ? 0 : table.size()];
            int count = 0;
            for (Entry entry = first; entry != null; entry = entry.next) {
                all[count++] = entry;
            }
            return all;
        }
    }

    // Adding and removing entries: all hold this

    void put(String name, TmpInode inode) {
        ConcurrentHashMap<String, Entry> entries = table;
        if (entries == null) {
            entries = new ConcurrentHashMap<>(8);
            table = entries;
        }
        Entry entry = new Entry(this, name, inode, nextCookie++);
        entry.previous = last;
        if (last == null) {
            first = entry;
        } else {
            last.next = entry;
        }
        last = entry;
        if (inode instanceof TmpDirectory directory) {
            directory.place = entry;
        }
        Entry replaced = entries.put(name, entry);
        if (replaced != null) {
            unchain(replaced);
        }
    }

    void remove(Entry entry) {
        table.remove(entry.name, entry);
        unchain(entry);
    }

    private void unchain(Entry entry) {
        if (entry.previous == null) {
            first = entry.next;
        } else {
            entry.previous.next = entry.next;
        }
        if (entry.next == null) {
            last = entry.previous;
        } else {
            entry.next.previous = entry.previous;
        }
    }

    /** Marks it removed if it is empty: 0 or -ENOTEMPTY. The holder of the entry holds its directory. */
    synchronized int retire() {
        if (!isEmpty()) {
            return -ENOTEMPTY;
        }
        removed = true;
        nlink = 1;
        return 0;
    }

    // For an overlay that has this directory in its upper layer

    // Whether an overlay has it as its upper root. Guarded by this.
    private boolean occupied;

    /** Begins or ends the use as an upper root; false if it is in use already. */
    synchronized boolean occupy(boolean use) {
        if (use && occupied) {
            return false;
        }
        occupied = use;
        return true;
    }

    /** The inode of a name, or null. */
    TmpInode child(String name) {
        Entry entry = entry(name);
        return entry == null ? null : entry.inode;
    }

    /** Adds what was copied from a lower layer; nothing about this directory changes visibly: 0 or -EEXIST. */
    synchronized int adopt(String name, TmpInode copy) {
        if (entry(name) != null) {
            return -EEXIST;
        }
        put(name, copy);
        if (copy instanceof TmpDirectory) {
            nlink++;
        } else if (copy.nlink == 0) {
            copy.nlink = 1;
        }
        return 0;
    }

    /**
     * Adds a name.
     *
     * @param fresh whether it is the first name of a file that was just made
     */
    synchronized int add(String name, TmpInode inode, boolean fresh) {
        return fresh ? add(name, inode, new Found()) : link(name, inode);
    }

    /** Puts another file in the place of a present one, in one step: 0, -ENOSPC, -ESTALE. */
    synchronized int replace(String name, TmpInode present, TmpInode inode, boolean fresh) {
        Entry entry = entry(name);
        if (entry == null || entry.inode != present) {
            return -ESTALE;
        }
        if (fresh) {
            int error = inode.pay();
            if (error < 0) {
                return error;
            }
        } else {
            int error = inode.addLink();
            if (error < 0) {
                return error;
            }
        }
        if (present instanceof TmpDirectory directory) {
            directory.retire();
            nlink--;
        }
        put(name, inode);
        if (inode instanceof TmpDirectory) {
            nlink++;
        }
        modified();
        present.dropLink();
        return 0;
    }

    /** Removes all entries, none of which is a directory. */
    synchronized void clear() {
        for (Entry entry = first; entry != null; entry = entry.next) {
            table.remove(entry.name, entry);
            entry.inode.dropLink();
        }
        first = last = null;
    }

    boolean readOnlyFileSystem() {
        return fs.readOnly();
    }

    /** Adds a new file. Takes over its first name. */
    private int add(String name, TmpInode inode, Found out) {
        synchronized (this) {
            Entry present = entry(name);
            if (present != null) {
                out.inode = present.inode;
                return -EEXIST;
            }
            if (removed) {
                return -ENOENT;
            }
            int error = inode.pay();
            if (error < 0) {
                return error;
            }
            put(name, inode);
            if (inode instanceof TmpDirectory) {
                nlink++;
            }
            modified();
        }
        out.inode = inode;
        return 0;
    }

    @Override
    public int create(String name, int mode, int uid, int gid, long rdev, Found out) {
        return add(name, make(fs, mode, uid, gid, rdev), out);
    }

    /** A new file of any type but a symbolic link, which is yet to be added to a directory. */
    static TmpInode make(TmpFs fs, int mode, int uid, int gid, long rdev) {
        return switch (FileMode.type(mode)) {
            case FileMode.S_IFDIR -> new TmpDirectory(fs, mode, uid, gid);
            case FileMode.S_IFREG -> new TmpRegular(fs, mode, uid, gid, 1);
            default -> new TmpSpecial(fs, mode, uid, gid, rdev);
        };
    }

    @Override
    public int createUnnamed(int mode, int uid, int gid, Found out) {
        TmpRegular inode = new TmpRegular(fs, mode, uid, gid, 0);
        int error = inode.pay();
        if (error < 0) {
            return error;
        }
        inode.linkable = true;
        out.inode = inode;
        return 0;
    }

    @Override
    public int symlink(String name, String target, int uid, int gid, Found out) {
        return add(name, new TmpSymlink(fs, target, uid, gid), out);
    }

    @Override
    public int link(String name, Inode file) {
        if (!(file instanceof TmpInode inode) || inode.fs != fs) {
            return -EXDEV;
        }
        synchronized (this) {
            if (entry(name) != null) {
                return -EEXIST;
            }
            if (removed) {
                return -ENOENT;
            }
            int error = inode.addLink();
            if (error < 0) {
                return error;
            }
            put(name, inode);
            modified();
        }
        return 0;
    }

    @Override
    public int unlink(String name, Inode expected) {
        synchronized (this) {
            Entry entry = entry(name);
            if (entry == null || entry.inode != expected) {
                return -ESTALE;
            }
            remove(entry);
            modified();
            entry.inode.dropLink();
        }
        return 0;
    }

    @Override
    public int rmdir(String name, Inode expected) {
        synchronized (this) {
            Entry entry = entry(name);
            if (entry == null || entry.inode != expected) {
                return -ESTALE;
            }
            TmpDirectory directory = (TmpDirectory) entry.inode;
            int error = directory.retire();
            if (error < 0) {
                return error;
            }
            remove(entry);
            nlink--;
            modified();
            directory.dropLink();
        }
        return 0;
    }

    @Override
    public int rename(String name, Inode expected, Inode newDirectory, String newName, Inode target, int flags) {
        if (!(newDirectory instanceof TmpDirectory to) || to.fs != fs) {
            return -EXDEV;
        }
        return new TmpRename(this, name, expected, to, newName, target, flags).run();
    }

    // The lower file system

    /** Takes over names and attributes of all entries below. */
    private synchronized void takeOver() {
        Inode source = lower;
        if (source == null) {
            return;
        }
        Found found = new Found();
        Stat stat = new Stat();
        source.list((ino, next, type, name) -> {
            // An entry that cannot be read, as one removed on the host meanwhile, is left out.
            if (source.lookup(name, found) == 0 && found.inode.stat(stat) == 0) {
                TmpInode copy = copy(found.inode, stat);
                if (copy != null) {
                    copy.takeAttributes(found.inode);
                    put(name, copy);
                }
            }
            return true;
        });
        lower = null;
    }

    private TmpInode copy(Inode inode, Stat stat) {
        if (FileMode.isDirectory(stat.mode)) {
            return new TmpDirectory(fs, stat, inode);
        }
        if (stat.nlink > 1) {
            // The other names must lead to the same copy.
            return fs.linkedBelow.computeIfAbsent(stat.ino, ino -> copyFile(inode, stat));
        }
        return copyFile(inode, stat);
    }

    private TmpInode copyFile(Inode inode, Stat stat) {
        return switch (FileMode.type(stat.mode)) {
            case FileMode.S_IFREG -> new TmpRegular(fs, stat, inode);
            case FileMode.S_IFLNK -> {
                Result<String> target = inode.readLink(null);
                yield target.isFailure() ? null : new TmpSymlink(fs, stat, target.value());
            }
            default -> new TmpSpecial(fs, stat);
        };
    }
}
