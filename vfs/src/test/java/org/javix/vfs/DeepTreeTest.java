package org.javix.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.javix.vfs.nio.VfsFileSystem;
import org.javix.vfs.transfer.Transfer;
import org.junit.jupiter.api.Test;

/** Directories deeper than any path reaches: nothing recurses over the depth. */
class DeepTreeTest {
    private static final int DEPTH = 100_000;

    private static Tree descend(Tree tree) {
        for (int i = 0; i < DEPTH; i++) {
            assertEquals("ok", tree.mkdir("d"));
            assertEquals("ok", tree.cd("d"));
        }
        return tree;
    }

    @Test
    void theBottomIsAnOrdinaryDirectory() {
        Tree tree = descend(Tree.empty());
        assertEquals("ENAMETOOLONG", tree.pwd());
        assertEquals("text", tree.write("file", "text").read("file"));
        tree.dirs("/other");
        assertEquals("EINVAL", tree.mv("/d", "below"));
        assertEquals("ok", tree.mv("/other", "other"));
        assertEquals("ok", tree.mv("/d", "/e"));
        assertEquals("text", tree.read("file"));
        assertEquals("ok", tree.rm("file"));
        assertEquals("ok", tree.rmdir("other"));
        for (int i = 0; i < DEPTH - 1; i++) {
            assertEquals("ok", tree.cd(".."));
            assertEquals("ok", tree.rmdir("d"));
        }
        assertEquals("/e", tree.pwd());
        assertEquals("ok", tree.rmdir("/e"));
    }

    @Test
    void walksOfTheEmbedderEndWhereThePathIsTooLong() throws IOException {
        Tree tree = descend(Tree.empty());
        FsContext context = tree.context;
        assertThrows(IOException.class, () -> Transfer.toTar(context, "/", new ByteArrayOutputStream()));
        VfsFileSystem files = VfsFileSystem.of(new FsContext(context.mounts(), Credentials.ROOT));
        try (Stream<java.nio.file.Path> walk = Files.walk(files.getPath("/"))) {
            assertThrows(UncheckedIOException.class, walk::count);
        }
    }

    @Test
    void anOverlayCopiesUpFromTheBottom() {
        Tree below = Tree.empty();
        FsContext context = below.context;
        descend(below).write("file", "text");
        TmpFs changes = TmpFs.create();
        OverlayFs overlay = OverlayFs.of(List.of(context.mounts().rootLocation().inode()), changes.root(), "").value();
        Tree tree = Tree.of(overlay);
        for (int i = 0; i < DEPTH; i++) {
            assertEquals("ok", tree.cd("d"));
        }
        assertEquals("text", tree.read("file"));
        assertEquals("more", tree.write("file", "more").read("file"));
        assertEquals("text", below.read("file"));
        assertEquals("ok", tree.rm("file"));
    }
}
