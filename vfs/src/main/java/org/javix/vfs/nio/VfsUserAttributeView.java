package org.javix.vfs.nio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.javix.vfs.AtFlags;
import org.javix.vfs.Errno;
import org.javix.vfs.ExtendedAttributeCalls;
import org.javix.vfs.FsContext;
import org.javix.vfs.Result;

/** The extended attributes of one file whose names begin with {@code user.}, named without that. */
final class VfsUserAttributeView implements UserDefinedFileAttributeView {
    private static final String NAMESPACE = "user.";

    private final VfsPath path;
    private final int flags;

    /** @param flags 0 or {@link AtFlags#AT_SYMLINK_NOFOLLOW} */
    VfsUserAttributeView(VfsPath path, int flags) {
        this.path = path;
        this.flags = flags;
    }

    private FsContext context() {
        return path.getFileSystem().context();
    }

    @Override
    public String name() {
        return "user";
    }

    @Override
    public List<String> list() throws IOException {
        Result<List<String>> names = ExtendedAttributeCalls.list(context(), null, path.forCall(), flags);
        VfsErrors.check(names.error(), path);
        return names.value().stream()
                .filter(name -> name.startsWith(NAMESPACE))
                .map(name -> ByteNames.toText(name.substring(NAMESPACE.length())))
                .toList();
    }

    private byte[] value(String name) throws IOException {
        Result<byte[]> value = ExtendedAttributeCalls.get(context(), null, path.forCall(), flags, full(name));
        VfsErrors.check(value.error(), path);
        return value.value();
    }

    private static String full(String name) {
        return NAMESPACE + ByteNames.toBytes(name);
    }

    @Override
    public int size(String name) throws IOException {
        return value(name).length;
    }

    @Override
    public int read(String name, ByteBuffer target) throws IOException {
        byte[] value = value(name);
        if (value.length > target.remaining()) {
            throw VfsErrors.exception(Errno.ERANGE, path, null);
        }
        target.put(value);
        return value.length;
    }

    @Override
    public int write(String name, ByteBuffer source) throws IOException {
        byte[] value = new byte[source.remaining()];
        source.get(value);
        VfsErrors.check(ExtendedAttributeCalls.set(context(), null, path.forCall(), flags, full(name), value, 0), path);
        return value.length;
    }

    @Override
    public void delete(String name) throws IOException {
        VfsErrors.check(ExtendedAttributeCalls.remove(context(), null, path.forCall(), flags, full(name)), path);
    }

    // By name, as Files.readAttributes and Files.setAttribute want it

    Map<String, Object> read(String[] names) throws IOException {
        Map<String, Object> values = new LinkedHashMap<>();
        for (String name : names) {
            for (String each : name.equals("*") ? list() : List.of(name)) {
                values.put(each, value(each));
            }
        }
        return values;
    }

    void set(String name, Object value) throws IOException {
        write(name, value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : (ByteBuffer) value);
    }
}
