package org.javix.vfs;

import static org.javix.vfs.OpenFlags.O_RDONLY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class DirectoryListingTest {
    private final Tree tree = Tree.empty().dirs("/d");

    private static List<String> some(OpenFile directory, int count, long[] next) {
        List<String> names = new ArrayList<>();
        directory.readDirectory((ino, after, type, name) -> {
            if (names.size() == count) {
                return false;
            }
            next[0] = after;
            return names.add(name);
        });
        return names;
    }

    @Test
    void entriesHaveNumbersAndTypes() {
        tree.write("/d/f", "").symlink("f", "/d/l");
        List<String> seen = new ArrayList<>();
        tree.open("/d", O_RDONLY).readDirectory((ino, next, type, name) -> seen.add(name + " " + type + " " + ino));
        assertEquals(List.of(
                ". 4 " + tree.stat("/d").ino,
                ".. 4 " + tree.stat("/").ino,
                "f 8 " + tree.stat("/d/f").ino,
                "l 10 " + tree.lstat("/d/l").ino), seen);
    }

    @Test
    void everyEntryComesOnceWhateverElseChanges() {
        for (int i = 0; i < 1000; i++) {
            tree.write("/d/keep" + i, "").write("/d/drop" + i, "");
        }
        OpenFile directory = tree.open("/d", O_RDONLY);
        List<String> seen = new ArrayList<>();
        long[] next = new long[1];
        for (int round = 0; round < 1000; round++) {
            seen.addAll(some(directory, 7, next));
            tree.rm("/d/drop" + round);
            tree.write("/d/new" + round, "");
            tree.mv("/d/new" + round, "/d/moved" + round);
        }
        assertEquals(seen.size(), new HashSet<>(seen).size(), "nothing twice");
        for (int i = 0; i < 1000; i++) {
            assertTrue(seen.contains("keep" + i));
        }
    }

    @Test
    void positionsCanBeReturnedTo() {
        tree.write("/d/a", "").write("/d/b", "").write("/d/c", "");
        OpenFile directory = tree.open("/d", O_RDONLY);
        long[] next = new long[1];
        assertEquals(List.of(".", "..", "a"), some(directory, 3, next));
        long afterA = next[0];
        assertEquals(List.of("b", "c"), some(directory, 9, next));
        assertEquals(List.of(), some(directory, 9, next));
        directory.seek(afterA, OpenFile.SEEK_SET);
        assertEquals(List.of("b", "c"), some(directory, 9, next));
        tree.write("/d/e", "");
        directory.seek(0, OpenFile.SEEK_SET);
        assertEquals(List.of(".", "..", "a", "b", "c", "e"), some(directory, 9, next));
    }

    @Test
    void dotDotOfAMountIsOutside() {
        FileCalls.mount(tree.context, "/d", TmpFs.create(), 0, "tmp");
        List<Long> numbers = new ArrayList<>();
        tree.open("/d", O_RDONLY).readDirectory((ino, next, type, name) -> numbers.add(ino));
        assertEquals(tree.stat("/").ino, numbers.get(1));
    }
}
