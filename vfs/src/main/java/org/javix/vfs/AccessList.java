package org.javix.vfs;

import static org.javix.vfs.Errno.EACCES;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.EOPNOTSUPP;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * An access control list: permissions of single users and groups beside those of the mode. The list of a file
 * that is not {@linkplain #isMode equal to a mode} has a mask, which stands in the mode where the group's bits were.
 *
 * <p>POSIX 1003.1e, draft 17, as Linux has it ({@code acl(5)}). Its form in an extended attribute is a version, 2,
 * then tag, permissions and id of each entry, all little-endian. Immutable.
 */
final class AccessList {
    /** The attribute with a file's own list. */
    static final String ACCESS = "system.posix_acl_access";

    /** The attribute with the list that new files in a directory begin with. */
    static final String DEFAULT = "system.posix_acl_default";

    // Tags, in the order of the entries.
    private static final int USER_OBJ = 1;
    private static final int USER = 2;
    private static final int GROUP_OBJ = 4;
    private static final int GROUP = 8;
    private static final int MASK = 16;
    private static final int OTHER = 32;

    private static final int VERSION = 2;
    private static final int HEADER = 4;
    private static final int ENTRY = 8;

    private final int[] tags;
    private final int[] permissions;
    private final int[] ids;

    private AccessList(int count) {
        tags = new int[count];
        permissions = new int[count];
        ids = new int[count];
    }

    private AccessList(AccessList other) {
        tags = other.tags;
        permissions = other.permissions.clone();
        ids = other.ids;
    }

    /** Whether an attribute is such a list. */
    static boolean isName(String name) {
        return name.equals(ACCESS) || name.equals(DEFAULT);
    }

    /** Reads the value of an attribute: the list, null if it is empty, -EINVAL, or -EOPNOTSUPP for another version. */
    static Result<AccessList> parse(byte[] value) {
        if (value.length == 0) {
            return Result.of(null);
        }
        if (value.length < HEADER) {
            return Result.failed(-EINVAL);
        }
        ByteBuffer bytes = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.getInt() != VERSION) {
            return Result.failed(-EOPNOTSUPP);
        }
        if (bytes.remaining() % ENTRY != 0) {
            return Result.failed(-EINVAL);
        }
        AccessList list = new AccessList(bytes.remaining() / ENTRY);
        for (int i = 0; i < list.tags.length; i++) {
            list.tags[i] = bytes.getShort();
            list.permissions[i] = Short.toUnsignedInt(bytes.getShort());
            list.ids[i] = bytes.getInt();
            boolean named = list.tags[i] == USER || list.tags[i] == GROUP;
            if (Integer.bitCount(list.tags[i]) != 1 || list.tags[i] > OTHER || named && list.ids[i] == -1) {
                return Result.failed(-EINVAL);
            }
            if (!named) {
                list.ids[i] = -1;
            }
        }
        return Result.of(list.tags.length == 0 ? null : list);
    }

    /** The value of the attribute. */
    byte[] bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER + ENTRY * tags.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(VERSION);
        for (int i = 0; i < tags.length; i++) {
            bytes.putShort((short) tags[i]).putShort((short) permissions[i]).putInt(ids[i]);
        }
        return bytes.array();
    }

    /** Whether it has the entries that it must have, in their order. */
    boolean isValid() {
        int last = 0;
        int seen = 0;
        for (int i = 0; i < tags.length; i++) {
            boolean repeats = tags[i] == last && last != USER && last != GROUP;
            if (tags[i] < last || repeats || (permissions[i] & ~7) != 0) {
                return false;
            }
            last = tags[i];
            seen |= last;
        }
        int needed = USER_OBJ | GROUP_OBJ | OTHER | ((seen & (USER | GROUP)) != 0 ? MASK : 0);
        return (seen & needed) == needed;
    }

    /** Whether a mode alone says the same. */
    boolean isMode() {
        for (int tag : tags) {
            if (tag == USER || tag == GROUP || tag == MASK) {
                return false;
            }
        }
        return true;
    }

    /** The permission bits of a file that has this list. */
    int mode() {
        return permissions[find(USER_OBJ)] << 6 | permissions[group()] << 3 | permissions[find(OTHER)];
    }

    /** The list after its file's mode was set. */
    AccessList withMode(int mode) {
        AccessList list = new AccessList(this);
        list.permissions[find(USER_OBJ)] = mode >> 6 & 7;
        list.permissions[group()] = mode >> 3 & 7;
        list.permissions[find(OTHER)] = mode & 7;
        return list;
    }

    /** As a directory's list for new files: what a file has that is made with a mode. */
    AccessList limitedTo(int mode) {
        return withMode(mode() & mode);
    }

    /** The entry that stands in the mode where the group's bits were: the mask, if there is one. */
    private int group() {
        int mask = find(MASK);
        return mask >= 0 ? mask : find(GROUP_OBJ);
    }

    private int find(int tag) {
        for (int i = 0; i < tags.length; i++) {
            if (tags[i] == tag) {
                return i;
            }
        }
        return -1;
    }

    /** Whether someone who does not own a file may use it: 0 or -EACCES. {@code wanted} as in {@link Permissions#check}. */
    int check(Credentials who, Inode inode, int wanted) {
        boolean inSomeGroup = false;
        for (int i = 0; i < tags.length; i++) {
            switch (tags[i]) {
                case USER -> {
                    if (ids[i] == who.euid()) {
                        return masked(permissions[i], wanted);
                    }
                }
                case GROUP_OBJ, GROUP -> {
                    if (who.inGroup(tags[i] == GROUP ? ids[i] : inode.gid())) {
                        inSomeGroup = true;
                        if ((permissions[i] & wanted) == wanted) {
                            return masked(permissions[i], wanted);
                        }
                    }
                }
                case OTHER -> {
                    return !inSomeGroup && (permissions[i] & wanted) == wanted ? 0 : -EACCES;
                }
                default -> {} // the owner was looked at, and the mask is not for anybody
            }
        }
        return -EACCES;
    }

    private int masked(int granted, int wanted) {
        int mask = find(MASK);
        int left = mask < 0 ? granted : granted & permissions[mask];
        return (left & wanted) == wanted ? 0 : -EACCES;
    }
}
