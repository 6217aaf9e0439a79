package org.javix.vfs;

import static org.javix.vfs.OpenFlags.O_RDONLY;
import static org.javix.vfs.OpenFlags.O_RDWR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OverlayTest {
    private final TmpFs image = TmpFs.create();
    private Tree one;
    private Tree two;

    @BeforeEach
    void build() {
        Tree tree = Tree.of(image).dirs("/bin", "/etc", "/etc/d").write("/bin/sh", "shell").write("/etc/passwd", "root");
        tree.ln("/bin/sh", "/etc/d/link");
        tree.symlink("sh", "/bin/dash");
        tree.chmod(04755, "/bin/sh");
        FileCalls.utimens(tree.context, null, "/bin/sh", 1, 2, 3, 4, 0);
        image.freeze();
        one = Tree.of(copy());
        two = Tree.of(copy());
    }

    private TmpFs copy() {
        return TmpFs.over(image, 1 << 20, 10, InstantSource.system());
    }

    @Test
    void showsTheImage() {
        assertEquals("shell", one.read("/bin/dash"));
        assertEquals(List.of("dash", "sh"), one.ls("/bin"));
        assertEquals(FileMode.S_IFREG | 04755, one.stat("/bin/sh").mode);
        assertEquals(3, one.stat("/bin/sh").mtimeSec);
        assertEquals(4, one.stat("/").nlink);
        assertEquals(3, one.stat("/etc").nlink);
    }

    @Test
    void changesStayPrivate() {
        one.write("/etc/passwd", "changed").write("/etc/new", "new");
        one.rm("/bin/dash");
        one.mv("/etc/d", "/bin/d");
        assertEquals("changed", one.read("/etc/passwd"));
        assertEquals(List.of("d", "sh"), one.ls("/bin"));
        assertEquals("root", two.read("/etc/passwd"));
        assertEquals(List.of("d", "passwd"), two.ls("/etc"));
        assertEquals("root", Tree.of(image).read("/etc/passwd"));
        assertEquals("EROFS", Tree.of(image).rm("/etc/passwd"));
    }

    @Test
    void hardLinksStayTogether() {
        assertEquals(one.stat("/bin/sh").ino, one.stat("/etc/d/link").ino);
        Tree.write(one.open("/etc/d/link", O_RDWR), "SH");
        assertEquals("SHell", one.read("/bin/sh"));
        assertEquals("shell", two.read("/bin/sh"));
        one.rm("/bin/sh");
        assertEquals(1, one.stat("/etc/d/link").nlink);
    }

    @Test
    void aRemovedDirectoryDoesNotComeBack() {
        assertEquals("ENOTEMPTY", one.rmdir("/etc/d"));
        one.rm("/etc/d/link");
        assertEquals("ok", one.rmdir("/etc/d"));
        assertEquals("ok", one.mkdir("/etc/d"));
        assertEquals(List.of(), one.ls("/etc/d"));
    }

    @Test
    void onlyWhatIsAddedCosts() {
        TmpFs fs = (TmpFs) one.context.mounts().root().fileSystem();
        one.read("/bin/sh");
        assertEquals(0, fs.usedBytes());
        assertEquals(0, fs.usedInodes());
        OpenFile shell = one.open("/bin/sh", O_RDWR);
        Tree.write(shell, "x");
        shell.release();
        assertEquals(Pages.SIZE, fs.usedBytes());
        one.rm("/bin/sh");
        one.rm("/etc/d/link");
        one.rm("/etc/passwd");
        assertEquals(0, fs.usedBytes());
        assertEquals(0, fs.usedInodes());
    }

    @Test
    void unchangedContentIsKnownToBeTheSame() {
        Inode mine = one.open("/bin/sh", O_RDONLY).inode();
        Inode theirs = two.open("/bin/sh", O_RDONLY).inode();
        assertSame(mine.contentIdentity(), theirs.contentIdentity());
        Tree.write(one.open("/bin/sh", O_RDWR), "x");
        assertNotSame(mine.contentIdentity(), theirs.contentIdentity());
    }
}
