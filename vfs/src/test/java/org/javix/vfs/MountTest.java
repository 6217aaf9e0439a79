package org.javix.vfs;

import static org.javix.vfs.OpenFlags.O_CREAT;
import static org.javix.vfs.OpenFlags.O_RDWR;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class MountTest {
    private static final int RDONLY = 1;
    private static final int REMOUNT = 32;
    private static final int BIND = 4096;
    private static final int MOVE = 8192;
    private static final int REC = 16384;
    private static final int DETACH = 2;
    private static final int EXPIRE = 4;

    private final TmpFs root = TmpFs.create(1 << 20, 100, InstantSource.system());
    private final Tree tree = Tree.of(root).dirs("/mnt", "/a", "/a/b", "/c").write("/a/f", "text");

    private String mount(String source, String target, String type, int flags, String options) {
        return Tree.name(FileCalls.mount(tree.context, source, target, type, flags, options));
    }

    private String unmount(String target, int flags) {
        return Tree.name(FileCalls.unmount(tree.context, target, flags));
    }

    private List<String> paths() {
        return tree.context.mounts().list().stream().map(mount -> mount.path(tree.context.root())).toList();
    }

    @Test
    void aFileSystemInMemoryHasItsOptions() {
        assertEquals("ok", mount("none", "/mnt", "tmpfs", 0, "size=64k,nr_inodes=5,mode=750,uid=7"));
        Stat stat = tree.stat("/mnt");
        assertEquals(FileMode.S_IFDIR | 0750, stat.mode);
        assertEquals(7, stat.uid);
        OpenFile file = tree.open("/mnt/f", O_RDWR | O_CREAT);
        assertEquals(65536, file.write(null, Tree.bytes("x".repeat(70_000)), 0, 70_000));
        assertEquals("ENOSPC", Tree.name(file.write(null, Tree.bytes("x"), 0, 1)));
        assertEquals(65536 + Pages.SIZE, root.usedBytes(), "it is a part of the sandbox's space");
        StatFs statfs = new StatFs();
        FileCalls.statfs(tree.context, null, "/mnt", 0, statfs);
        assertEquals(16, statfs.blocks);
        assertEquals(0, statfs.blocksFree);
        assertEquals(",size=64k,nr_inodes=5,mode=750", tree.context.mounts().list().getLast().fileSystem().options());
        assertEquals("ok", mount("none", "/mnt", null, REMOUNT, "size=128k"));
        assertEquals(1, Tree.write(file, "y"));
        assertEquals("EINVAL", mount("none", "/mnt", null, REMOUNT, "size=4k"));
        file.release();
        assertEquals("ok", unmount("/mnt", 0));
        assertEquals(Pages.SIZE, root.usedBytes());
        assertEquals("EINVAL", mount("none", "/mnt", "tmpfs", 0, "size=lots"));
        assertEquals("EINVAL", mount("none", "/mnt", "tmpfs", 0, "unknown=1"));
        assertEquals("ENODEV", mount("/dev/sda", "/mnt", "ext4", 0, ""));
        assertEquals("EINVAL", mount("none", "/mnt", null, 0, ""));
        assertEquals("ENOENT", mount("none", "/none", "tmpfs", 0, ""));
    }

    @Test
    void itsSpaceIsNeverMoreThanTheSandboxs() {
        assertEquals("ok", mount("none", "/mnt", "tmpfs", 0, "size=1g"));
        assertEquals("ok", mount("none", "/c", "tmpfs", 0, ""));
        OpenFile one = tree.open("/mnt/f", O_RDWR | O_CREAT);
        OpenFile two = tree.open("/c/f", O_RDWR | O_CREAT);
        String half = "x".repeat(600_000);
        assertEquals(600_000, Tree.write(one, half));
        long rest = Tree.write(two, half);
        assertEquals("ENOSPC", Tree.name(Tree.write(two, half)));
        assertEquals(true, rest < 450_000);
    }

    @Test
    void onlyTheSuperuserMounts() {
        Tree user = tree.as(5, 5);
        assertEquals(-Errno.EPERM, FileCalls.mount(user.context, "none", "/mnt", "tmpfs", 0, ""));
        assertEquals(-Errno.ENOENT, FileCalls.mount(user.context, "none", "/none", "tmpfs", 0, ""));
        assertEquals("ok", mount("none", "/mnt", "tmpfs", 0, ""));
        assertEquals(-Errno.EPERM, FileCalls.unmount(user.context, "/mnt", 0));
    }

    @Test
    void aBindShowsAFileOrDirectoryTwice() {
        assertEquals("ok", mount("none", "/a/b", "tmpfs", 0, ""));
        tree.write("/a/b/inner", "inner");
        assertEquals("ok", mount("/a", "/mnt", null, BIND, ""));
        assertEquals("text", tree.read("/mnt/f"));
        assertEquals("ENOENT", tree.read("/mnt/b/inner"));
        assertEquals("ok", mount("/a", "/c", null, BIND | REC, ""));
        assertEquals("inner", tree.read("/c/b/inner"));
        assertEquals(List.of("/", "/a/b", "/mnt", "/c", "/c/b"), paths());
        tree.cd("/mnt/b");
        assertEquals("/mnt/b", tree.pwd());
        assertEquals("text", tree.read("../f"));
        assertEquals(tree.stat("/").ino, tree.stat("../..").ino);
        assertEquals("EXDEV", tree.mv("/a/f", "/mnt/g"));
        assertEquals("EXDEV", tree.ln("/a/f", "/mnt/g"));
        tree.write("/target", "covered");
        assertEquals("ENOTDIR", mount("/a", "/target", null, BIND, ""));
        assertEquals("ok", mount("/a/f", "/target", null, BIND, ""));
        assertEquals("text", tree.read("/target"));
        assertEquals("/target", paths().getLast());
        assertEquals("EBUSY", tree.rm("/target"));
        assertEquals("EBUSY", tree.mv("/target", "/x"));
        assertEquals("ok", mount(null, "/target", null, REMOUNT | BIND | RDONLY, ""));
        assertEquals("EROFS", tree.opening("/target", O_RDWR));
        assertEquals("ok", tree.opening("/a/f", O_RDWR));
        assertEquals("ok", unmount("/target", 0));
        assertEquals("covered", tree.read("/target"));
    }

    @Test
    void aDirectoryMovedOutOfABoundPartHasNoWayUp() {
        assertEquals("ok", mount("/a", "/mnt", null, BIND, ""));
        tree.cd("/mnt/b");
        assertEquals("ok", tree.mv("/a/b", "/elsewhere"));
        assertEquals("ENOENT", tree.cd(".."));
        assertEquals("ENOENT", tree.pwd());
    }

    @Test
    void aMountCanBeMoved() {
        assertEquals("ok", mount("none", "/mnt", "tmpfs", 0, ""));
        tree.dirs("/mnt/inside").write("/mnt/f", "there");
        assertEquals("ELOOP", mount("/mnt", "/mnt/inside", null, MOVE, ""));
        assertEquals("EINVAL", mount("/mnt/inside", "/c", null, MOVE, ""));
        assertEquals("ok", mount("/mnt", "/c", null, MOVE, ""));
        assertEquals("there", tree.read("/c/f"));
        assertEquals(List.of(), tree.ls("/mnt"));
    }

    @Test
    void whatIsInUseIsNotUnmounted() {
        Mounts mounts = tree.context.mounts();
        assertEquals("ok", mount("none", "/mnt", "tmpfs", 0, ""));
        tree.dirs("/mnt/d");
        OpenFile file = tree.open("/mnt/f", O_RDWR | O_CREAT);
        mounts.setUsers((mount, writing) -> file.location().mount() == mount);
        assertEquals("EBUSY", unmount("/mnt", 0));
        assertEquals("EBUSY", mount(null, "/mnt", null, REMOUNT | RDONLY, ""));
        assertEquals("ok", mount("none", "/mnt/d", "tmpfs", 0, ""));
        assertEquals("EINVAL", unmount("/mnt/f", 0));
        assertEquals("EINVAL", unmount("/mnt", 64));
        assertEquals("ok", unmount("/mnt", DETACH));
        assertEquals(List.of("/"), paths());
        assertEquals(4, Tree.write(file, "data"));
        assertEquals("EINVAL", unmount("/mnt", 0));
        assertEquals("EBUSY", unmount("/", DETACH));
        assertEquals("ok", mount("none", "/mnt", "tmpfs", 0, ""));
        assertEquals("EAGAIN", unmount("/mnt", EXPIRE));
        assertEquals("ok", unmount("/mnt", EXPIRE));
    }

    @Test
    void whatTheEmbedderForbidsStaysForbidden() {
        FileCalls.mount(tree.context, "/mnt", TmpFs.create(), Mount.READ_ONLY | Mount.NO_EXEC, "given");
        assertEquals("EPERM", mount(null, "/mnt", null, REMOUNT, ""));
        assertEquals("ok", mount("/mnt", "/c", null, BIND, ""));
        assertEquals("EPERM", mount(null, "/c", null, REMOUNT | BIND | RDONLY, ""));
        assertEquals("EROFS", tree.mkdir("/c/x"));
    }

    @Test
    void overlaysAreMountedFromDirectoriesOfTheTree() {
        tree.dirs("/up", "/work").write("/c/low", "low");
        String options = "lowerdir=/a:/c,upperdir=/up,workdir=/work";
        assertEquals("ok", mount("overlay", "/mnt", "overlay", 0, options));
        assertEquals(List.of("b", "f", "low"), tree.ls("/mnt"));
        assertEquals("," + options, tree.context.mounts().list().getLast().fileSystem().options());
        tree.rm("/mnt/f");
        assertEquals(List.of("f"), tree.ls("/up"));
        assertEquals("text", tree.read("/a/f"));
        assertEquals("EBUSY", mount("overlay", "/c", "overlay", 0, options));
        assertEquals("EINVAL", mount("overlay", "/c", "overlay", 0, "upperdir=/up,workdir=/work"));
        assertEquals("EINVAL", mount("overlay", "/c", "overlay", 0, "lowerdir=/a,upperdir=/up"));
        assertEquals("EINVAL", mount("overlay", "/c", "overlay", 0, "lowerdir=/a,upperdir=/a,workdir=/a/b"));
        assertEquals("ok", mount("overlay", "/c", "overlay", 0, "lowerdir=/a:/up"));
        assertEquals("EROFS", tree.mkdir("/c/x"));
        assertEquals("ok", unmount("/c", 0));
        assertEquals("ok", unmount("/mnt", 0));
        assertEquals("ok", mount("overlay", "/mnt", "overlay", 0, options));
        assertEquals(List.of("b", "low"), tree.ls("/mnt"));
    }
}
