package org.javix.vfs.nio;

import java.nio.file.FileStore;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileStoreAttributeView;
import org.javix.vfs.Mount;
import org.javix.vfs.StatFs;

/** A mount, for those who ask how much space there is. */
final class VfsStore extends FileStore {
    private final VfsFileSystem fs;
    private final Mount mount;

    VfsStore(VfsFileSystem fs, Mount mount) {
        this.fs = fs;
        this.mount = mount;
    }

    private StatFs stat() {
        StatFs out = new StatFs();
        mount.fileSystem().statfs(out);
        return out;
    }

    private static long bytes(StatFs stat, long blocks) {
        return stat.blocks == 0 ? Long.MAX_VALUE : blocks * stat.blockSize;
    }

    @Override
    public String name() {
        return mount.source();
    }

    @Override
    public String type() {
        return mount.fileSystem().type();
    }

    @Override
    public boolean isReadOnly() {
        return mount.readOnly();
    }

    /** In bytes; {@link Long#MAX_VALUE} if there is no limit. */
    @Override
    public long getTotalSpace() {
        StatFs stat = stat();
        return bytes(stat, stat.blocks);
    }

    @Override
    public long getUsableSpace() {
        StatFs stat = stat();
        return bytes(stat, stat.blocksAvailable);
    }

    @Override
    public long getUnallocatedSpace() {
        StatFs stat = stat();
        return bytes(stat, stat.blocksFree);
    }

    @Override
    public long getBlockSize() {
        return stat().blockSize;
    }

    @Override
    public boolean supportsFileAttributeView(Class<? extends FileAttributeView> type) {
        return VfsAttributeView.supports(type);
    }

    @Override
    public boolean supportsFileAttributeView(String name) {
        return fs.supportedFileAttributeViews().contains(name);
    }

    @Override
    public <V extends FileStoreAttributeView> V getFileStoreAttributeView(Class<V> type) {
        return null;
    }

    @Override
    public Object getAttribute(String attribute) {
        return switch (attribute) {
            case "totalSpace" -> getTotalSpace();
            case "usableSpace" -> getUsableSpace();
            case "unallocatedSpace" -> getUnallocatedSpace();
            default -> throw new UnsupportedOperationException("no attribute " + attribute);
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VfsStore store && store.mount == mount;
    }

    @Override
    public int hashCode() {
        return mount.id();
    }

    @Override
    public String toString() {
        return mount.path(fs.context().root()) + " (" + mount.source() + ")";
    }
}
