package org.javix.vfs.transfer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.javix.vfs.Devices;
import org.javix.vfs.FileMode;
import org.javix.vfs.Stat;

/** Reads a tar archive: ustar, pax and GNU, with long names, extended attributes and the sparse formats of GNU tar. */
final class TarInput {
    /** No honest header or map of a sparse file is larger. */
    private static final int MOST_EXTRA = 1 << 24;

    private static final int BLOCK = TarHeader.BLOCK;

    private final InputStream in;
    private final TreeEntry.Sink sink;
    private final byte[] block = new byte[BLOCK];
    private final Map<String, byte[]> global = new HashMap<>();
    private Map<String, byte[]> extra = new HashMap<>();
    // Whether the next entry has a pax header of its own.
    private boolean pax;

    TarInput(InputStream in, TreeEntry.Sink sink) {
        this.in = in;
        this.sink = sink;
    }

    void run() throws IOException {
        int count;
        while ((count = in.readNBytes(block, 0, BLOCK)) == BLOCK) {
            TarHeader header = TarHeader.read(block);
            if (header == null) {
                break;
            }
            switch (header.type()) {
                case 'x', 'X' -> {
                    records(bytes(header.size()), extra);
                    pax = true;
                }
                case 'g' -> records(bytes(header.size()), global);
                case 'L' -> extra.put("path", untilNul(bytes(header.size())));
                case 'K' -> extra.put("linkpath", untilNul(bytes(header.size())));
                case 'M', 'N' -> throw new IOException(
                        header.name() + ": a part of a file in another volume, or an old list of names");
                default -> {
                    entry(header);
                    extra = new HashMap<>();
                    pax = false;
                }
            }
        }
        if (count > 0 && count < BLOCK) {
            throw cutOff();
        }
        in.transferTo(OutputStream.nullOutputStream()); // so that who writes to a pipe is not interrupted
    }

    private byte[] bytes(long size) throws IOException {
        if (size < 0 || size > MOST_EXTRA) {
            throw new IOException("a header of " + size + " bytes");
        }
        byte[] bytes = in.readNBytes((int) size);
        if (bytes.length < size) {
            throw cutOff();
        }
        skip(-size & BLOCK - 1);
        return bytes;
    }

    private void skip(long count) throws IOException {
        try {
            in.skipNBytes(count);
        } catch (EOFException e) {
            throw cutOff();
        }
    }

    private static EOFException cutOff() {
        return new EOFException("the archive is cut off");
    }

    private static byte[] untilNul(byte[] bytes) {
        int length = 0;
        while (length < bytes.length && bytes[length] != 0) {
            length++;
        }
        return Arrays.copyOf(bytes, length);
    }

    /** {@code LENGTH KEY=VALUE\n}, again and again. */
    private static void records(byte[] bytes, Map<String, byte[]> into) throws IOException {
        int at = 0;
        while (at < bytes.length) {
            int blank = at;
            int length = 0;
            while (blank < bytes.length && bytes[blank] >= '0' && bytes[blank] <= '9' && length < MOST_EXTRA) {
                length = length * 10 + bytes[blank++] - '0';
            }
            int equals = blank;
            while (equals < bytes.length && bytes[equals] != '=') {
                equals++;
            }
            int end = at + length - 1;
            if (equals == blank || end < equals || end >= bytes.length || bytes[end] != '\n') {
                throw new IOException("a damaged pax header");
            }
            into.put(new String(bytes, blank + 1, equals - blank - 1, ISO_8859_1),
                    Arrays.copyOfRange(bytes, equals + 1, end));
            at = end + 1;
        }
    }

    /** A value; an empty one says that there is none. */
    private String value(String key, String otherwise) {
        byte[] value = extra.getOrDefault(key, global.get(key));
        return value == null || value.length == 0 ? otherwise : new String(value, ISO_8859_1);
    }

    /** A value that is a path. */
    private String path(String key, String otherwise) throws IOException {
        String path = value(key, otherwise);
        if (path.indexOf('\0') >= 0) {
            throw new IOException("a name with a NUL in it");
        }
        return path;
    }

    private long number(String key, long otherwise) throws IOException {
        try {
            String value = value(key, null);
            return value == null ? otherwise : Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IOException("a damaged pax header: " + key);
        }
    }

    private void entry(TarHeader header) throws IOException {
        long size = number("size", header.size());
        if (size < 0 || size > Long.MAX_VALUE - BLOCK) {
            throw new IOException("an entry of " + size + " bytes");
        }
        String name = path("GNU.sparse.name", path("path", header.name()));
        String path = clean(name);
        Stat stat = stat(header, name);
        String link = header.type() == '1' ? clean(path("linkpath", header.link())) : null;
        String target = header.type() == '2' ? path("linkpath", header.link()) : null;
        if (stat.mode == 0) {
            skip(size + (-size & BLOCK - 1)); // nothing to extract, such as the label of a volume
            return;
        }
        boolean file = FileMode.isRegular(stat.mode) && link == null;
        Stored content = file ? content(header, size, stat) : null;
        sink.accept(new TreeEntry(path, stat, link, target, attributes(), content));
        // A link has content only if a pax header says so: old programs told the size and stored nothing.
        long left = content != null ? content.left : link != null && !pax ? 0 : size;
        skip(left);
        if (file || left > 0) {
            skip(-size & BLOCK - 1);
        }
    }

    /** A name without what would make it absolute or odd; {@code ..} stays, and leads no higher than the top. */
    private static String clean(String name) {
        StringBuilder path = new StringBuilder();
        for (String part : name.split("/")) {
            if (!part.isEmpty() && !part.equals(".")) {
                path.append(path.isEmpty() ? "" : "/").append(part);
            }
        }
        return path.toString();
    }

    private Stat stat(TarHeader header, String name) throws IOException {
        Stat stat = new Stat();
        int type = switch (header.type()) {
            case '0', 0, '7' -> name.endsWith("/") ? FileMode.S_IFDIR : FileMode.S_IFREG; // as before there was a '5'
            case '1' -> FileMode.S_IFREG;
            case '2' -> FileMode.S_IFLNK;
            case '3' -> FileMode.S_IFCHR;
            case '4' -> FileMode.S_IFBLK;
            case '5', 'D' -> FileMode.S_IFDIR;
            case '6' -> FileMode.S_IFIFO;
            case 'V' -> 0;
            default -> FileMode.S_IFREG; // as POSIX has it
        };
        stat.mode = type == 0 ? 0 : type | header.mode();
        stat.uid = TarHeader.owner(number("uid", header.uid() & 0xffff_ffffL));
        stat.gid = TarHeader.owner(number("gid", header.gid() & 0xffff_ffffL));
        stat.rdev = Devices.number(header.major(), header.minor());
        stat.setTimes(0);
        stat.mtimeSec = stat.atimeSec = stat.ctimeSec = header.modified();
        BigDecimal modified = time("mtime");
        if (modified != null) {
            stat.mtimeSec = stat.atimeSec = seconds(modified);
            stat.mtimeNsec = stat.atimeNsec = nanoseconds(modified);
        }
        BigDecimal accessed = time("atime");
        if (accessed != null) {
            stat.atimeSec = seconds(accessed);
            stat.atimeNsec = nanoseconds(accessed);
        }
        return stat;
    }

    private BigDecimal time(String key) throws IOException {
        String value = value(key, null);
        if (value == null) {
            return null;
        }
        if (!value.matches("-?[0-9]{1,18}(\\.[0-9]{0,30})?")) {
            throw new IOException("a damaged pax header: " + key); // an exponent could ask for gigabytes of digits
        }
        return new BigDecimal(value);
    }

    private static long seconds(BigDecimal time) {
        return time.setScale(0, RoundingMode.FLOOR).longValue();
    }

    private static int nanoseconds(BigDecimal time) {
        return time.subtract(time.setScale(0, RoundingMode.FLOOR)).movePointRight(9).intValue();
    }

    private Map<String, byte[]> attributes() {
        Map<String, byte[]> attributes = new LinkedHashMap<>();
        extra.forEach((key, value) -> {
            if (key.startsWith("SCHILY.xattr.") && key.indexOf('\0') < 0) {
                attributes.put(key.substring("SCHILY.xattr.".length()), value);
            }
        });
        return attributes;
    }

    // Content, which may be sparse in three ways

    private Stored content(TarHeader header, long size, Stat stat) throws IOException {
        if (header.type() == 'S') {
            return oldSparse(size, stat);
        }
        if (value("GNU.sparse.major", "").equals("1")) {
            return newSparse(size, stat);
        }
        if (extra.containsKey("GNU.sparse.map")) {
            stat.size = number("GNU.sparse.size", size);
            return new Stored(ranges(List.of(value("GNU.sparse.map", "").split(",")), stat.size), size);
        }
        stat.size = size;
        return new Stored(size == 0 ? List.of() : List.of(new TreeEntry.Range(0, size)), size);
    }

    /** GNU's own format: pairs in the header, and in more blocks if there are many. */
    private Stored oldSparse(long size, Stat stat) throws IOException {
        List<String> numbers = new ArrayList<>();
        stat.size = TarHeader.number(block, 483, 12);
        pairs(386, 4, numbers);
        boolean more = block[482] != 0;
        while (more) {
            if (in.readNBytes(block, 0, BLOCK) < BLOCK || numbers.size() > MOST_EXTRA / 8) {
                throw cutOff();
            }
            pairs(0, 21, numbers);
            more = block[504] != 0;
        }
        return new Stored(ranges(numbers, stat.size), size);
    }

    private void pairs(int at, int count, List<String> numbers) throws IOException {
        for (int i = 0; i < count && block[at + i * 24] != 0; i++) {
            numbers.add(Long.toString(TarHeader.number(block, at + i * 24, 12)));
            numbers.add(Long.toString(TarHeader.number(block, at + i * 24 + 12, 12)));
        }
    }

    /** Format 1.0: the map is at the start of the content, in lines, in whole blocks. */
    private Stored newSparse(long size, Stat stat) throws IOException {
        stat.size = number("GNU.sparse.realsize", size);
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        long used = 0;
        long wanted = 1;
        while (lines.size() < wanted) {
            if (used + BLOCK > size || used > MOST_EXTRA || in.readNBytes(block, 0, BLOCK) < BLOCK) {
                throw cutOff();
            }
            used += BLOCK;
            for (int i = 0; i < BLOCK && lines.size() < wanted; i++) {
                if (block[i] != '\n') {
                    line.append((char) block[i]);
                    continue;
                }
                lines.add(line.toString());
                line.setLength(0);
                if (lines.size() == 1) {
                    wanted = 1 + 2 * Math.max(0, parse(lines.getFirst()));
                }
            }
        }
        return new Stored(ranges(lines.subList(1, lines.size()), stat.size), size - used);
    }

    private static long parse(String number) throws IOException {
        try {
            return Long.parseLong(number);
        } catch (NumberFormatException e) {
            throw new IOException("a damaged map of a sparse file");
        }
    }

    private static List<TreeEntry.Range> ranges(List<String> numbers, long size) throws IOException {
        List<TreeEntry.Range> ranges = new ArrayList<>();
        long end = 0;
        for (int i = 0; i + 1 < numbers.size(); i += 2) {
            TreeEntry.Range range = new TreeEntry.Range(parse(numbers.get(i)), parse(numbers.get(i + 1)));
            if (range.offset() < end || range.length() < 0 || range.end() < range.offset() || range.end() > size) {
                throw new IOException("a damaged map of a sparse file");
            }
            end = range.end();
            if (range.length() > 0) {
                ranges.add(range);
            }
        }
        return ranges;
    }

    /** The content that comes next in the archive. */
    private final class Stored implements TreeEntry.Content {
        private final List<TreeEntry.Range> data;
        private long left;

        Stored(List<TreeEntry.Range> data, long size) {
            this.data = data;
            left = size;
        }

        @Override
        public List<TreeEntry.Range> data() {
            return data;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int count = in.read(buffer, offset, (int) Math.min(length, left));
            if (count < 0) {
                throw cutOff();
            }
            left -= count;
            return count;
        }
    }
}
