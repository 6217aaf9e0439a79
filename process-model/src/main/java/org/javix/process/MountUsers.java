package org.javix.process;

import org.javix.vfs.Location;
import org.javix.vfs.Mount;
import org.javix.vfs.Mounts;
import org.javix.vfs.OpenFile;

/** Finds out whether a process is in a mount, so that it must not be removed. */
final class MountUsers implements Mounts.Users {
    private final Kernel kernel;

    MountUsers(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public boolean use(Mount mount, boolean writing) {
        for (Process process : kernel.table()) {
            boolean inside = process.fs().cwd().mount() == mount || process.fs().root().mount() == mount;
            if (!process.hasEnded() && process != kernel.init() && (inside && !writing || hasOpen(process, mount, writing))) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasOpen(Process process, Mount mount, boolean writing) {
        boolean[] found = {false};
        process.files().forEach((fd, file, closeOnExec) -> found[0] |= isIn(file, mount) && (!writing || file.writable()));
        return found[0];
    }

    private static boolean isIn(OpenFile file, Mount mount) {
        Location location = file.location();
        return location != null && location.mount() == mount;
    }
}
