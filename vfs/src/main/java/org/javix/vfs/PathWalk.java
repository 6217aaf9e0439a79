package org.javix.vfs;

import static org.javix.vfs.Errno.EBADF;
import static org.javix.vfs.Errno.EISDIR;
import static org.javix.vfs.Errno.ELOOP;
import static org.javix.vfs.Errno.ENAMETOOLONG;
import static org.javix.vfs.Errno.ENOENT;
import static org.javix.vfs.Errno.ENOTDIR;
import static org.javix.vfs.Errno.EPERM;
import static org.javix.vfs.Errno.EXDEV;

import java.util.ArrayList;

/**
 * Resolves one path, as POSIX section 4.16 (pathname resolution) says.
 *
 * <p>The walk keeps a current directory and goes through the path's components. A symbolic link
 * replaces what is left of the path by its target and the rest, so there is no recursion. After
 * {@link #find} the fields say what the path names.
 *
 * <p>In a confined context the directories passed are kept on a stack, and {@code ..} takes the last
 * one off instead of asking the directory for its parent: so no rename that happens meanwhile can
 * lead the walk out of the directory it started in. One walk is used by one thread.
 */
final class PathWalk {
    /** The longest component, in bytes. */
    static final int NAME_MAX = 255;

    /** The longest path, in bytes; one byte of PATH_MAX is the terminator. */
    static final int PATH_LONGEST = 4095;

    private static final int MAX_LINKS = 40;

    /** What happens to a symbolic link in the last place. */
    enum Last {
        /** It is followed. */
        FOLLOW,
        /** It is meant itself, unless a slash follows it. */
        KEEP,
        /** The entry is meant, for calls that make or remove it: links and mounts are not followed. */
        ENTRY
    }

    /** The last component is an ordinary name. */
    static final int NAME = 0;

    /** The last component is {@code .}. */
    static final int DOT = 1;

    /** The last component is {@code ..}. */
    static final int DOT_DOT = 2;

    /** The path is {@code /} or a link to it. */
    static final int ROOT = 3;

    final FsContext context;
    final Credentials who;

    /** The mount of what was found, or of {@link #directory} if nothing was. */
    Mount mount;

    /** What was found; null if there is no such entry and that was allowed. */
    Inode inode;

    /** Set if a link led straight to an open file; {@link #inode} may then be null. */
    OpenFile jumped;

    /** The mount of {@link #directory}. */
    Mount directoryMount;

    /** The directory of the last component; null unless {@link #kind} is {@link #NAME}. */
    Inode directory;

    /** The last component; meaningful if {@link #kind} is {@link #NAME}. */
    String name;

    /** {@link #NAME}, {@link #DOT}, {@link #DOT_DOT} or {@link #ROOT}. */
    int kind;

    /** Whether a slash follows the last component. */
    boolean trailingSlash;

    /**
     * What looking for the last component gave, of an entry that may be missing: 0, or an error that says
     * that there cannot be such an entry. Calls have errors of their own that come before it.
     */
    int lastError;

    /** Set for {@code open} with O_CREAT: it makes no directories, so a slash at the end is refused at once. */
    boolean creating;

    private final Inode.Found found = new Inode.Found();
    private final boolean root;
    private final int resolve;
    // Where a path starts that stays within a directory.
    private Location start;
    private int links;
    private ArrayList<Location> passed;

    PathWalk(FsContext context) {
        this.context = context;
        who = context.credentials();
        root = who.isRoot();
        resolve = context.resolveFlags();
    }

    /**
     * Resolves a path.
     *
     * @param missing whether it is well if the last component does not exist
     * @return 0 or a negative errno
     */
    int find(OpenFile at, String path, Last last, boolean missing) {
        links = 0;
        lastError = 0;
        mount = null;
        jumped = null;
        passed = context.isConfined() || (resolve & ResolveFlags.SCOPED) != 0 ? new ArrayList<>() : null;
        int length = path.length();
        if (length == 0) {
            return -ENOENT;
        }
        if (length > PATH_LONGEST) {
            return -ENAMETOOLONG;
        }
        if (path.charAt(0) == '/' && (resolve & ResolveFlags.IN_ROOT) == 0) {
            int error = toRoot();
            return error < 0 ? error : walk(path, last, missing);
        }
        if (at == FileCalls.BAD_DESCRIPTOR) {
            return -EBADF;
        }
        start = at == null ? context.cwd() : at.location();
        if (start == null) {
            return -ENOTDIR;
        }
        mount = start.mount();
        inode = start.inode();
        return walk(path, last, missing);
    }

    /** As {@link #find}, but an empty path with {@code AT_EMPTY_PATH} is {@code at} itself. */
    int find(OpenFile at, String path, Last last, int flags) {
        if (!path.isEmpty() || (flags & AtFlags.AT_EMPTY_PATH) == 0) {
            return find(at, path, last, false);
        }
        if (at == FileCalls.BAD_DESCRIPTOR) {
            return -EBADF;
        }
        Location start = at == null ? context.cwd() : at.location();
        directory = null;
        kind = DOT;
        trailingSlash = false;
        jumped = at;
        mount = start == null ? null : start.mount();
        inode = at == null ? start.inode() : at.inode();
        return 0;
    }

    private int walk(String path, Last last, boolean missing) {
        int position = 0;
        int end = path.length();
        directory = null;
        kind = ROOT;
        trailingSlash = false;
        for (;;) {
            while (position < end && path.charAt(position) == '/') {
                position++;
            }
            if (position == end) {
                return 0;
            }
            int nameEnd = path.indexOf('/', position);
            if (nameEnd < 0) {
                nameEnd = end;
            }
            if (!inode.isDirectory()) {
                return -ENOTDIR;
            }
            if (!root && Permissions.check(who, inode, FileMode.EXECUTE) < 0) {
                return -Errno.EACCES;
            }
            int rest = nameEnd;
            while (rest < end && path.charAt(rest) == '/') {
                rest++;
            }
            boolean isLast = rest == end;
            boolean slash = nameEnd < rest;
            int dots = dots(path, position, nameEnd);
            if (dots != NAME) {
                int error = dots == DOT_DOT ? up() : 0;
                if (error < 0) {
                    return error;
                }
                if (isLast) {
                    directory = null;
                    kind = dots;
                    return 0;
                }
                position = rest;
                continue;
            }
            if (isLast && slash && creating) {
                return -EISDIR;
            }
            String component = path.substring(position, nameEnd);
            int error = lookup(component);
            if (isLast) {
                kind = NAME;
                name = component;
                directory = inode;
                directoryMount = mount;
                trailingSlash = slash;
                if (missing && (error == -ENOENT || error == -ENAMETOOLONG)) {
                    lastError = error == -ENAMETOOLONG || inode.isRemoved() ? error : 0;
                    inode = null;
                    return last == Last.ENTRY ? 0 : lastError;
                }
            }
            if (error < 0) {
                return error;
            }
            Inode child = found.inode;
            boolean follow = !isLast || last == Last.FOLLOW || last == Last.KEEP && slash;
            if (!follow || !child.isSymbolicLink()) {
                error = enter(child, !isLast || last != Last.ENTRY);
                if (error < 0) {
                    return error;
                }
                if (isLast) {
                    return slash && last != Last.ENTRY && !inode.isDirectory() ? -ENOTDIR : 0;
                }
                position = rest;
                continue;
            }
            if (++links > MAX_LINKS || (resolve & ResolveFlags.NO_SYMLINKS) != 0) {
                return -ELOOP;
            }
            OpenFile target = child.follow(context);
            if (target != null) {
                if ((resolve & ResolveFlags.NO_MAGICLINKS) != 0) {
                    return -ELOOP;
                }
                error = jump(target, isLast && !slash);
                if (error < 0 || jumped != null) {
                    return error;
                }
                path = path.substring(nameEnd);
            } else {
                Result<String> link = child.readLink(context);
                if (link.isFailure()) {
                    return link.error();
                }
                String text = link.value();
                if (text.isEmpty()) {
                    return -ENOENT;
                }
                if (text.charAt(0) == '/') {
                    error = toRoot();
                    if (error < 0) {
                        return error;
                    }
                }
                path = text + path.substring(nameEnd);
            }
            position = 0;
            end = path.length();
            directory = null;
            kind = ROOT;
        }
    }

    private int lookup(String component) {
        if (component.length() > NAME_MAX) {
            // In a directory that was removed there is no name, be it too long or not.
            return inode.isRemoved() ? -ENOENT : -ENAMETOOLONG;
        }
        return inode.lookup(component, found);
    }

    private static int dots(String path, int from, int to) {
        if (path.charAt(from) != '.') {
            return NAME;
        }
        if (to - from == 1) {
            return DOT;
        }
        return to - from == 2 && path.charAt(from + 1) == '.' ? DOT_DOT : NAME;
    }

    private int toRoot() {
        if ((resolve & ResolveFlags.IN_ROOT) != 0) {
            passed.clear();
            return enter(start);
        }
        return passed != null ? escaped() : enter(context.root());
    }

    /** The error of a path that would leave the directory that it must stay in. */
    private int escaped() {
        return (resolve & ResolveFlags.SCOPED) != 0 ? -EXDEV : -EPERM;
    }

    private int enter(Location place) {
        boolean crosses = mount != null && mount != place.mount() && (resolve & ResolveFlags.NO_XDEV) != 0;
        mount = place.mount();
        inode = place.inode();
        return crosses ? -EXDEV : 0;
    }

    private int enter(Inode child, boolean crossMounts) {
        if (passed != null) {
            passed.add(new Location(mount, inode));
        }
        inode = child;
        return crossMounts ? cross() : 0;
    }

    private int cross() {
        Mount over = context.mounts().covering(mount, inode);
        if (over != null && (resolve & ResolveFlags.NO_XDEV) != 0) {
            return -EXDEV;
        }
        while (over != null) {
            mount = over;
            inode = over.root();
            over = context.mounts().covering(mount, inode);
        }
        return 0;
    }

    private int up() {
        if (passed != null) {
            if (passed.isEmpty()) {
                return (resolve & ResolveFlags.IN_ROOT) != 0 ? 0 : escaped();
            }
            return enter(passed.removeLast());
        }
        Location top = context.root();
        for (;;) {
            if (mount == top.mount() && inode.equals(top.inode())) {
                return 0;
            }
            if (!mount.isRoot(inode)) {
                break;
            }
            Location point = mount.point();
            if (point == null) {
                return 0;
            }
            if ((resolve & ResolveFlags.NO_XDEV) != 0) {
                return -EXDEV;
            }
            mount = point.mount();
            inode = point.inode();
        }
        if (!mount.contains(inode)) {
            return -ENOENT; // it was moved out of the part that is mounted: there is no way up
        }
        inode = inode.parent();
        return cross();
    }

    private int jump(OpenFile target, boolean isLast) {
        if (passed != null) {
            return escaped();
        }
        Location location = target.location();
        if (isLast) {
            jumped = target;
            mount = location == null ? null : location.mount();
            inode = target.inode();
            return 0;
        }
        if (location == null) {
            return -ENOTDIR;
        }
        mount = location.mount();
        inode = location.inode();
        return 0;
    }

    /** What was found, as a place to mount at. */
    Mount.Point mountPoint() {
        Location parent = directory == null ? null : new Location(directoryMount, directory);
        return new Mount.Point(location(), parent, name);
    }

    /** The error of a call that needs the entry which was allowed to be missing. */
    int missing() {
        return lastError < 0 ? lastError : -ENOENT;
    }

    /** What was found, as a place. */
    Location location() {
        return new Location(mount, inode);
    }
}
