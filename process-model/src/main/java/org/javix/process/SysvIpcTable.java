package org.javix.process;

import static org.javix.vfs.Errno.EEXIST;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.ENOENT;
import static org.javix.vfs.Errno.ENOSPC;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.javix.vfs.Credentials;
import org.javix.vfs.Result;

/**
 * The System V objects of one kind in a sandbox, by key and by id. Thread-safe; its lock is taken before an object's.
 *
 * <p>An id is an index, and above it a number that counts how often the indices have been gone through, so that
 * an old id does not soon mean another object. Both are given out as Linux does.
 *
 * @param <T> the kind
 */
public final class SysvIpcTable<T extends SysvIpcObject> {
    /** A key that never matches: a new object each time. */
    public static final int IPC_PRIVATE = 0;
    /** Flag of the {@code get} calls: make it where there is none. */
    public static final int IPC_CREAT = 01000;
    /** Flag of the {@code get} calls: fail with EEXIST where there is one. */
    public static final int IPC_EXCL = 02000;

    private static final int INDEX_BITS = 15;
    private static final int SEQUENCES = 1 << 31 - INDEX_BITS;
    private static final int LEAST_CYCLE = 64;

    private final int most;
    // All guarded by this.
    private final TreeMap<Integer, T> byIndex = new TreeMap<>();
    private final Map<Integer, T> byKey = new HashMap<>();
    private int lastIndex = -1;
    private int sequence;

    /** @param most how many objects there may be; at most 32,768 */
    SysvIpcTable(int most) {
        this.most = most;
    }

    /** How many objects there may be. */
    public int most() {
        return most;
    }

    /**
     * The {@code get} calls: finds the object of a key, or makes one.
     *
     * @param flags {@link #IPC_CREAT}, {@link #IPC_EXCL}, and permissions: those of a new object, or what is asked of an
     *     old one
     * @param fits looks whether an old object is what is asked for: 0 or an errno
     * @param maker makes a new one, or tells why not
     * @return the id, or -EACCES, -EEXIST, -ENOENT, -ENOSPC, and what {@code fits} and {@code maker} give
     */
    public synchronized int get(
            int key, int flags, Credentials who, ToIntFunction<? super T> fits, Supplier<Result<T>> maker) {
        T present = key == IPC_PRIVATE ? null : byKey.get(key);
        if (present != null) {
            if ((flags & IPC_CREAT) != 0 && (flags & IPC_EXCL) != 0) {
                return -EEXIST;
            }
            int error = fits.applyAsInt(present);
            error = error == 0 ? present.check(who, flags) : error;
            return error == 0 ? present.id() : error;
        }
        if (key != IPC_PRIVATE && (flags & IPC_CREAT) == 0) {
            return -ENOENT;
        }
        Result<T> made = maker.get();
        if (made.isFailure()) {
            return made.error();
        }
        return enter(made.value());
    }

    // Guarded by this.
    private int enter(T object) {
        int cycle = Math.min(Math.max(byIndex.size() * 3 / 2, LEAST_CYCLE), 1 << INDEX_BITS);
        if (byIndex.size() >= most) {
            return -ENOSPC;
        }
        int index = (lastIndex + 1) % cycle;
        while (byIndex.containsKey(index)) {
            index = (index + 1) % cycle;
        }
        if (index <= lastIndex) {
            sequence = (sequence + 1) % SEQUENCES;
        }
        lastIndex = index;
        object.setId(sequence << INDEX_BITS | index);
        byIndex.put(index, object);
        if (object.key() != IPC_PRIVATE) {
            byKey.put(object.key(), object);
        }
        return object.id();
    }

    /** The object of an id; null (EINVAL) if there is none. */
    public synchronized T byId(int id) {
        T found = id < 0 ? null : byIndex.get(id & (1 << INDEX_BITS) - 1);
        return found != null && found.id() == id ? found : null;
    }

    /** The object at an index, as the {@code STAT} calls of {@code ipcs} find them; or null (EINVAL). */
    public synchronized T byIndex(int index) {
        return index < 0 ? null : byIndex.get(index);
    }

    /** The highest index in use; 0 also if there is none. */
    public synchronized int highestIndex() {
        return byIndex.isEmpty() ? 0 : byIndex.lastKey();
    }

    /** All objects, by index. */
    public synchronized List<T> all() {
        return List.copyOf(byIndex.values());
    }

    /** How many there are. */
    public synchronized int size() {
        return byIndex.size();
    }

    /** Forgets the key of an object that lives on without a name, as a removed segment that is attached does. */
    public synchronized void forgetKey(T object) {
        byKey.remove(object.key(), object);
        object.forgetKey();
    }

    /** {@code IPC_RMID}: 0, -EINVAL if it is gone already, or -EPERM. */
    public synchronized int remove(int id, Credentials who) {
        T object = byId(id);
        if (object == null) {
            return -EINVAL;
        }
        int error = object.checkControl(who);
        if (error == 0) {
            remove(object);
        }
        return error;
    }

    /** Removes an object for good. */
    public synchronized void remove(T object) {
        if (byIndex.remove(object.id() & (1 << INDEX_BITS) - 1, object)) {
            forgetKey(object);
            object.remove();
        }
    }
}
