package org.javix.posix;

import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.EPERM;

import java.util.ArrayList;
import java.util.List;
import org.javix.vfs.Credentials;

/**
 * User and group ids.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/functions/setuid.html">setuid</a>
 */
final class UserCalls {
    private static final int NGROUPS_MAX = 65536;

    private UserCalls() {}

    static long getuid(GuestThread p) {
        return p.credentials().uid();
    }

    static long geteuid(GuestThread p) {
        return p.credentials().euid();
    }

    static long getgid(GuestThread p) {
        return p.credentials().gid();
    }

    static long getegid(GuestThread p) {
        return p.credentials().egid();
    }

    static long getresuid(GuestThread p, long real, long effective, long saved) {
        Credentials who = p.credentials();
        p.memory().set32(real, who.uid());
        p.memory().set32(effective, who.euid());
        p.memory().set32(saved, who.suid());
        return 0;
    }

    static long getresgid(GuestThread p, long real, long effective, long saved) {
        Credentials who = p.credentials();
        p.memory().set32(real, who.gid());
        p.memory().set32(effective, who.egid());
        p.memory().set32(saved, who.sgid());
        return 0;
    }

    /** Root sets all three; others set the effective id to the real or the saved one. */
    static long setuid(GuestThread p, long uid) {
        int id = (int) uid;
        Credentials who = p.credentials();
        if (id == -1) {
            return -EINVAL;
        }
        if (who.isRoot()) {
            return setUsers(p, id, id, id);
        }
        return id == who.uid() || id == who.suid() ? setUsers(p, who.uid(), id, who.suid()) : -EPERM;
    }

    static long setgid(GuestThread p, long gid) {
        int id = (int) gid;
        Credentials who = p.credentials();
        if (id == -1) {
            return -EINVAL;
        }
        if (who.isRoot()) {
            return setGroups(p, id, id, id);
        }
        return id == who.gid() || id == who.sgid() ? setGroups(p, who.gid(), id, who.sgid()) : -EPERM;
    }

    /** The saved id follows the effective one when the real id is set, or the effective one differs from it. */
    static long setreuid(GuestThread p, long real, long effective) {
        Credentials who = p.credentials();
        int uid = keep(real, who.uid());
        int euid = keep(effective, who.euid());
        boolean allowed = (uid == who.uid() || uid == who.euid())
                && (euid == who.uid() || euid == who.euid() || euid == who.suid());
        if (!who.isRoot() && !allowed) {
            return -EPERM;
        }
        boolean saves = (int) real != -1 || (int) effective != -1 && euid != who.uid();
        return setUsers(p, uid, euid, saves ? euid : who.suid());
    }

    static long setregid(GuestThread p, long real, long effective) {
        Credentials who = p.credentials();
        int gid = keep(real, who.gid());
        int egid = keep(effective, who.egid());
        boolean allowed = (gid == who.gid() || gid == who.egid())
                && (egid == who.gid() || egid == who.egid() || egid == who.sgid());
        if (!who.isRoot() && !allowed) {
            return -EPERM;
        }
        boolean saves = (int) real != -1 || (int) effective != -1 && egid != who.gid();
        return setGroups(p, gid, egid, saves ? egid : who.sgid());
    }

    static long setresuid(GuestThread p, long real, long effective, long saved) {
        Credentials who = p.credentials();
        int uid = keep(real, who.uid());
        int euid = keep(effective, who.euid());
        int suid = keep(saved, who.suid());
        List<Integer> own = List.of(who.uid(), who.euid(), who.suid());
        if (!who.isRoot() && !(own.contains(uid) && own.contains(euid) && own.contains(suid))) {
            return -EPERM;
        }
        return setUsers(p, uid, euid, suid);
    }

    static long setresgid(GuestThread p, long real, long effective, long saved) {
        Credentials who = p.credentials();
        int gid = keep(real, who.gid());
        int egid = keep(effective, who.egid());
        int sgid = keep(saved, who.sgid());
        List<Integer> own = List.of(who.gid(), who.egid(), who.sgid());
        if (!who.isRoot() && !(own.contains(gid) && own.contains(egid) && own.contains(sgid))) {
            return -EPERM;
        }
        return setGroups(p, gid, egid, sgid);
    }

    static long getgroups(GuestThread p, long size, long list) {
        List<Integer> groups = p.credentials().groups();
        if (size == 0) {
            return groups.size();
        }
        if (size < groups.size()) {
            return -EINVAL;
        }
        for (int i = 0; i < groups.size(); i++) {
            p.memory().set32(list + 4L * i, groups.get(i));
        }
        return groups.size();
    }

    static long setgroups(GuestThread p, long size, long list) {
        Credentials who = p.credentials();
        if (!who.isRoot()) {
            return -EPERM;
        }
        if (size < 0 || size > NGROUPS_MAX) {
            return -EINVAL;
        }
        List<Integer> groups = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            groups.add(p.memory().i32(list + 4L * i));
        }
        p.fs().setCredentials(new Credentials(
                who.uid(), who.euid(), who.suid(), who.gid(), who.egid(), who.sgid(), groups));
        return 0;
    }

    private static int keep(long id, int present) {
        return (int) id == -1 ? present : (int) id;
    }

    private static long setUsers(GuestThread p, int uid, int euid, int suid) {
        Credentials who = p.credentials();
        change(p, new Credentials(uid, euid, suid, who.gid(), who.egid(), who.sgid(), who.groups()));
        return 0;
    }

    private static long setGroups(GuestThread p, int gid, int egid, int sgid) {
        Credentials who = p.credentials();
        change(p, new Credentials(who.uid(), who.euid(), who.suid(), gid, egid, sgid, who.groups()));
        return 0;
    }

    private static void change(GuestThread p, Credentials next) {
        Credentials who = p.credentials();
        if (next.euid() != who.euid() || next.egid() != who.egid()) {
            // What its memory holds may be none of the new user's business.
            p.guest().setDumpable(false);
        }
        p.fs().setCredentials(next);
    }
}
