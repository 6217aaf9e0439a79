package org.javix.vfs;

import java.util.List;

/**
 * Who a process acts as. Immutable. The effective ids decide about files.
 *
 * @param uid real user
 * @param euid effective user
 * @param suid saved user
 * @param gid real group
 * @param egid effective group
 * @param sgid saved group
 * @param groups supplementary groups
 */
public record Credentials(int uid, int euid, int suid, int gid, int egid, int sgid, List<Integer> groups) {
    /** The superuser. */
    public static final Credentials ROOT = of(0, 0);

    /** Copies the groups. */
    public Credentials {
        groups = List.copyOf(groups);
    }

    /** An ordinary login of one user and group. */
    public static Credentials of(int uid, int gid) {
        return new Credentials(uid, uid, uid, gid, gid, gid, List.of());
    }

    /** Whether permission checks are passed over. */
    public boolean isRoot() {
        return euid == 0;
    }

    /** Whether it acts as somebody else than who it is: after running a program with a set-id bit. */
    public boolean isSetId() {
        return uid != euid || gid != egid;
    }

    /** Whether the effective or a supplementary group is {@code group}. */
    public boolean inGroup(int group) {
        return egid == group || groups.contains(group);
    }
}
