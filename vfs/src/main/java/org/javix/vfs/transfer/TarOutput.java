package org.javix.vfs.transfer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.javix.vfs.FileMode;
import org.javix.vfs.Stat;

/**
 * Writes a tar archive in the pax format: what a plain header cannot hold is in a header of its own before it. Sparse
 * files are written as GNU tar does (its format 1.0): the map first, then the parts that are no holes.
 */
final class TarOutput implements TreeEntry.Sink {
    private static final int CHUNK = 1 << 16;

    private final OutputStream out;
    private final byte[] buffer = new byte[CHUNK];

    TarOutput(OutputStream out) {
        this.out = out;
    }

    @Override
    public void accept(TreeEntry entry) throws IOException {
        Stat stat = entry.stat();
        char type = type(entry);
        if (type == 0) {
            return; // a socket: no archive has them
        }
        String name = "./" + entry.path() + (type == '5' && !entry.path().isEmpty() ? "/" : "");
        String link = entry.link() != null ? "./" + entry.link() : entry.target() != null ? entry.target() : "";
        Map<String, byte[]> extra = new LinkedHashMap<>();
        TreeEntry.Content content = entry.content();
        long size = content == null ? 0 : stat.size;
        byte[] map = content == null ? null : sparseMap(content.data(), stat.size);
        if (map != null) {
            size = map.length + content.data().stream().mapToLong(TreeEntry.Range::length).sum();
            put(extra, "GNU.sparse.major", "1");
            put(extra, "GNU.sparse.minor", "0");
            put(extra, "GNU.sparse.name", name);
            put(extra, "GNU.sparse.realsize", Long.toString(stat.size));
            name = "./GNUSparseFile.0/" + entry.path();
        }
        if (name.length() > 100) {
            put(extra, "path", name);
        }
        if (link.length() > 100) {
            put(extra, "linkpath", link);
        }
        number(extra, "size", size, 12);
        number(extra, "uid", stat.uid & 0xffff_ffffL, 8);
        number(extra, "gid", stat.gid & 0xffff_ffffL, 8);
        if (stat.mtimeNsec != 0 || !TarHeader.fits(stat.mtimeSec, 12)) {
            put(extra, "mtime", time(stat.mtimeSec, stat.mtimeNsec));
        }
        if (stat.atimeSec != stat.mtimeSec || stat.atimeNsec != stat.mtimeNsec) {
            put(extra, "atime", time(stat.atimeSec, stat.atimeNsec));
        }
        entry.attributes().forEach((attribute, value) -> extra.put("SCHILY.xattr." + attribute, value));
        if (!extra.isEmpty()) {
            writeExtra(extra, entry.path());
        }
        out.write(new TarHeader(
                        name, stat.mode & FileMode.PERMISSIONS, stat.uid, stat.gid, size, stat.mtimeSec, type, link,
                        (int) (stat.rdev >>> 8 & 0xfff), (int) (stat.rdev & 0xff | stat.rdev >>> 12 & 0xffffff00L))
                .write());
        if (content != null) {
            if (map != null) {
                out.write(map);
            }
            for (int count; (count = content.read(buffer, 0, CHUNK)) >= 0; ) {
                out.write(buffer, 0, count);
            }
            pad(size);
        }
    }

    private static char type(TreeEntry entry) {
        if (entry.link() != null) {
            return '1';
        }
        return switch (FileMode.type(entry.stat().mode)) {
            case FileMode.S_IFREG -> '0';
            case FileMode.S_IFLNK -> '2';
            case FileMode.S_IFCHR -> '3';
            case FileMode.S_IFBLK -> '4';
            case FileMode.S_IFDIR -> '5';
            case FileMode.S_IFIFO -> '6';
            default -> 0;
        };
    }

    private static void put(Map<String, byte[]> extra, String key, String value) {
        extra.put(key, value.getBytes(ISO_8859_1));
    }

    private static void number(Map<String, byte[]> extra, String key, long value, int length) {
        if (!TarHeader.fits(value, length)) {
            put(extra, key, Long.toString(value));
        }
    }

    private static String time(long seconds, int nanoseconds) {
        return BigDecimal.valueOf(nanoseconds, 9).add(BigDecimal.valueOf(seconds))
                .stripTrailingZeros().toPlainString();
    }

    /** The map of a file with holes, in whole blocks; null for one without. */
    private static byte[] sparseMap(List<TreeEntry.Range> data, long size) {
        boolean whole = size == 0 || data.size() == 1 && data.getFirst().length() == size;
        if (whole) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        boolean toEnd = !data.isEmpty() && data.getLast().end() == size;
        text.append(data.size() + (toEnd ? 0 : 1)).append('\n');
        data.forEach(range -> text.append(range.offset()).append('\n').append(range.length()).append('\n'));
        if (!toEnd) {
            text.append(size).append("\n0\n"); // tells where a hole at the end ends
        }
        byte[] bytes = text.toString().getBytes(ISO_8859_1);
        return Arrays.copyOf(bytes, (bytes.length + TarHeader.BLOCK - 1) / TarHeader.BLOCK * TarHeader.BLOCK);
    }

    private void writeExtra(Map<String, byte[]> extra, String path) throws IOException {
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        for (Map.Entry<String, byte[]> each : extra.entrySet()) {
            byte[] key = each.getKey().getBytes(ISO_8859_1);
            // The length counts its own digits, the blank, the '=' and the newline.
            int rest = key.length + each.getValue().length + 3;
            int length = rest + Integer.toString(rest).length();
            length = rest + Integer.toString(length).length();
            records.write((length + " ").getBytes(ISO_8859_1));
            records.write(key);
            records.write('=');
            records.write(each.getValue());
            records.write('\n');
        }
        String name = "./PaxHeaders/" + path.substring(path.lastIndexOf('/') + 1);
        out.write(new TarHeader(name, 0644, 0, 0, records.size(), 0, 'x', "", 0, 0).write());
        records.writeTo(out);
        pad(records.size());
    }

    private void pad(long written) throws IOException {
        out.write(new byte[(int) (-written & TarHeader.BLOCK - 1)]);
    }

    /** Ends the archive. */
    void finish() throws IOException {
        out.write(new byte[2 * TarHeader.BLOCK]);
        out.flush();
    }
}
