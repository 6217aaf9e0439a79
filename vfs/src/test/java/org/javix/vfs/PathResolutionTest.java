package org.javix.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PathResolutionTest {
    private final Tree tree = Tree.empty().dirs("/a", "/a/b").write("/a/b/file", "text");

    @Test
    void slashesAndDotsDoNotMatter() {
        assertEquals("text", tree.read("//a/./b//../b/file"));
        assertEquals("text", tree.read("/../../a/b/file"));
    }

    @Test
    void relativePathsStartAtTheWorkingDirectory() {
        tree.cd("/a");
        assertEquals("text", tree.read("b/file"));
        tree.cd("b");
        assertEquals("/a/b", tree.pwd());
        assertEquals("text", tree.read("../b/file"));
        assertEquals("ok", tree.cd("../../../.."));
        assertEquals("/", tree.pwd());
    }

    @Test
    void failuresHaveTheirOwnErrors() {
        assertEquals("ENOENT", tree.read(""));
        assertEquals("ENOENT", tree.read("/missing/file"));
        assertEquals("ENOTDIR", tree.read("/a/b/file/x"));
        assertEquals("ENOTDIR", tree.read("/a/b/file/"));
        assertEquals("ENOTDIR", tree.read("/a/b/file/.."));
        assertEquals("ENAMETOOLONG", tree.read("/" + "n".repeat(256)));
        assertEquals("ENOENT", tree.read("/" + "n".repeat(255)));
        assertEquals("ENAMETOOLONG", tree.read("/a".repeat(2048)));
        assertEquals("EISDIR", tree.opening("/a", OpenFlags.O_WRONLY));
    }

    @Test
    void trailingSlashAsksForADirectory() {
        assertEquals("ok", tree.mkdir("/new/"));
        assertEquals("ok", tree.rmdir("/new/"));
        assertEquals("EISDIR", tree.opening("/x/", OpenFlags.O_CREAT | OpenFlags.O_WRONLY));
        assertEquals("ENOTDIR", tree.rm("/a/b/file/"));
        assertEquals("ENOENT", tree.symlink("t", "/link/"));
        tree.symlink("b", "/a/link");
        assertEquals(FileMode.S_IFDIR, FileMode.type(tree.lstat("/a/link/").mode));
        assertEquals(FileMode.S_IFLNK, FileMode.type(tree.lstat("/a/link").mode));
        assertEquals("ENOTDIR", tree.rmdir("/a/link/"));
    }

    @Test
    void symbolicLinksAreFollowed() {
        tree.symlink("b/file", "/a/relative");
        tree.symlink("/a", "/absolute");
        tree.symlink("absolute/b", "/chain");
        assertEquals("text", tree.read("/a/relative"));
        assertEquals("text", tree.read("/absolute/b/file"));
        assertEquals("text", tree.read("/chain/file"));
        assertEquals("text", tree.read("/chain/../relative"));
        assertEquals("b/file", tree.readlink("/a/relative"));
        assertEquals("EINVAL", tree.readlink("/a/b/file"));
    }

    @Test
    void aLinkThatIsMissingItsTargetCanBeWrittenThrough() {
        tree.symlink("made", "/dangling");
        assertEquals("ENOENT", tree.read("/dangling"));
        assertEquals("EEXIST", tree.opening("/dangling", OpenFlags.O_CREAT | OpenFlags.O_EXCL | OpenFlags.O_WRONLY));
        tree.write("/dangling", "x");
        assertEquals("x", tree.read("/made"));
        assertEquals("EEXIST", tree.mkdir("/dangling"));
    }

    @Test
    void loopsEnd() {
        tree.symlink("loop", "/loop");
        assertEquals("ELOOP", tree.read("/loop"));
        assertEquals("ELOOP", tree.read("/loop/x"));
        tree.write("/l0", "end");
        for (int i = 1; i <= 41; i++) {
            tree.symlink("l" + (i - 1), "/l" + i);
        }
        assertEquals("end", tree.read("/l40"));
        assertEquals("ELOOP", tree.read("/l41"));
    }

    @Test
    void namesAreBytes() {
        String name = "/\u00ff\u0001\u00c3(";
        tree.write(name, "odd");
        assertEquals("odd", tree.read(name));
        assertEquals(name.substring(1), tree.ls("/").getLast());
    }

    @Test
    void descriptorsAreStartingPoints() {
        OpenFile directory = tree.open("/a", OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY);
        tree.mv("/a", "/moved");
        Stat stat = new Stat();
        assertEquals(0, FileCalls.stat(tree.context, directory, "b/file", 0, stat));
        assertEquals(4, stat.size);
        assertEquals("/moved", directory.path());
        OpenFile file = tree.open("/moved/b/file", OpenFlags.O_RDONLY);
        assertEquals(-Errno.ENOTDIR, FileCalls.stat(tree.context, file, "x", 0, stat));
        assertEquals(0, FileCalls.stat(tree.context, file, "", AtFlags.AT_EMPTY_PATH, stat));
        assertEquals("/moved/b/file", file.path());
    }

    @Test
    void aRemovedWorkingDirectoryHasNoPath() {
        tree.dirs("/gone").cd("/gone");
        tree.rmdir("/gone");
        assertEquals("ENOENT", tree.pwd());
        assertEquals("ENOENT", tree.opening("file", OpenFlags.O_CREAT | OpenFlags.O_WRONLY));
        assertEquals("ENOENT", tree.mkdir("sub"));
        assertEquals("ok", tree.cd(".."));
        assertEquals("/", tree.pwd());
    }

    @Test
    void aNewRootIsTheTop() {
        tree.write("/a/passwd", "inner").write("/passwd", "outer").symlink("/passwd", "/a/link");
        assertEquals(0, FileCalls.chroot(tree.context, null, "/a"));
        tree.cd("/");
        assertEquals("inner", tree.read("/../passwd"));
        assertEquals("inner", tree.read("/link"));
        assertEquals("/", tree.pwd());
        assertEquals(-Errno.EPERM, FileCalls.chroot(tree.as(1, 1).context, null, "/"));
    }

    @Test
    void nothingLeadsOutOfAConfinedDirectory() {
        tree.write("/outside", "secret").dirs("/a/c");
        tree.symlink("/outside", "/a/absolute");
        tree.symlink("../../outside", "/a/b/up");
        tree.symlink("../c", "/a/b/inside");
        Tree confined = new Tree(tree.context.confined());
        OpenFile at = tree.open("/a", OpenFlags.O_RDONLY);
        assertEquals("EPERM", stat(confined, at, "../outside"));
        assertEquals("EPERM", stat(confined, at, "b/../../outside"));
        assertEquals("EPERM", stat(confined, at, "/a"));
        assertEquals("EPERM", stat(confined, at, "absolute"));
        assertEquals("EPERM", stat(confined, at, "b/up"));
        assertEquals("ok", stat(confined, at, "b/../b/file"));
        assertEquals("ok", stat(confined, at, "b/inside"));
        assertEquals("ok", stat(confined, at, "b/.."));
    }

    private static String stat(Tree tree, OpenFile at, String path) {
        return Tree.name(FileCalls.stat(tree.context, at, path, 0, new Stat()));
    }
}
