package org.javix.wasm;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Finds a module's compiled code: in memory, then on the class path, then in a directory; and compiles it
 * where it is in none of them.
 *
 * <p>Code is found by the SHA-256 of the binary, the compiler's version and the options. A file in the directory is
 * written under another name first, and carries a checksum of its content and its name: concurrent writers, a full
 * disk, a damaged file or one under a wrong name cost a compilation and nothing else. Where the directory's files come
 * to more than {@value #MOST} bytes, those that were not used for the longest time are deleted.
 *
 * <p><b>Trust.</b> Compiled code is Java code: who can write to the directory can run anything with the rights of this
 * JVM, since a checksum tells damage and not malice. So a directory that the host's other users can write to, or that
 * one of them but root owns, is not used, neither for reading nor for writing; a new one is made for its owner alone. Guests never see it.
 *
 * <p>Thread-safe. Two threads that need the same new module compile it once.
 */
public final class CodeCache {
    private static final int MAGIC = 0x4a56_4958;
    private static final int CHECKSUM = 32;
    private static final long MOST = 512L << 20;
    private static final Set<PosixFilePermission> OTHERS_WRITE =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private static final Object ROOT = 0;

    /** Belongs to the user of this JVM, on Linux. */
    private static final Path SELF = Path.of("/proc/self");

    private final Path directory;
    private final AtomicInteger compilations = new AtomicInteger();
    private final ConcurrentHashMap<String, SoftReference<CompiledModule>> loaded = new ConcurrentHashMap<>();

    /** A cache that keeps code in a directory too; null for none. The directory need not exist. */
    public CodeCache(Path directory) {
        this.directory = directory;
    }

    /**
     * The code of a module.
     *
     * @throws InvalidModuleException where the binary is no valid module
     * @throws UnsupportedFeature where it uses what is not compiled yet
     */
    public CompiledModule load(byte[] binary, CompileOptions options) {
        return load(binary, HexFormat.of().formatHex(sha256(binary)), options);
    }

    /**
     * The code of a module whose hash is known.
     *
     * @param sha256 the binary's, in lower-case hexadecimal; with a wrong one another module's code would run
     */
    public CompiledModule load(byte[] binary, String sha256, CompileOptions options) {
        return load(binary, () -> Module.decodeUnvalidated(binary), sha256, options);
    }

    /**
     * The code of a module that was decoded, {@linkplain Module#decodeUnvalidated validated or not}.
     *
     * @throws InvalidModuleException where it is not valid
     * @throws UnsupportedFeature where it uses what is not compiled yet
     */
    public CompiledModule load(Module module, CompileOptions options) {
        return load(module.bytes(), () -> module, module.sha256(), options);
    }

    private CompiledModule load(byte[] binary, Supplier<Module> module, String sha256, CompileOptions options) {
        String name = Compiler.packageName(sha256, options);
        CompiledModule[] found = new CompiledModule[1];
        loaded.compute(name, (key, reference) -> {
            found[0] = reference == null ? null : reference.get();
            if (found[0] != null) {
                return reference;
            }
            found[0] = loadNew(binary, module, options, name);
            return new SoftReference<>(found[0]);
        });
        return found[0];
    }

    private CompiledModule loadNew(byte[] binary, Supplier<Module> decoded, CompileOptions options, String name) {
        CompiledModule ready = CompiledModule.find(decoded, name, Instance.class.getClassLoader());
        if (ready != null) {
            return ready;
        }
        Map<String, byte[]> classes = read(name);
        if (classes != null) {
            return CompiledModule.load(decoded.get(), name, classes);
        }
        Module module = Module.decode(binary);
        compilations.incrementAndGet();
        classes = Compiler.classes(module, options);
        write(name, classes);
        return CompiledModule.load(module, name, classes);
    }

    /** How many modules this cache had to compile. */
    public int compilations() {
        return compilations.get();
    }

    private static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** Whether nobody but this JVM's user and root can put code there. */
    private boolean trusted() throws IOException {
        try {
            if (!Collections.disjoint(Files.getPosixFilePermissions(directory), OTHERS_WRITE)) {
                return false;
            }
            Object owner = Files.getAttribute(directory, "unix:uid");
            return owner.equals(ROOT) || !Files.exists(SELF) || owner.equals(Files.getAttribute(SELF, "unix:uid"));
        } catch (UnsupportedOperationException e) {
            // The host knows no such permissions.
            return true;
        }
    }

    private Map<String, byte[]> read(String name) {
        if (directory == null) {
            return null;
        }
        try {
            Path path = directory.resolve(name);
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (!attributes.isRegularFile() || attributes.size() > MOST || !trusted()) {
                return null;
            }
            byte[] file = Files.readAllBytes(path);
            int end = file.length - CHECKSUM;
            if (end < 8 || !Arrays.equals(checksum(name, Arrays.copyOf(file, end)), Arrays.copyOfRange(file, end, file.length))) {
                return null;
            }
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(file, 0, end));
            if (in.readInt() != MAGIC) {
                return null;
            }
            Map<String, byte[]> classes = new LinkedHashMap<>();
            for (int n = in.readInt(); n > 0; n--) {
                String className = in.readUTF();
                classes.put(className, in.readNBytes(in.readInt()));
            }
            use(path);
            return classes;
        } catch (IOException e) {
            return null;
        }
    }

    private static byte[] checksum(String name, byte[] content) {
        return sha256(name.getBytes(StandardCharsets.UTF_8), content);
    }

    private void write(String name, Map<String, byte[]> classes) {
        if (directory == null) {
            return;
        }
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeInt(MAGIC);
            out.writeInt(classes.size());
            for (Map.Entry<String, byte[]> entry : classes.entrySet()) {
                out.writeUTF(entry.getKey());
                out.writeInt(entry.getValue().length);
                out.write(entry.getValue());
            }
            out.write(checksum(name, bytes.toByteArray()));
            if (!Files.isDirectory(directory)) {
                createDirectory();
            }
            if (!trusted()) {
                return;
            }
            Path temporary = Files.createTempFile(directory, "new", null);
            try {
                Files.write(temporary, bytes.toByteArray());
                Files.move(temporary, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(temporary);
            }
            prune(MOST);
        } catch (IOException | DirectoryIteratorException e) {
            // The code is there; it is only not kept.
        }
    }

    /** Notes that a file was used. */
    private static void use(Path file) {
        try {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        } catch (IOException e) {
            // A directory that is only read: nothing is deleted there either.
        }
    }

    /** Deletes what was not used for the longest time, until no more bytes are left. Others may do the same. */
    void prune(long most) throws IOException {
        record Entry(Path path, long size, FileTime used) {}
        List<Entry> entries = new ArrayList<>();
        long size = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                try {
                    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                    if (attributes.isRegularFile()) {
                        entries.add(new Entry(file, attributes.size(), attributes.lastModifiedTime()));
                        size += attributes.size();
                    }
                } catch (NoSuchFileException e) {
                    // Another writer's, renamed or deleted meanwhile.
                }
            }
        }
        entries.sort(Comparator.comparing(Entry::used));
        for (Entry entry : entries) {
            if (size <= most) {
                return;
            }
            Files.deleteIfExists(entry.path);
            size -= entry.size;
        }
    }

    private void createDirectory() throws IOException {
        Path parent = directory.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        try {
            Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (UnsupportedOperationException e) {
            Files.createDirectory(directory);
        } catch (FileAlreadyExistsException e) {
            // Another writer was first.
        }
    }
}
