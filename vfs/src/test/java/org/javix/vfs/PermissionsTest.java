package org.javix.vfs;

import static org.javix.vfs.FileMode.EXECUTE;
import static org.javix.vfs.FileMode.READ;
import static org.javix.vfs.FileMode.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class PermissionsTest {
    private final Tree root = Tree.empty();
    private final Tree alice = root.dirs("/home", "/tmp").as(1000, 1000);
    private final Tree bob = root.as(1001, 1001);

    PermissionsTest() {
        root.dirs("/home/alice").chown(1000, 1000, "/home/alice");
        root.chmod(01777, "/tmp");
    }

    @Test
    void newFilesBelongToTheirMaker() {
        alice.context.setUmask(027);
        alice.write("/home/alice/f", "x");
        Stat stat = alice.stat("/home/alice/f");
        assertEquals(1000, stat.uid);
        assertEquals(1000, stat.gid);
        assertEquals(FileMode.S_IFREG | 0640, stat.mode);
        assertEquals("EACCES", bob.read("/home/alice/f"));
        assertEquals("x", root.read("/home/alice/f"));
    }

    @Test
    void theFirstMatchingClassDecides() {
        root.write("/f", "x").chown(1000, 1001, "/f");
        root.chmod(0074, "/f");
        assertEquals("EACCES", alice.access("/f", READ));
        assertEquals("ok", bob.access("/f", READ | WRITE | EXECUTE));
        assertEquals("ok", root.as(7, 7).access("/f", READ));
        Tree member = root.as(8, 8);
        member.context.setCredentials(new Credentials(8, 8, 8, 8, 8, 8, List.of(1001)));
        assertEquals("ok", member.access("/f", WRITE));
    }

    @Test
    void rootNeedsSomeExecuteBit() {
        root.write("/f", "x");
        assertEquals("EACCES", root.access("/f", EXECUTE));
        root.chmod(0001, "/f");
        assertEquals("ok", root.access("/f", EXECUTE));
        root.chmod(0, "/f");
        assertEquals("x", root.read("/f"));
    }

    @Test
    void directoriesNeedSearchPermission() {
        alice.write("/home/alice/f", "x").chmod(0600, "/home/alice");
        assertEquals("EACCES", alice.read("/home/alice/f"));
        assertEquals(List.of("f"), alice.ls("/home/alice"));
        alice.chmod(0300, "/home/alice");
        assertEquals("x", alice.read("/home/alice/f"));
        assertEquals("EACCES", alice.opening("/home/alice", OpenFlags.O_RDONLY));
        alice.chmod(0500, "/home/alice");
        assertEquals("EACCES", alice.rm("/home/alice/f"));
        assertEquals("EACCES", alice.opening("/home/alice/g", OpenFlags.O_CREAT | OpenFlags.O_WRONLY));
    }

    @Test
    void aStickyDirectoryProtectsFilesOfOthers() {
        alice.write("/tmp/a", "x");
        assertEquals("EPERM", bob.rm("/tmp/a"));
        assertEquals("EPERM", bob.mv("/tmp/a", "/tmp/b"));
        bob.write("/tmp/b", "y");
        assertEquals("EPERM", bob.mv("/tmp/b", "/tmp/a"));
        assertEquals("ok", alice.rm("/tmp/a"));
    }

    @Test
    void onlyTheOwnerChangesAttributes() {
        alice.write("/tmp/f", "x");
        assertEquals("EPERM", bob.chmod(0777, "/tmp/f"));
        assertEquals("EPERM", bob.chown(1001, -1, "/tmp/f"));
        assertEquals("EPERM", alice.chown(1001, -1, "/tmp/f"));
        assertEquals("EPERM", alice.chown(-1, 5, "/tmp/f"));
        assertEquals("ok", alice.chown(1000, 1000, "/tmp/f"));
        assertEquals("ok", root.chown(5, 6, "/tmp/f"));
        assertEquals(-Errno.EPERM, FileCalls.utimens(alice.context, null, "/tmp/f", 1, 1, 1, 1, 0));
        int now = AtFlags.UTIME_NOW;
        assertEquals(-Errno.EACCES, FileCalls.utimens(alice.context, null, "/tmp/f", 0, now, 0, now, 0));
    }

    @Test
    void setIdBitsAreLostWhenOthersGetIn() {
        alice.write("/tmp/f", "x").chmod(06777, "/tmp/f");
        assertEquals(06777, alice.stat("/tmp/f").mode & 07777);
        Tree.write(bob.open("/tmp/f", OpenFlags.O_WRONLY), "y");
        assertEquals(0777, alice.stat("/tmp/f").mode & 07777);
        alice.chmod(06777, "/tmp/f");
        root.write("/tmp/f", "by root");
        assertEquals(06777, alice.stat("/tmp/f").mode & 07777);
        root.chown(1, 1, "/tmp/f");
        assertEquals(0777, alice.stat("/tmp/f").mode & 07777);
    }

    @Test
    void aDirectoryCanHandItsGroupDown() {
        root.dirs("/share").chown(0, 50, "/share");
        root.chmod(02777, "/share");
        alice.write("/share/f", "x").mkdir("/share/d");
        assertEquals(50, alice.stat("/share/f").gid);
        assertEquals(FileMode.S_IFDIR | 02755, alice.stat("/share/d").mode);
    }

    @Test
    void accessAsksForTheRealUser() {
        root.write("/f", "x").chmod(0600, "/f");
        Tree setuid = root.as(0, 0);
        setuid.context.setCredentials(new Credentials(1000, 0, 0, 1000, 0, 0, List.of()));
        assertEquals("EACCES", setuid.access("/f", READ));
        assertEquals(0, FileCalls.access(setuid.context, null, "/f", READ, AtFlags.AT_EACCESS));
        assertEquals("x", setuid.read("/f"));
    }

    @Test
    void readOnlyMountsRefuseChanges() {
        root.write("/home/alice/f", "x");
        Tree other = Tree.empty().dirs("/ro");
        FileCalls.mount(other.context, "/ro", root.context.mounts().root().fileSystem(), Mount.READ_ONLY, "x");
        assertEquals("x", other.read("/ro/home/alice/f"));
        assertEquals("EROFS", other.opening("/ro/home/alice/f", OpenFlags.O_WRONLY));
        assertEquals("EROFS", other.opening("/ro/new", OpenFlags.O_WRONLY | OpenFlags.O_CREAT));
        assertEquals("EROFS", other.rm("/ro/home/alice/f"));
        assertEquals("EROFS", other.mkdir("/ro/d"));
        assertEquals("EEXIST", other.mkdir("/ro/home"));
        assertEquals("EROFS", other.chmod(0, "/ro/home"));
        assertEquals("EROFS", other.mv("/ro/home", "/ro/x"));
        assertEquals("EROFS", other.access("/ro/home", WRITE));
    }
}
