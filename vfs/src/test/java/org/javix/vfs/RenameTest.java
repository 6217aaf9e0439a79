package org.javix.vfs;

import static org.javix.vfs.AtFlags.RENAME_EXCHANGE;
import static org.javix.vfs.AtFlags.RENAME_NOREPLACE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class RenameTest {
    private final Tree tree =
            Tree.empty().dirs("/d", "/d/sub", "/e").write("/f", "f").write("/g", "g").write("/d/in", "in");

    @Test
    void aFileReplacesAFile() {
        OpenFile old = tree.open("/g", OpenFlags.O_RDONLY);
        assertEquals("ok", tree.mv("/f", "/g"));
        assertEquals("f", tree.read("/g"));
        assertEquals("ENOENT", tree.read("/f"));
        assertEquals("g", Tree.read(old));
    }

    @Test
    void aDirectoryReplacesAnEmptyDirectoryOnly() {
        assertEquals("ENOTEMPTY", tree.mv("/e", "/d"));
        assertEquals("ok", tree.mv("/d", "/e"));
        assertEquals("in", tree.read("/e/in"));
        assertEquals(3, tree.stat("/").nlink);
    }

    @Test
    void typesMustMatch() {
        assertEquals("EISDIR", tree.mv("/f", "/e"));
        assertEquals("ENOTDIR", tree.mv("/e", "/f"));
        assertEquals("ENOTDIR", tree.mv("/f", "/new/"));
        assertEquals("ENOTDIR", tree.mv("/f/", "/new"));
        assertEquals("ok", tree.mv("/e/", "/new/"));
    }

    @Test
    void aDirectoryCannotMoveIntoItself() {
        assertEquals("EINVAL", tree.mv("/d", "/d/sub/x"));
        assertEquals("EINVAL", tree.mv("/d", "/d/x"));
        assertEquals("ENOTEMPTY", tree.mv("/d/sub", "/d"));
        assertEquals("ok", tree.mv("/d", "/d"));
    }

    @Test
    void specialNamesAreBusy() {
        assertEquals("EBUSY", tree.mv("/d/.", "/x"));
        assertEquals("EBUSY", tree.mv("/d", "/e/.."));
        assertEquals("EBUSY", tree.mv("/", "/x"));
        assertEquals("ENOENT", tree.mv("/missing", "/x"));
    }

    @Test
    void twoNamesOfOneFileStayAsTheyAre() {
        tree.ln("/f", "/f2");
        assertEquals("ok", tree.mv("/f", "/f2"));
        assertEquals("f", tree.read("/f"));
        assertEquals("f", tree.read("/f2"));
    }

    @Test
    void movingADirectoryChangesItsParent() {
        assertEquals("ok", tree.mv("/d/sub", "/e/sub"));
        assertEquals(2, tree.stat("/d").nlink);
        assertEquals(3, tree.stat("/e").nlink);
        tree.cd("/e/sub");
        assertEquals("/e/sub", tree.pwd());
        assertEquals(tree.stat("/e").ino, tree.stat("..").ino);
    }

    @Test
    void noReplaceRefuses() {
        assertEquals("EEXIST", tree.mv("/f", "/g", RENAME_NOREPLACE));
        assertEquals("ok", tree.mv("/f", "/new", RENAME_NOREPLACE));
        assertEquals("EINVAL", tree.mv("/f", "/g", RENAME_NOREPLACE | RENAME_EXCHANGE));
    }

    @Test
    void exchangeSwapsAnything() {
        assertEquals("ok", tree.mv("/f", "/d", RENAME_EXCHANGE));
        assertEquals("f", tree.read("/d"));
        assertEquals("in", tree.read("/f/in"));
        assertEquals("ENOENT", tree.mv("/f", "/none", RENAME_EXCHANGE));
        assertEquals("ok", tree.mv("/f/sub", "/g", RENAME_EXCHANGE));
        assertEquals(2, tree.stat("/f").nlink);
        assertEquals(List.of("d", "e", "f", "g"), tree.ls("/"));
    }

    @Test
    void mountPointsStay() {
        assertEquals(0, FileCalls.mount(tree.context, "/e", TmpFs.create(), 0, "tmp"));
        assertEquals("EBUSY", tree.mv("/e", "/x"));
        assertEquals("EBUSY", tree.rmdir("/e"));
        assertEquals("EXDEV", tree.mv("/f", "/e/f"));
        assertEquals("EXDEV", tree.ln("/f", "/e/f"));
    }
}
