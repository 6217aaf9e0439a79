package org.javix.vfs;

import static org.javix.vfs.AtFlags.AT_EMPTY_PATH;
import static org.javix.vfs.AtFlags.AT_SYMLINK_NOFOLLOW;
import static org.javix.vfs.RandomOperations.where;

import java.nio.ByteBuffer;

/** Random calls that look at and change attributes. */
final class AttributeOperations {
    private static final int STATX_BASIC = 0x7ff;

    private final RandomOperations any;

    AttributeOperations(RandomOperations any) {
        this.any = any;
    }

    Operation next() {
        int at = any.at();
        int flags = any.pick(0, 0, AT_SYMLINK_NOFOLLOW, AT_EMPTY_PATH);
        String path = flags == AT_EMPTY_PATH && any.oneIn(2) ? "" : any.path();
        int mode = any.mode();
        return switch (any.random.nextInt(10)) {
            case 0, 1, 2 -> stat(at, path, flags, any.target);
            case 3 -> Operation.plain(
                    "chmod " + where(at, path) + " 0" + Integer.toOctalString(mode),
                    new LinuxCall("fchmodat").fd(at).text(path).number(mode),
                    process -> FileCalls.chmod(process.context, process.at(at, path), path, mode, 0));
            case 4 -> {
                int slot = any.slot();
                yield Operation.plain(
                        "fchmod " + slot + " 0" + Integer.toOctalString(mode),
                        new LinuxCall("fchmod").fd(slot).number(mode),
                        process -> FileCalls.chmod(process.context, process.plain(slot), "", mode, AT_EMPTY_PATH));
            }
            case 5, 6 -> chown(at, path, flags);
            case 7 -> access(at, path, flags);
            default -> utimens(at, path, flags);
        };
    }

    static Operation stat(int at, String path, int flags, RandomOperations.Target target) {
        return new Operation(
                "stat " + where(at, path) + " " + flags,
                new LinuxCall("statx").fd(at).text(path).number(flags).number(STATX_BASIC).output(256),
                reply -> reply.result() < 0 ? Tree.name(reply.result()) : text(stat(reply.buffers().getFirst()), target),
                process -> {
                    Stat stat = new Stat();
                    int error = FileCalls.stat(process.context, process.at(at, path), path, flags, stat);
                    return error < 0 ? Tree.name(error) : text(stat, target);
                });
    }

    /** What both sides must agree on. */
    private static String text(Stat stat, RandomOperations.Target target) {
        long since = target.since();
        boolean regular = FileMode.isRegular(stat.mode);
        boolean sized = !target.layered() || !FileMode.isDirectory(stat.mode);
        return Integer.toOctalString(stat.mode) + " links " + stat.nlink + " of " + stat.uid + ":" + stat.gid
                + (sized ? " size " + stat.size : "") + (regular && !target.layered() ? " blocks " + stat.blocks : "") + " dev " + stat.rdev
                + (target.layered() ? "" : " a " + time(stat.atimeSec, stat.atimeNsec, since))
                + " m " + time(stat.mtimeSec, stat.mtimeNsec, since)
                + " c " + time(stat.ctimeSec, stat.ctimeNsec, since);
    }

    private static String time(long seconds, int nanoseconds, long since) {
        return seconds >= since && seconds < since + 86400 ? "now" : seconds + "." + nanoseconds;
    }

    static Stat stat(ByteBuffer statx) {
        Stat stat = new Stat();
        stat.nlink = statx.getInt(16);
        stat.uid = statx.getInt(20);
        stat.gid = statx.getInt(24);
        stat.mode = statx.getShort(28) & 0xffff;
        stat.ino = statx.getLong(32);
        stat.size = statx.getLong(40);
        stat.blocks = statx.getLong(48);
        stat.atimeSec = statx.getLong(64);
        stat.atimeNsec = statx.getInt(72);
        stat.ctimeSec = statx.getLong(96);
        stat.ctimeNsec = statx.getInt(104);
        stat.mtimeSec = statx.getLong(112);
        stat.mtimeNsec = statx.getInt(120);
        stat.rdev = Devices.number(statx.getInt(128), statx.getInt(132));
        return stat;
    }

    private Operation chown(int at, String path, int flags) {
        int uid = any.pick(-1, 0, 1000, 1001, 1002);
        int gid = any.pick(-1, 0, 1000, 1001, 1002);
        return Operation.plain(
                "chown " + where(at, path) + " " + uid + ":" + gid + " " + flags,
                new LinuxCall("fchownat").fd(at).text(path).number(uid).number(gid).number(flags),
                process -> FileCalls.chown(process.context, process.at(at, path), path, uid, gid, flags));
    }

    private Operation access(int at, String path, int flags) {
        int mask = any.random.nextInt(8);
        int how = flags | (any.oneIn(2) ? AtFlags.AT_EACCESS : 0);
        return Operation.plain(
                "access " + where(at, path) + " " + mask + " " + how,
                new LinuxCall("faccessat2").fd(at).text(path).number(mask).number(how),
                process -> FileCalls.access(process.context, process.at(at, path), path, mask, how));
    }

    private Operation utimens(int at, String path, int flags) {
        long aSec = seconds();
        int aNsec = nanoseconds();
        long mSec = seconds();
        int mNsec = nanoseconds();
        ByteBuffer times = LinuxCall.buffer(32).putLong(aSec).putLong(aNsec).putLong(mSec).putLong(mNsec);
        return Operation.plain(
                "utimens " + where(at, path) + " " + aSec + "." + aNsec + " " + mSec + "." + mNsec + " " + flags,
                new LinuxCall("utimensat").fd(at).text(path).bytes(times.array()).number(flags),
                process -> FileCalls.utimens(
                        process.context, process.at(at, path), path, aSec, aNsec, mSec, mNsec, flags));
    }

    private long seconds() {
        return any.pick(0, 1, 1_000_000_000, 1_000_000_001, 1_100_000_000, -5);
    }

    private int nanoseconds() {
        return any.pick(0, 1, 999_999_999, 500_000_000, AtFlags.UTIME_NOW, AtFlags.UTIME_NOW, AtFlags.UTIME_OMIT,
                1_000_000_000);
    }
}
