package org.javix.vfs;

import java.io.IOException;
import java.nio.file.Path;

/** A directory of the host. Nothing outside it can be reached through it. */
public final class HostFs extends FileSystem implements AutoCloseable {
    private HostFs() {}

    /** A host directory that can only be read. */
    public static HostFs readOnly(Path directory) throws IOException {
        return new HostFs();
    }

    /** A host directory that can be changed. */
    public static HostFs readWrite(Path directory) throws IOException {
        return new HostFs();
    }

    @Override
    public Inode root() {
        throw new UnsupportedOperationException("not yet");
    }

    @Override
    public String type() {
        return "hostfs";
    }

    @Override
    public void close() {}
}
