package org.javix.vfs;

import java.util.ArrayDeque;

/** From places back to paths. */
final class Paths {
    private Paths() {}

    /** The path of a directory below {@code root}; null if it was removed or does not lie below it. */
    static String below(Location root, Location location) {
        ArrayDeque<String> names = new ArrayDeque<>();
        Mount mount = location.mount();
        Inode inode = location.inode();
        // What is deeper has a path that is too long, whatever its names are.
        while (!(mount == root.mount() && inode.equals(root.inode())) && names.size() <= PathWalk.PATH_LONGEST) {
            if (mount.isRoot(inode)) {
                Location point = mount.point();
                if (point == null) {
                    return null;
                }
                mount = point.mount();
                inode = point.inode();
            } else {
                String name = inode.name();
                if (name == null) {
                    return null;
                }
                names.addFirst(name);
                inode = inode.parent();
            }
        }
        return "/" + String.join("/", names);
    }

    /** The path of a file below a directory of one file system, such as {@code "/"}; null if it does not lie there. */
    static String inside(Inode top, Inode directory) {
        ArrayDeque<String> names = new ArrayDeque<>();
        Inode inode = directory;
        while (!inode.equals(top)) {
            String name = inode.isDirectory() ? inode.name() : null;
            if (name == null) {
                return null;
            }
            names.addFirst(name);
            inode = inode.parent();
        }
        return "/" + String.join("/", names);
    }

    /** The path of an open file from the top of its namespace; see {@link OpenFile#path}. */
    static String of(Location location, Location directory, String name) {
        if (location.inode().isDirectory()) {
            String path = below(top(location), location);
            return path == null ? "(deleted)" : path;
        }
        if (directory == null) {
            return "(unknown)";
        }
        String parent = below(top(directory), directory);
        if (parent == null) {
            parent = "(deleted)";
        }
        String path = parent.equals("/") ? "/" + name : parent + "/" + name;
        Stat stat = new Stat();
        location.inode().stat(stat);
        return stat.nlink == 0 ? path + " (deleted)" : path;
    }

    private static Location top(Location location) {
        Mount mount = location.mount();
        while (mount.point() != null) {
            mount = mount.point().mount();
        }
        return new Location(mount, mount.root());
    }
}
