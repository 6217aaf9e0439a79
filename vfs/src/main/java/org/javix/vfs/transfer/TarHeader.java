package org.javix.vfs.transfer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;

/**
 * The header of an entry in a tar archive: a block of 512 bytes.
 *
 * @param name with its prefix, one char per byte
 * @param mode permission bits
 * @param size bytes of content that follow
 * @param modified seconds since 1970
 * @param type {@code '0'} or NUL a file, {@code '1'} a hard link, {@code '2'} a symbolic one, {@code '5'} a directory …
 * @param link what a link leads to
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html">pax, the ustar format</a>
 */
public record TarHeader(
        String name, int mode, int uid, int gid, long size, long modified, char type, String link, int major, int minor) {
    /** The unit of an archive. */
    public static final int BLOCK = 512;

    private static final int SUM = 148;
    private static final int SUM_LENGTH = 8;
    private static final int MAGIC = 257;
    private static final int PREFIX = 345;

    /**
     * Reads a header.
     *
     * @return null for a block of zeros, which ends an archive
     * @throws IOException if the sum is wrong
     */
    public static TarHeader read(byte[] block) throws IOException {
        int sum = 0;
        int signed = 0; // as some old programs counted
        int all = 0;
        for (int i = 0; i < BLOCK; i++) {
            boolean inSum = i >= SUM && i < SUM + SUM_LENGTH;
            sum += inSum ? ' ' : block[i] & 0xff;
            signed += inSum ? ' ' : block[i];
            all |= block[i];
        }
        if (all == 0) {
            return null;
        }
        long said = number(block, SUM, SUM_LENGTH);
        if (said != sum && said != signed) {
            throw new IOException("not a tar archive, or a damaged one");
        }
        return parse(block);
    }

    /**
     * Reads a header of an archive that is trusted: its sum is not looked at.
     *
     * @throws IOException if there is something else where a number should be, or one that is too large
     */
    public static TarHeader parse(byte[] block) throws IOException {
        // GNU's own format has other things in the place of the prefix.
        boolean posix = text(block, MAGIC, 6).equals("ustar");
        String prefix = posix ? text(block, PREFIX, 155) : "";
        String name = text(block, 0, 100);
        return new TarHeader(
                prefix.isEmpty() ? name : prefix + "/" + name,
                (int) number(block, 100, 8) & 07777,
                owner(number(block, 108, 8)),
                owner(number(block, 116, 8)),
                number(block, 124, 12),
                number(block, 136, 12),
                (char) (block[156] & 0xff),
                text(block, 157, 100),
                (int) number(block, 329, 8),
                (int) number(block, 337, 8));
    }

    /** Text up to a NUL, one char per byte. */
    static String text(byte[] block, int at, int most) {
        int length = 0;
        while (length < most && block[at + length] != 0) {
            length++;
        }
        return new String(block, at, length, ISO_8859_1);
    }

    /** A user's or group's number: any of 32 bits but the one that means none. */
    static int owner(long number) throws IOException {
        if (number < 0 || number >= 0xffff_ffffL) {
            throw new IOException("the number of a user or group is out of range: " + number);
        }
        return (int) number;
    }

    /** Octal digits, or with the highest bit set a number to the base of 256. */
    static long number(byte[] block, int at, int length) throws IOException {
        return (block[at] & 0x80) != 0 ? binary(block, at, length) : octal(block, at, length);
    }

    private static long binary(byte[] block, int at, int length) throws IOException {
        long value = (block[at] & 0x40) != 0 ? -1 : 0;
        value = value << 6 | block[at] & 0x3f;
        for (int i = at + 1; i < at + length; i++) {
            if (value << 8 >> 8 != value) {
                throw new IOException("a number in a tar header is too large");
            }
            value = value << 8 | block[i] & 0xff;
        }
        return value;
    }

    /** Blanks may come first, and a blank or NUL ends the digits. */
    private static long octal(byte[] block, int at, int length) throws IOException {
        int i = at;
        while (i < at + length && block[i] == ' ') {
            i++;
        }
        long value = 0;
        for (; i < at + length && block[i] != 0 && block[i] != ' '; i++) {
            if (block[i] < '0' || block[i] > '7') {
                throw new IOException("no number where a tar header has one");
            }
            value = value << 3 | block[i] - '0';
        }
        return value;
    }

    /** Writes the header; what does not fit is cut, and has to be in a pax header before it. */
    byte[] write() {
        byte[] block = new byte[BLOCK];
        put(block, 0, name, 100);
        octal(block, 100, 8, mode);
        octal(block, 108, 8, uid & 0xffff_ffffL);
        octal(block, 116, 8, gid & 0xffff_ffffL);
        octal(block, 124, 12, size);
        octal(block, 136, 12, Math.max(0, modified));
        block[156] = (byte) type;
        put(block, 157, link, 100);
        put(block, MAGIC, "ustar\00000", 8);
        octal(block, 329, 8, major);
        octal(block, 337, 8, minor);
        java.util.Arrays.fill(block, SUM, SUM + SUM_LENGTH, (byte) ' ');
        int sum = 0;
        for (byte each : block) {
            sum += each & 0xff;
        }
        octal(block, SUM, 7, sum);
        return block;
    }

    private static void put(byte[] block, int at, String text, int most) {
        byte[] bytes = text.getBytes(ISO_8859_1);
        System.arraycopy(bytes, 0, block, at, Math.min(most, bytes.length));
    }

    /** Whether a number fits into so many bytes, the last of which is a NUL. */
    static boolean fits(long number, int length) {
        return number >= 0 && number >>> 3 * (length - 1) == 0;
    }

    private static void octal(byte[] block, int at, int length, long number) {
        long rest = number;
        for (int i = length - 2; i >= 0; i--) {
            block[at + i] = (byte) ('0' + (rest & 7));
            rest >>>= 3;
        }
    }
}
