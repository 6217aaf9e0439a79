package org.javix.vfs;

import static org.javix.vfs.Errno.EEXIST;
import static org.javix.vfs.Errno.ENODATA;
import static org.javix.vfs.Errno.ENOSPC;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * The extended attributes of a file in a {@link TmpFs}. Names and values count against its bytes. Guarded by the
 * inode.
 */
final class TmpAttributes {
    /** What an attribute takes beside its name and value. */
    private static final int OVERHEAD = 64;

    private final TmpFs fs;
    private final TreeMap<String, byte[]> values = new TreeMap<>();

    TmpAttributes(TmpFs fs) {
        this.fs = fs;
    }

    int set(String name, byte[] value, int how) {
        byte[] present = values.get(name);
        if (present != null && (how & AttributeNames.XATTR_CREATE) != 0) {
            return -EEXIST;
        }
        if (present == null && (how & AttributeNames.XATTR_REPLACE) != 0) {
            return -ENODATA;
        }
        long more = cost(name, value) - (present == null ? 0 : cost(name, present));
        if (more > 0 && !fs.takeBytes(more)) {
            return -ENOSPC;
        }
        if (more < 0) {
            fs.giveBytes(-more);
        }
        values.put(name, value);
        return 0;
    }

    int remove(String name) {
        byte[] present = values.remove(name);
        if (present == null) {
            return -ENODATA;
        }
        fs.giveBytes(cost(name, present));
        return 0;
    }

    byte[] get(String name) {
        return values.get(name);
    }

    /** Access control lists first, as on Linux. */
    List<String> names() {
        List<String> names = new ArrayList<>(values.keySet());
        names.sort(Comparator.comparing(name -> !AccessList.isName(name)));
        return names;
    }

    void clear() {
        values.forEach((name, value) -> fs.giveBytes(cost(name, value)));
        values.clear();
    }

    private static long cost(String name, byte[] value) {
        return OVERHEAD + name.length() + value.length;
    }
}
