package org.javix.vfs.transfer;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.javix.vfs.AtFlags;
import org.javix.vfs.ExtendedAttributeCalls;
import org.javix.vfs.FileCalls;
import org.javix.vfs.FileMode;
import org.javix.vfs.FsContext;
import org.javix.vfs.OpenFile;
import org.javix.vfs.OpenFlags;
import org.javix.vfs.Result;
import org.javix.vfs.Stat;
import org.javix.vfs.Waiter;

/** Goes through a tree below the root directory of a context. It stays within one mount. */
final class TreeReader {
    private static final int NO_FOLLOW = AtFlags.AT_SYMLINK_NOFOLLOW;

    private record Key(long device, long number) {}

    private final FsContext context;
    private final TreeEntry.Sink sink;
    private final Map<Key, String> linked = new HashMap<>();
    private long device;

    TreeReader(FsContext context, TreeEntry.Sink sink) {
        this.context = context;
        this.sink = sink;
    }

    void run() throws IOException {
        Stat stat = new Stat();
        Transfer.check(FileCalls.stat(context, null, "/", 0, stat), "/");
        device = stat.dev;
        visit("");
    }

    private void visit(String path) throws IOException {
        Stat stat = new Stat();
        int error = FileCalls.stat(context, null, "/" + path, NO_FOLLOW, stat);
        if (error == -org.javix.vfs.Errno.ENOENT) {
            return; // gone since its directory was listed
        }
        Transfer.check(error, path);
        boolean directory = FileMode.isDirectory(stat.mode);
        String earlier = directory || stat.nlink < 2 ? null : linked.putIfAbsent(new Key(stat.dev, stat.ino), path);
        if (earlier != null) {
            sink.accept(new TreeEntry(path, stat, earlier, null, Map.of(), null));
        } else if (FileMode.isRegular(stat.mode)) {
            file(path, stat);
        } else {
            String target = FileMode.isSymbolicLink(stat.mode) ? target(path) : null;
            sink.accept(new TreeEntry(path, stat, null, target, attributes(path), null));
        }
        if (directory && stat.dev == device) {
            for (String name : names(path)) {
                visit(path.isEmpty() ? name : path + "/" + name);
            }
        }
    }

    private String target(String path) throws IOException {
        Result<String> target = FileCalls.readLink(context, null, "/" + path);
        Transfer.check(target.error(), path);
        return target.value();
    }

    private Map<String, byte[]> attributes(String path) {
        Result<List<String>> names = ExtendedAttributeCalls.list(context, null, "/" + path, NO_FOLLOW);
        if (names.isFailure()) {
            return Map.of(); // there are none where there can be none
        }
        Map<String, byte[]> values = new LinkedHashMap<>();
        for (String name : names.value()) {
            Result<byte[]> value = ExtendedAttributeCalls.get(context, null, "/" + path, NO_FOLLOW, name);
            if (!value.isFailure()) {
                values.put(name, value.value());
            }
        }
        return values;
    }

    private List<String> names(String path) throws IOException {
        OpenFile directory = open(path, OpenFlags.O_DIRECTORY);
        try {
            List<String> names = new ArrayList<>();
            int count;
            do {
                count = directory.readDirectory((ino, next, type, name) ->
                        name.equals(".") || name.equals("..") || names.add(name));
                Transfer.check(count, path);
            } while (count > 0);
            return names;
        } finally {
            directory.release();
        }
    }

    private OpenFile open(String path, int flags) throws IOException {
        Result<OpenFile> opened = FileCalls.open(
                context, Waiter.uninterruptible(), null, "/" + path,
                OpenFlags.O_RDONLY | OpenFlags.O_NOFOLLOW | OpenFlags.O_NONBLOCK | flags, 0);
        Transfer.check(opened.error(), path);
        return opened.value();
    }

    private void file(String path, Stat stat) throws IOException {
        OpenFile file = open(path, 0);
        try {
            Transfer.check(file.stat(stat), path);
            sink.accept(new TreeEntry(path, stat, null, null, attributes(path), new Opened(file, path, stat.size)));
        } finally {
            file.release();
        }
    }

    /** The content of an open file, as long as it was when it was opened. */
    private static final class Opened implements TreeEntry.Content {
        private final OpenFile file;
        private final String path;
        private final List<TreeEntry.Range> data = new ArrayList<>();
        private int index;
        private long position;

        Opened(OpenFile file, String path, long size) {
            this.file = file;
            this.path = path;
            long at = 0;
            while (at < size) {
                long start = file.seek(at, OpenFile.SEEK_DATA);
                if (start < 0 || start >= size) {
                    if (start == -org.javix.vfs.Errno.EINVAL) {
                        data.add(new TreeEntry.Range(at, size - at)); // holes are not known
                    }
                    break;
                }
                long end = file.seek(start, OpenFile.SEEK_HOLE);
                end = end < 0 ? size : Math.min(end, size);
                data.add(new TreeEntry.Range(start, end - start));
                at = end;
            }
            position = data.isEmpty() ? 0 : data.getFirst().offset();
        }

        @Override
        public List<TreeEntry.Range> data() {
            return data;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            while (index < data.size() && position == data.get(index).end()) {
                index++;
                position = index < data.size() ? data.get(index).offset() : 0;
            }
            if (index == data.size()) {
                return -1;
            }
            int wanted = (int) Math.min(length, data.get(index).end() - position);
            long count = file.pread(
                    Waiter.uninterruptible(), MemorySegment.ofArray(buffer), offset, wanted, position);
            Transfer.check(count, path);
            if (count == 0) {
                // It was cut meanwhile: zeros, so that what follows stays in its place.
                java.util.Arrays.fill(buffer, offset, offset + wanted, (byte) 0);
                count = wanted;
            }
            position += count;
            return (int) count;
        }
    }
}
