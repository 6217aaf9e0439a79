package org.javix.vfs.transfer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.javix.vfs.AtFlags;
import org.javix.vfs.Credentials;
import org.javix.vfs.ExtendedAttributeCalls;
import org.javix.vfs.FileCalls;
import org.javix.vfs.FileMode;
import org.javix.vfs.FsContext;
import org.javix.vfs.HostFs;
import org.javix.vfs.Mounts;
import org.javix.vfs.OpenFile;
import org.javix.vfs.OpenFlags;
import org.javix.vfs.Stat;
import org.javix.vfs.TmpFs;
import org.javix.vfs.Waiter;
import org.javix.vfs.nio.VfsFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trees keep what they are on every way, and GNU tar of the host is the judge of archives. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "uses the host's tar, and host directories")
class TransferTest {
    @TempDir
    Path directory;

    private static FsContext empty() {
        FsContext context = new FsContext(new Mounts(TmpFs.create()), Credentials.ROOT);
        context.setUmask(0);
        FileCalls.mkdir(context, null, "/t", 0755);
        return context;
    }

    /** A tree with everything in it that can be made by anybody. */
    private static FsContext sample() throws IOException {
        FsContext context = empty();
        Path top = VfsFileSystem.of(context).getPath("/t");
        Files.createDirectories(top.resolve("d/e"));
        Files.writeString(top.resolve("d/file"), "text");
        Files.write(top.resolve("empty"), new byte[0]);
        byte[] bytes = new byte[100_001];
        new Random(1).nextBytes(bytes);
        Files.write(top.resolve("d/large"), bytes);
        Files.createSymbolicLink(top.resolve("link"), top.getFileSystem().getPath("d/none/" + "long".repeat(40)));
        Files.createLink(top.resolve("d/hard"), top.resolve("d/file"));
        String deep = "/t/" + "n".repeat(120);
        assertEquals(0, FileCalls.mkdir(context, null, deep, 0750));
        assertEquals(0, FileCalls.mkdir(context, null, deep + "/" + "m".repeat(250), 0700));
        assertEquals(0, FileCalls.mkdir(context, null, "/t/\u00ff\u00e4 odd\nname", 0755));
        OpenFile sparse = FileCalls.open(context, Waiter.uninterruptible(), null, "/t/sparse",
                OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0644).value();
        byte[] word = "middle".getBytes();
        sparse.pwrite(Waiter.uninterruptible(), java.lang.foreign.MemorySegment.ofArray(word), 0, word.length, 1 << 20);
        sparse.truncate(5L << 30);
        sparse.release();
        FileCalls.chmod(context, null, "/t/d/file", 04751, 0);
        FileCalls.utimens(context, null, "/t/d/file", 1, 0, 1_234_567_890, 123_456_789, 0);
        FileCalls.utimens(context, null, "/t/link", 1, 0, 77, 0, AtFlags.AT_SYMLINK_NOFOLLOW);
        FileCalls.utimens(context, null, "/t/d", 1, 0, 88, 5, 0);
        return context;
    }

    /** Every path with what a transfer keeps. */
    private static TreeMap<String, String> describe(FsContext context, String top, boolean owners) throws IOException {
        TreeMap<String, String> all = new TreeMap<>();
        describe(context, top, "", owners, all);
        return all;
    }

    private static void describe(
            FsContext context, String top, String path, boolean owners, TreeMap<String, String> all) throws IOException {
        Stat stat = new Stat();
        assertEquals(0, FileCalls.stat(context, null, top + path, AtFlags.AT_SYMLINK_NOFOLLOW, stat), path);
        int type = FileMode.type(stat.mode);
        StringBuilder text = new StringBuilder(Integer.toOctalString(stat.mode));
        text.append(' ').append(stat.mtimeSec).append('.').append(stat.mtimeNsec);
        if (owners) {
            text.append(' ').append(stat.uid).append(':').append(stat.gid);
        }
        if (type == FileMode.S_IFDIR) {
            OpenFile open = FileCalls.open(context, Waiter.uninterruptible(), null, top + path, OpenFlags.O_DIRECTORY, 0).value();
            List<String> names = new java.util.ArrayList<>();
            open.readDirectory((ino, next, kind, name) -> names.add(name));
            open.release();
            for (String name : names) {
                if (!name.equals(".") && !name.equals("..")) {
                    describe(context, top, path + "/" + name, owners, all);
                }
            }
        } else {
            text.append(" links ").append(stat.nlink).append(" size ").append(stat.size);
        }
        if (type == FileMode.S_IFLNK) {
            text.append(" to ").append(FileCalls.readLink(context, null, top + path).value());
        }
        if (type == FileMode.S_IFREG) {
            text.append(" sum ").append(sum(context, top + path));
        }
        if (type == FileMode.S_IFCHR) {
            text.append(" device ").append(stat.rdev);
        }
        all.put(path, text.toString());
    }

    private static int sum(FsContext context, String path) {
        OpenFile file = FileCalls.open(context, Waiter.uninterruptible(), null, path, 0, 0).value();
        byte[] buffer = new byte[1 << 16];
        int sum = 1;
        long at = 0;
        // Only what is stored: the sample has gigabytes of zeros.
        for (long data; (data = file.seek(at, OpenFile.SEEK_DATA)) >= 0; ) {
            long hole = file.seek(data, OpenFile.SEEK_HOLE);
            for (at = data; at < hole; ) {
                int wanted = (int) Math.min(buffer.length, hole - at);
                Arrays.fill(buffer, (byte) 0);
                long count = file.pread(Waiter.uninterruptible(), java.lang.foreign.MemorySegment.ofArray(buffer), 0, wanted, at);
                for (int i = 0; i < count; i++) {
                    sum += buffer[i] * 31 * (int) (at + i + 1);
                }
                at += count;
            }
        }
        file.release();
        return sum;
    }

    private static byte[] tar(FsContext context) throws IOException {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        Transfer.toTar(context, "/t", archive);
        return archive.toByteArray();
    }

    private void host(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), ISO_8859_1);
        assertEquals(0, process.waitFor(), output);
    }

    @Test
    void anArchiveKeepsEverything() throws IOException {
        FsContext context = sample();
        FileCalls.mknod(context, null, "/t/fifo", FileMode.S_IFIFO | 0600, 0);
        FileCalls.mknod(context, null, "/t/null", FileMode.S_IFCHR | 0666, 0x103);
        FileCalls.chown(context, null, "/t/d/file", 3_000_000, 70_000, 0);
        ExtendedAttributeCalls.set(context, null, "/t/empty", 0, "user.note", new byte[] {1, '\n', 0}, 0);
        byte[] archive = tar(context);
        assertTrue(archive.length < 300_000, "holes are not stored: " + archive.length);
        FsContext copy = empty();
        Transfer.fromTar(copy, "/t", new ByteArrayInputStream(archive));
        assertEquals(describe(context, "/t", true), describe(copy, "/t", true));
        assertEquals(List.of((byte) 1, (byte) '\n', (byte) 0), bytes(
                ExtendedAttributeCalls.get(copy, null, "/t/empty", 0, "user.note").value()));
    }

    private static List<Byte> bytes(byte[] array) {
        List<Byte> list = new java.util.ArrayList<>();
        for (byte each : array) {
            list.add(each);
        }
        return list;
    }

    @Test
    void aHostDirectoryKeepsEverythingButDevices() throws IOException {
        FsContext context = sample();
        FileCalls.mknod(context, null, "/t/fifo", FileMode.S_IFIFO | 0600, 0);
        assertEquals(List.of("/fifo"), Transfer.toHost(context, "/t", directory));
        assertEquals(0, FileCalls.unlink(context, null, "/t/fifo"));
        FileCalls.utimens(context, null, "/t", 9, 0, 9, 0, 0);
        Files.setLastModifiedTime(directory, java.nio.file.attribute.FileTime.fromMillis(9000));
        FsContext copy = empty();
        Transfer.fromHost(copy, "/t", directory);
        assertEquals(describe(context, "/t", false), describe(copy, "/t", false));
    }

    @Test
    void tarOfTheHostReadsWhatWeWrite() throws Exception {
        FsContext context = sample();
        Path archive = Files.write(directory.resolve("a.tar"), tar(context));
        Path there = Files.createDirectory(directory.resolve("there"));
        host("tar", "-xpf", archive.toString(), "-C", there.toString());
        try (HostFs fs = HostFs.readOnly(there)) {
            FsContext host = new FsContext(new Mounts(fs), Credentials.ROOT);
            assertEquals(describe(context, "/t", false), describe(host, "/.", false));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gnu", "pax", "gnu --sparse", "pax --sparse", "pax --sparse --sparse-version=0.1"})
    void weReadWhatTarOfTheHostWrites(String format) throws Exception {
        FsContext context = sample();
        Path here = Files.createDirectory(directory.resolve("here"));
        if (!format.contains("sparse")) {
            FileCalls.truncate(context, null, "/t/sparse", 2 << 20); // gigabytes of zeros otherwise
        }
        Transfer.toHost(context, "/t", here);
        Path archive = directory.resolve("a.tar");
        String[] options = ("tar -C " + here + " -cf " + archive + " --format=" + format + " .").split(" ");
        host(options);
        FsContext copy = empty();
        try (var in = Files.newInputStream(archive)) {
            Transfer.fromTar(copy, "/t", in);
        }
        TreeMap<String, String> expected = describe(context, "/t", false);
        TreeMap<String, String> found = describe(copy, "/t", false);
        if (format.startsWith("gnu")) {
            // The format has no nanoseconds.
            expected.replaceAll((path, text) -> text.replaceFirst("\\.\\d+", ""));
            found.replaceAll((path, text) -> text.replaceFirst("\\.\\d+", ""));
        }
        assertEquals(expected, found);
    }

    // Archives that were made to do harm

    private static byte[] header(String name, char type, String link, byte... content) {
        byte[] head = new TarHeader(name, 0755, 0, 0, content.length, 0, type, link, 0, 0).write();
        byte[] all = Arrays.copyOf(head, head.length + (content.length + 511) / 512 * 512);
        System.arraycopy(content, 0, all, head.length, content.length);
        return all;
    }

    private static void extract(FsContext context, byte[]... parts) throws IOException {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            archive.write(part);
        }
        archive.write(new byte[1024]);
        Transfer.fromTar(context, "/t", new ByteArrayInputStream(archive.toByteArray()));
    }

    @Test
    void nothingIsMadeOutsideOfTheDirectory() throws IOException {
        FsContext context = empty();
        Path root = VfsFileSystem.of(context).getPath("/");
        Files.writeString(root.resolve("secret"), "secret");
        byte[] harm = "harm".getBytes();
        extract(context,
                header("../../up", '0', "", harm),
                header("/absolute", '0', "", harm),
                header("link", '2', ".."),
                header("link/through", '0', "", harm),
                header("root", '2', "/"),
                header("root/secret", '0', "", harm),
                header("d/", '5', ""),
                header("d/away", '2', "../../.."),
                header("d/away/secret2", '0', "", harm));
        assertEquals("secret", Files.readString(root.resolve("secret")));
        try (Stream<Path> names = Files.list(root)) {
            assertEquals(List.of("secret", "t"), names.map(path -> path.getFileName().toString()).sorted().toList());
        }
        assertTrue(Files.exists(root.resolve("t/secret")));
        assertThrows(IOException.class, () -> extract(context, header("hard", '1', "nothing")));
        assertThrows(IOException.class, () -> extract(context, header("hard", '1', "/../../secret3")));
    }

    @Test
    void aLinkInTheWayIsReplacedAndNotFollowed() throws IOException {
        FsContext context = empty();
        Path top = VfsFileSystem.of(context).getPath("/t");
        Files.writeString(top.resolve("victim"), "unharmed");
        extract(context, header("name", '2', "victim"), header("name", '0', "", "new".getBytes()));
        assertEquals("unharmed", Files.readString(top.resolve("victim")));
        assertFalse(Files.isSymbolicLink(top.resolve("name")));
    }

    /** A pax header; its values have no line breaks. */
    private static byte[] pax(String... records) {
        StringBuilder text = new StringBuilder();
        for (String record : records) {
            int rest = record.length() + 2;
            int length = rest + Integer.toString(rest + 1).length();
            text.append(length).append(' ').append(record).append('\n');
        }
        return header("pax", 'x', "", text.toString().getBytes(ISO_8859_1));
    }

    /** A header with other bytes in it, whose sum is right. */
    private static byte[] changed(byte[] entry, int at, int... bytes) {
        byte[] all = entry.clone();
        for (int i = 0; i < bytes.length; i++) {
            all[at + i] = (byte) bytes[i];
        }
        int sum = 8 * ' ';
        for (int i = 0; i < 512; i++) {
            sum += i >= 148 && i < 156 ? 0 : all[i] & 0xff;
        }
        System.arraycopy(String.format("%06o\0 ", sum).getBytes(), 0, all, 148, 8);
        return all;
    }

    @Test
    void oddEntriesMeanWhatTarMeans() throws IOException {
        FsContext context = empty();
        Path top = VfsFileSystem.of(context).getPath("/t");
        byte[] text = "text".getBytes();
        extract(context,
                header("twice", '0', "", "first".getBytes()), header("twice", '0', "", text),
                header("itself", '0', "", text), header("itself", '1', "./itself"),
                pax("size=4"), header("linked", '1', "itself", text),
                header("old/", '0', ""),
                header("label", 'V', ""),
                header("unknown", 'Z', "", text),
                changed(header("again/", '5', ""), 100, '0', '0', '0', '0', '7', '0', '0'),
                header("again/in", '0', "", text),
                changed(header("again/", '5', ""), 100, '0', '0', '0', '0', '7', '1', '1'),
                header("was", '5', ""), header("was", '2', "again"),
                pax("path="), header("named", '0', "", text),
                pax("atime=5.25", "mtime=-1.5", "uid=4294967294"), header("times", '0', "", text),
                changed(header("ancient", '0', "", text), 136, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 254));
        assertEquals(FileTime.fromMillis(5250), Files.getAttribute(top.resolve("times"), "lastAccessTime"));
        for (String name : List.of("twice", "itself", "linked", "unknown", "named", "times", "ancient")) {
            assertEquals("text", Files.readString(top.resolve(name)), name);
        }
        assertEquals(2, Files.getAttribute(top.resolve("linked"), "unix:nlink"));
        assertTrue(Files.isDirectory(top.resolve("old")));
        assertFalse(Files.exists(top.resolve("label")));
        assertEquals(0711, (int) Files.getAttribute(top.resolve("again"), "unix:mode") & 0777);
        assertTrue(Files.isSymbolicLink(top.resolve("was")));
        assertEquals(-2, Files.getLastModifiedTime(top.resolve("ancient")).toMillis() / 1000);
        assertEquals(-1500, Files.getLastModifiedTime(top.resolve("times")).toMillis());
        assertEquals(-2, Files.getAttribute(top.resolve("times"), "unix:uid"));
    }

    @Test
    void whatHasNoMeaningIsRefusedInOneLine() {
        byte[] good = header("f", '0', "", "content".getBytes());
        int[] huge = {0x80, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0};
        List<byte[]> refused = List.of(
                changed(good, 124, huge),
                changed(good, 124, 0x80, 0, 0, 0, 0x7f, 255, 255, 255, 255, 255, 255, 255),
                changed(good, 124, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255),
                changed(good, 108, 0x80, 0, 0, 1, 0, 0, 0, 0),
                changed(good, 124, 'x', 'y', 'z'),
                header("part", 'M', "", "content".getBytes()),
                header("later", '1', "nothing yet"),
                header("directory", '1', ""),
                header("..", '0', "", "content".getBytes()),
                header("", '0', "", "content".getBytes()));
        for (int i = 0; i < refused.size(); i++) {
            byte[] archive = refused.get(i);
            String message = assertThrows(IOException.class, () -> extract(empty(), archive), "number " + i).getMessage();
            assertTrue(message != null && !message.isBlank() && !message.contains("\n"), "number " + i + ": " + message);
        }
        for (String record : List.of("path=a\0b", "uid=4294967296", "size=99999999999999999999", "mtime=soon", "size=-1")) {
            assertThrows(IOException.class, () -> extract(empty(), pax(record), good), record);
        }
        byte[] cut = Arrays.copyOf(good, good.length + 100);
        cut[good.length] = 'f';
        assertThrows(IOException.class, () -> Transfer.fromTar(empty(), "/t", new ByteArrayInputStream(cut)));
    }

    @Test
    void damageIsToldApart() {
        byte[] good = header("f", '0', "", "content".getBytes());
        byte[] wrongSum = good.clone();
        wrongSum[0]++;
        assertThrows(IOException.class, () -> extract(empty(), wrongSum));
        byte[] cut = Arrays.copyOf(good, 515);
        assertThrows(IOException.class,
                () -> Transfer.fromTar(empty(), "/t", new ByteArrayInputStream(cut)));
        for (String pax : List.of("99 path=x\n", "5 a=b\n6 =x\n", "x", "11 size=-1\n", "21 mtime=1e999999999\n")) {
            assertThrows(IOException.class, () -> extract(empty(), header("x", 'x', "", pax.getBytes()), good), pax);
        }
        Random random = new Random(5);
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = random.nextBoolean() ? good.clone() : header("x", 'x', "", "12 path=abc\n".getBytes());
            for (int k = 0; k < 3; k++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            try {
                Transfer.fromTar(empty(), "/t", new ByteArrayInputStream(bytes));
            } catch (IOException e) {
                assertFalse(String.valueOf(e.getMessage()).isEmpty());
            }
        }
    }
}
