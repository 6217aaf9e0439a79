package org.javix.process;

import java.util.List;
import java.util.function.BiFunction;
import org.javix.vfs.Location;
import org.javix.vfs.Mount;

/**
 * The mounts as a process sees them: those that can be reached from its root directory, by their paths from there.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_mountinfo.5.html">proc_pid_mountinfo(5)</a>
 */
final class ProcMounts {
    private ProcMounts() {}

    /** {@code /proc/PID/mounts}. */
    static String mounts(Process process) {
        return each(process, (mount, path) -> escape(mount.source()) + " " + path + " " + mount.fileSystem().type() + " "
                + (mount.readOnly() ? "ro" : "rw") + options(mount) + escape(mount.fileSystem().options()) + " 0 0\n");
    }

    /** {@code /proc/PID/mountinfo}. */
    static String mountinfo(Process process) {
        return each(process, (mount, path) -> {
            boolean readOnly = (mount.flags() & Mount.READ_ONLY) != 0;
            int parent = mount.point() == null ? mount.id() : mount.point().mount().id();
            String root = mount.rootPath();
            return mount.id() + " " + parent + " 0:" + mount.fileSystem().device() + " "
                    + (root == null ? "//deleted" : escape(root)) + " " + path + " "
                    + (readOnly ? "ro" : "rw") + options(mount) + " - "
                    + mount.fileSystem().type() + " " + escape(mount.source()) + " "
                    + (mount.fileSystem().readOnly() ? "ro" : "rw") + escape(mount.fileSystem().options()) + "\n";
        });
    }

    /** {@code /proc/PID/mountstats}. */
    static String mountstats(Process process) {
        return each(process, (mount, path) -> "device " + escape(mount.source()) + " mounted on " + path + " with fstype "
                + mount.fileSystem().type() + "\n");
    }

    private static String each(Process process, BiFunction<Mount, String, String> line) {
        StringBuilder text = new StringBuilder();
        Location root = process.fs().root();
        List<Mount> mounts = process.kernel().mounts().list();
        for (Mount mount : mounts) {
            String path = mount.path(root);
            if (path != null) {
                text.append(line.apply(mount, escape(path)));
            }
        }
        return text.toString();
    }

    private static String options(Mount mount) {
        return ((mount.flags() & Mount.NO_SET_ID) != 0 ? ",nosuid" : "")
                + ((mount.flags() & Mount.NO_DEVICES) != 0 ? ",nodev" : "")
                + ((mount.flags() & Mount.NO_EXEC) != 0 ? ",noexec" : "")
                + ((mount.flags() & Mount.NO_ACCESS_TIME) != 0 ? ",noatime" : "")
                + ((mount.flags() & Mount.NO_DIRECTORY_ACCESS_TIME) != 0 ? ",nodiratime" : "")
                + ((mount.flags() & (Mount.NO_ACCESS_TIME | Mount.STRICT_ACCESS_TIME)) == 0 ? ",relatime" : "");
    }

    private static String escape(String text) {
        return text.replace("\\", "\\134").replace(" ", "\\040").replace("\t", "\\011").replace("\n", "\\012").replace("#", "\\043");
    }
}
