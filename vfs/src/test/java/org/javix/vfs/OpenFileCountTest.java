package org.javix.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpenFileCountTest {
    private final Tree tree = Tree.empty().write("/a", "a").dirs("/d");
    private final OpenFileCount count = new OpenFileCount(3);

    @BeforeEach
    void limit() {
        tree.context.mounts().setOpenFiles(count);
    }

    @Test
    void everyKindOfOpenFileCounts() {
        OpenFile file = tree.open("/a", OpenFlags.O_RDWR);
        tree.open("/d", OpenFlags.O_DIRECTORY);
        tree.open("/d", OpenFlags.O_PATH);
        assertEquals("ENFILE", tree.opening("/a", OpenFlags.O_RDONLY));
        assertEquals("ENFILE", tree.opening("/d", OpenFlags.O_TMPFILE | OpenFlags.O_RDWR));
        file.release();
        assertEquals("ok", tree.opening("/a", OpenFlags.O_RDONLY));
    }

    @Test
    void itIsFoundBeforeThePathAndMakesNoFile() {
        for (int i = 0; i < 3; i++) {
            tree.open("/a", OpenFlags.O_RDONLY);
        }
        assertEquals("ENFILE", tree.opening("/missing/file", OpenFlags.O_RDONLY));
        assertEquals("ENFILE", tree.opening("/new", OpenFlags.O_CREAT | OpenFlags.O_WRONLY));
        assertEquals("ENOENT", tree.exists("/new"));
        assertEquals("EINVAL", tree.opening("/d", OpenFlags.O_CREAT | OpenFlags.O_DIRECTORY));
    }

    @Test
    void whatFailsAndWhatIsSharedDoesNotCount() {
        for (int i = 0; i < 5; i++) {
            assertEquals("ENOENT", tree.opening("/missing", OpenFlags.O_RDONLY));
        }
        OpenFile file = tree.open("/a", OpenFlags.O_RDONLY);
        FdTable table = new FdTable();
        int fd = table.add(file, 0, false);
        table.dup2(fd, 10, false);
        FdTable child = table.fork();
        assertEquals(1, count.count());
        table.closeAll();
        assertEquals(1, count.count());
        child.closeAll();
        assertEquals(0, count.count());
    }
}
