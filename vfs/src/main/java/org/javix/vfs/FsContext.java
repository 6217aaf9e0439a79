package org.javix.vfs;

/**
 * What a process's path calls depend on: root, working directory, umask, credentials and mounts.
 * Thread-safe: each value is read and set as a whole.
 */
public final class FsContext {
    private final Mounts mounts;
    private final boolean confined;
    private final int resolve;
    private volatile Location root;
    private volatile Location cwd;
    private volatile int umask = 022;
    private volatile Credentials credentials;
    private volatile Object owner;

    /** A context at the root of a namespace, with umask 022. */
    public FsContext(Mounts mounts, Credentials credentials) {
        this(mounts, credentials, mounts.rootLocation(), mounts.rootLocation(), false, 0);
    }

    private FsContext(Mounts mounts, Credentials credentials, Location root, Location cwd, boolean confined, int resolve) {
        this.mounts = mounts;
        this.credentials = credentials;
        this.root = root;
        this.cwd = cwd;
        this.confined = confined;
        this.resolve = resolve;
    }

    /** A copy for a child process. The {@link #owner} is not copied. */
    public FsContext fork() {
        return copy(confined, resolve);
    }

    /**
     * A copy in which every path is resolved beneath the directory it starts from, as WASI wants:
     * an absolute path, a {@code ..} that would leave the directory, and a symbolic link that
     * does either fail with EPERM. The owner is kept.
     */
    public FsContext confined() {
        FsContext copy = copy(true, resolve);
        copy.owner = owner;
        return copy;
    }

    /** A copy in which paths are resolved as {@code openat2} is told: bits of {@link ResolveFlags}. The owner is kept. */
    public FsContext resolving(int flags) {
        FsContext copy = copy(confined, flags);
        copy.owner = owner;
        return copy;
    }

    private FsContext copy(boolean beneath, int flags) {
        FsContext copy = new FsContext(mounts, credentials, root, cwd, beneath, flags);
        copy.umask = umask;
        return copy;
    }

    boolean isConfined() {
        return confined;
    }

    /** Bits of {@link ResolveFlags}. */
    int resolveFlags() {
        return resolve;
    }

    /** The mount namespace. */
    public Mounts mounts() {
        return mounts;
    }

    /** Where {@code /} is. */
    public Location root() {
        return root;
    }

    /** Changes the root; see {@link FileCalls#chroot}. */
    public void setRoot(Location location) {
        root = location;
    }

    /** The working directory. */
    public Location cwd() {
        return cwd;
    }

    /** Changes the working directory; see {@link FileCalls#chdir}. */
    public void setCwd(Location location) {
        cwd = location;
    }

    /** The permission bits that new files do not get. */
    public int umask() {
        return umask;
    }

    /** Sets the umask and returns the old one. */
    public synchronized int setUmask(int mask) {
        int old = umask;
        umask = mask & 0777;
        return old;
    }

    /** Who acts. */
    public Credentials credentials() {
        return credentials;
    }

    /** Changes who acts. */
    public void setCredentials(Credentials who) {
        credentials = who;
    }

    /** The process, as far as drivers and generated files need to know it; may be null. */
    public Object owner() {
        return owner;
    }

    /** Sets the process. */
    public void setOwner(Object process) {
        owner = process;
    }
}
