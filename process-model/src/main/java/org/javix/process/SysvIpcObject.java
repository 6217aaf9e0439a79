package org.javix.process;

import static org.javix.vfs.Errno.EACCES;
import static org.javix.vfs.Errno.EPERM;

import org.javix.vfs.Credentials;

/**
 * A System V message queue, semaphore set or shared memory segment: what its {@code struct ipc_perm} says.
 * It lives in a {@link SysvIpcTable} until it is removed, whoever uses it. Thread-safe.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/basedefs/sys_ipc.h.html">sys/ipc.h</a>
 */
public abstract class SysvIpcObject {
    /** {@link #check}: to read. */
    public static final int READ = 0444;
    /** {@link #check}: to alter. */
    public static final int ALTER = 0222;

    private volatile int key;
    private final int creatorUser;
    private final int creatorGroup;
    // Set by the table before others see it.
    private int id;
    // The rest is guarded by this.
    private int user;
    private int group;
    private int mode;
    private long changed;
    private boolean removed;

    /**
     * An object that {@code who} creates.
     *
     * @param mode its permissions; of each class, reading and altering count
     * @param now seconds since 1970
     */
    protected SysvIpcObject(int key, Credentials who, int mode, long now) {
        this.key = key;
        this.mode = mode & 0777;
        user = creatorUser = who.euid();
        group = creatorGroup = who.egid();
        changed = now;
    }

    /** The key that it is found by; {@link SysvIpcTable#IPC_PRIVATE} for none. */
    public final int key() {
        return key;
    }

    /** Has no key any more. */
    final void forgetKey() {
        key = SysvIpcTable.IPC_PRIVATE;
    }

    /** The id that calls name it by. */
    public final int id() {
        return id;
    }

    final void setId(int value) {
        id = value;
    }

    /** The effective user of who made it. */
    public final int creatorUser() {
        return creatorUser;
    }

    /** The effective group of who made it. */
    public final int creatorGroup() {
        return creatorGroup;
    }

    /** The owner. */
    public final synchronized int user() {
        return user;
    }

    /** The owning group. */
    public final synchronized int group() {
        return group;
    }

    /** The permissions, and what a subclass adds by {@link #modeFlags}. */
    public final synchronized int mode() {
        return mode | modeFlags();
    }

    /** Bits that {@code IPC_STAT} shows beside the permissions. Called under this. */
    protected int modeFlags() {
        return 0;
    }

    /** When it was made or changed by a control call, in seconds since 1970. */
    public final synchronized long changeTime() {
        return changed;
    }

    /** Notes a change. */
    protected final synchronized void touch(long now) {
        changed = now;
    }

    /**
     * Whether somebody may do something.
     *
     * @param wanted of {@link #READ} and {@link #ALTER}, or the permissions that a {@code get} call asks for
     * @return 0 or -EACCES
     */
    public final synchronized int check(Credentials who, int wanted) {
        int asked = (wanted >> 6 | wanted >> 3 | wanted) & 7;
        int granted = mode;
        if (who.euid() == creatorUser || who.euid() == user) {
            granted >>= 6;
        } else if (who.inGroup(creatorGroup) || who.inGroup(group)) {
            granted >>= 3;
        }
        return (asked & ~granted) == 0 || who.isRoot() ? 0 : -EACCES;
    }

    /** Whether somebody may change or remove it: 0 or -EPERM. */
    public final synchronized int checkControl(Credentials who) {
        return who.euid() == creatorUser || who.euid() == user || who.isRoot() ? 0 : -EPERM;
    }

    /** {@code IPC_SET}: gives it another owner, group and permissions. */
    public final synchronized void set(int newUser, int newGroup, int newMode, long now) {
        user = newUser;
        group = newGroup;
        mode = newMode & 0777;
        changed = now;
    }

    /** Whether it has been removed: calls then answer EIDRM. Guarded by this. */
    protected final boolean isRemoved() {
        return removed;
    }

    /** The table no longer has it. */
    final synchronized void remove() {
        removed = true;
        removed();
    }

    /** It has been removed: wakes who waits. Called under this. */
    protected abstract void removed();
}
