package org.javix.vfs;

import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.ENOTDIR;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code mount -t overlay}: {@code lowerdir=A:B}, {@code upperdir=C}, {@code workdir=D} name directories of the tree. */
final class OverlayOptions {
    /** Ways to do what is always done here, or done without. */
    private static final List<String> WITHOUT_MEANING = List.of(
            "index", "metacopy", "redirect_dir", "xino", "nfs_export", "userxattr", "volatile", "uuid", "fsync");

    private OverlayOptions() {}

    static Result<OverlayFs> mount(FsContext context, String source, String text) {
        Map<String, String> options = MountOptions.parse(text);
        for (String name : options.keySet()) {
            boolean known = List.of("lowerdir", "upperdir", "workdir").contains(name) || WITHOUT_MEANING.contains(name);
            if (!known) {
                return Result.failed(-EINVAL);
            }
        }
        if (!options.containsKey("lowerdir") || options.containsKey("upperdir") && !options.containsKey("workdir")) {
            return Result.failed(-EINVAL);
        }
        List<Inode> lowers = new ArrayList<>();
        for (String path : options.get("lowerdir").split("(?<!\\\\):")) {
            Result<Location> lower = directory(context, path);
            if (lower.isFailure()) {
                return Result.failed(lower.error());
            }
            lowers.add(lower.value().inode());
        }
        if (!options.containsKey("upperdir")) {
            return OverlayFs.of(lowers, null, "," + text);
        }
        Result<Location> upper = directory(context, options.get("upperdir"));
        Result<Location> work = directory(context, options.get("workdir"));
        if (upper.isFailure() || work.isFailure()) {
            return Result.failed(upper.isFailure() ? upper.error() : work.error());
        }
        // As on Linux they are of one mount and apart, although nothing is kept in the work directory.
        Location top = upper.value();
        Inode aside = work.value().inode();
        if (top.mount() != work.value().mount()
                || Paths.inside(top.inode(), aside) != null
                || Paths.inside(aside, top.inode()) != null) {
            return Result.failed(-EINVAL);
        }
        if (top.mount().readOnly()) {
            return Result.failed(-Errno.EROFS);
        }
        return OverlayFs.of(lowers, top.inode(), "," + text);
    }

    private static Result<Location> directory(FsContext context, String escaped) {
        PathWalk walk = new PathWalk(context);
        int error = walk.find(null, escaped.replaceAll("\\\\([:,\\\\])", "$1"), PathWalk.Last.FOLLOW, false);
        if (error < 0) {
            return Result.failed(error);
        }
        return walk.mount == null || !walk.inode.isDirectory() ? Result.failed(-ENOTDIR) : Result.of(walk.location());
    }
}
