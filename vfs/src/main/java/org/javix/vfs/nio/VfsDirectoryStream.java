package org.javix.vfs.nio;

import java.io.IOException;
import java.nio.file.ClosedDirectoryStreamException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.javix.vfs.OpenFile;

/** The entries of a directory as they were when it was opened. */
final class VfsDirectoryStream implements DirectoryStream<Path>, Iterator<Path> {
    private final List<Path> entries;
    private final DirectoryStream.Filter<? super Path> filter;
    private int index;
    private Path next;
    private boolean iterated;
    private volatile boolean closed;

    private VfsDirectoryStream(List<Path> entries, DirectoryStream.Filter<? super Path> filter) {
        this.entries = entries;
        this.filter = filter;
    }

    static VfsDirectoryStream read(VfsPath directory, OpenFile open, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        VfsFileSystem fs = directory.getFileSystem();
        List<Path> entries = new ArrayList<>();
        int count;
        do {
            count = open.readDirectory((ino, next, type, name) -> {
                if (!name.equals(".") && !name.equals("..")) {
                    entries.add(directory.resolve(fs.pathOfBytes(name)));
                }
                return true;
            });
            VfsErrors.check(count, directory);
        } while (count > 0);
        return new VfsDirectoryStream(entries, filter);
    }

    @Override
    public synchronized Iterator<Path> iterator() {
        if (closed) {
            throw new IllegalStateException(new ClosedDirectoryStreamException());
        }
        if (iterated) {
            throw new IllegalStateException("there is one iterator only");
        }
        iterated = true;
        return this;
    }

    @Override
    public synchronized boolean hasNext() {
        while (next == null && !closed && index < entries.size()) {
            Path entry = entries.get(index++);
            try {
                next = filter == null || filter.accept(entry) ? entry : null;
            } catch (IOException e) {
                throw new DirectoryIteratorException(e);
            }
        }
        return next != null;
    }

    @Override
    public synchronized Path next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Path entry = next;
        next = null;
        return entry;
    }

    @Override
    public void close() {
        closed = true;
    }
}
