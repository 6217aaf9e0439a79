package org.javix.process;

import java.util.ArrayList;
import java.util.List;
import org.javix.vfs.Credentials;
import org.javix.vfs.FsContext;
import org.javix.vfs.Inode;
import org.javix.vfs.Location;
import org.javix.vfs.OpenFile;
import org.javix.vfs.OpenFlags;
import org.javix.vfs.RecordLocks;
import org.javix.vfs.SyntheticFs;

/**
 * {@code /proc/PID/fd}: links that lead to the open files themselves, deleted ones too; and {@code /proc/PID/fdinfo}:
 * position and flags.
 */
final class ProcDescriptors implements SyntheticFs.Entries {
    private final ProcFs proc;
    private final SyntheticFs fs;
    private final Process process;
    private final String key;
    private final boolean info;

    ProcDescriptors(ProcFs proc, SyntheticFs fs, Process process, String key, boolean info) {
        this.proc = proc;
        this.fs = fs;
        this.process = process;
        this.key = key;
        this.info = info;
    }

    @Override
    public Inode lookup(String name) {
        if (!name.matches("0|[1-9][0-9]{0,8}")) {
            return null;
        }
        int fd = Integer.parseInt(name);
        OpenFile file = process.files().get(fd);
        if (file == null) {
            return null;
        }
        Credentials who = process.fs().credentials();
        String node = key + "/" + name;
        if (info) {
            return proc.file(node, 0444, who.euid(), who.egid(), context -> mayTrace(context) ? info(fd) : null);
        }
        int permissions = file.isPath() ? 0 : (file.readable() ? 0500 : 0) | (file.writable() ? 0300 : 0);
        return fs.privateLink(
                node, permissions, who.euid(), who.egid(), this::mayTrace, context -> file.path(), context -> process.files().get(fd));
    }

    private boolean mayTrace(FsContext context) {
        return ProcDirectory.mayTrace(context, process);
    }

    private String info(int fd) {
        OpenFile file = process.files().get(fd);
        if (file == null) {
            return "";
        }
        long position = Math.max(0, file.seek(0, OpenFile.SEEK_CUR));
        int flags = file.flags() | (process.files().closeOnExec(fd) ? OpenFlags.O_CLOEXEC : 0);
        Location where = file.location();
        StringBuilder locks = new StringBuilder();
        RecordLocks held = file.locksIfAny();
        if (held != null) {
            for (RecordLocks.Held lock : held.held()) {
                if (lock.range().owner() == file || lock.range().owner() == process.files()) {
                    locks.append("lock:\t").append(ProcLocks.line(1, file, lock)).append('\n');
                }
            }
        }
        return "pos:\t" + position + "\nflags:\t0" + Integer.toOctalString(flags)
                + "\nmnt_id:\t" + (where == null || where.mount() == null ? 0 : where.mount().id())
                + "\nino:\t" + (file.inode() == null ? 0 : file.inode().number()) + "\n" + locks;
    }

    @Override
    public List<String> names() {
        List<String> names = new ArrayList<>();
        process.files().forEach((fd, file, closeOnExec) -> names.add(Integer.toString(fd)));
        return names;
    }
}
