package org.javix.process;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/**
 * What {@code /proc/PID} tells of a process's memory, in Linux's formats. Nobody knows which processes share a page, so each has it
 * for itself; and of a file, that is resident which the process has touched.
 */
final class ProcMemory {
    private static final int PAGE = 4096;
    private static final long PRESENT = 1L << 63;
    private static final long OF_FILE = 1L << 61;

    private ProcMemory() {}

    /** What areas hold, in bytes. */
    private static final class Sum {
        long size;
        long anonymous;
        long file;
        long shared;
        long dirty;
        long locked;

        void add(ProcessImage.Held held) {
            long resident = (long) held.touched().cardinality() * PAGE;
            long written = (long) held.written().cardinality() * PAGE;
            long own = isShared(held) ? 0 : hasFile(held) ? written : resident;
            size += held.area().end() - held.area().start();
            anonymous += own;
            shared += isShared(held) ? resident : 0;
            file += isShared(held) ? 0 : resident - own;
            dirty += written;
            locked += held.locked() ? resident : 0;
        }

        long resident() {
            return anonymous + file + shared;
        }
    }

    private static boolean isShared(ProcessImage.Held held) {
        return held.area().permissions().endsWith("s");
    }

    private static boolean hasFile(ProcessImage.Held held) {
        return held.area().inode() != 0 || held.area().device() != 0;
    }

    private static List<ProcessImage.Held> held(Process process) {
        ProcessImage image = ProcStatus.image(process);
        return image == null ? List.of() : image.held();
    }

    private static Sum sum(Process process) {
        Sum sum = new Sum();
        held(process).forEach(sum::add);
        return sum;
    }

    static long virtualBytes(Process process) {
        ProcessImage image = ProcStatus.image(process);
        return image == null ? 0 : image.virtualBytes();
    }

    static long residentBytes(Process process) {
        return sum(process).resident();
    }

    /** {@code /proc/PID/statm}: in pages. */
    static String statm(Process process) {
        Sum sum = sum(process);
        return sum.size / PAGE + " " + sum.resident() / PAGE + " " + (sum.file + sum.shared) / PAGE + " 0 0 " + sum.size / PAGE + " 0\n";
    }

    /** The lines about memory in {@code /proc/PID/status}; none of a process without any. */
    static String status(Process process) {
        ProcessImage image = ProcStatus.image(process);
        if (image == null) {
            return "";
        }
        Sum sum = sum(process);
        return """
                VmPeak:\t%8d kB
                VmSize:\t%8d kB
                VmLck:\t%8d kB
                VmPin:\t       0 kB
                VmHWM:\t%8$8d kB
                VmRSS:\t%4$8d kB
                RssAnon:\t%5$8d kB
                RssFile:\t%6$8d kB
                RssShmem:\t%7$8d kB
                VmData:\t%2$8d kB
                VmStk:\t       0 kB
                VmExe:\t       0 kB
                VmLib:\t       0 kB
                VmPTE:\t       0 kB
                VmSwap:\t       0 kB
                """.formatted(
                        image.peakVirtualBytes() >> 10, sum.size >> 10, image.lockedBytes() >> 10, sum.resident() >> 10,
                        sum.anonymous >> 10, sum.file >> 10, sum.shared >> 10,
                        Math.max(sum.resident(), image.mostResidentBytes()) >> 10);
    }

    /** {@code /proc/PID/maps}. */
    static String maps(Process process) {
        ProcessImage image = ProcStatus.image(process);
        StringBuilder text = new StringBuilder();
        for (ProcessImage.Area area : image == null ? List.<ProcessImage.Area>of() : image.areas()) {
            text.append(line(area));
        }
        return text.toString();
    }

    private static String line(ProcessImage.Area area) {
        String range = String.format(
                Locale.ROOT, "%08x-%08x %s %08x %02x:%02x %d", area.start(), area.end(), area.permissions(),
                area.offset(), area.device() >> 8 & 0xfff, area.device() & 0xff, area.inode());
        return (area.name().isEmpty() ? range + " " : String.format("%-72s %s", range, area.name())) + "\n";
    }

    /** {@code /proc/PID/smaps}: the areas with what they hold. */
    static String smaps(Process process) {
        StringBuilder text = new StringBuilder();
        for (ProcessImage.Held held : held(process)) {
            Sum sum = new Sum();
            sum.add(held);
            text.append(line(held.area()));
            row(text, "Size", sum.size);
            row(text, "KernelPageSize", PAGE);
            row(text, "MMUPageSize", PAGE);
            rows(text, sum, false);
            text.append("THPeligible:           0\nVmFlags: ").append(flags(held)).append('\n');
        }
        return text.toString();
    }

    /** {@code /proc/PID/smaps_rollup}: the sum of that. */
    static String rollup(Process process) {
        List<ProcessImage.Held> all = held(process);
        if (all.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder(line(new ProcessImage.Area(
                all.getFirst().area().start(), all.getLast().area().end(), "---p", 0, 0, 0, "[rollup]")));
        rows(text, sum(process), true);
        return text.toString();
    }

    private static void rows(StringBuilder text, Sum sum, boolean kinds) {
        row(text, "Rss", sum.resident());
        row(text, "Pss", sum.resident());
        row(text, "Pss_Dirty", sum.dirty);
        if (kinds) {
            row(text, "Pss_Anon", sum.anonymous);
            row(text, "Pss_File", sum.file);
            row(text, "Pss_Shmem", sum.shared);
        }
        row(text, "Shared_Clean", 0);
        row(text, "Shared_Dirty", 0);
        row(text, "Private_Clean", sum.resident() - sum.dirty);
        row(text, "Private_Dirty", sum.dirty);
        row(text, "Referenced", sum.resident());
        row(text, "Anonymous", sum.anonymous);
        for (String none : List.of(
                "LazyFree", "AnonHugePages", "ShmemPmdMapped", "FilePmdMapped", "Shared_Hugetlb", "Private_Hugetlb", "Swap", "SwapPss")) {
            row(text, none, 0);
        }
        row(text, "Locked", sum.locked);
    }

    private static void row(StringBuilder text, String name, long bytes) {
        text.append(String.format(Locale.ROOT, "%-16s%8d kB\n", name + ":", bytes >> 10));
    }

    private static String flags(ProcessImage.Held held) {
        String permissions = held.area().permissions();
        StringBuilder flags = new StringBuilder();
        flags.append(permissions.charAt(0) == 'r' ? "rd " : "")
                .append(permissions.charAt(1) == 'w' ? "wr " : "")
                .append(permissions.charAt(2) == 'x' ? "ex " : "")
                .append(isShared(held) ? "sh " : "")
                .append("mr mw me ");
        held.more().forEach(name -> flags.append(name).append(' '));
        return flags.toString();
    }

    /** {@code /proc/PID/pagemap}: eight bytes for each page, without the number of its frame, as Linux's for who is not privileged. */
    static byte[] pagemap(Process process) {
        List<ProcessImage.Held> all = held(process);
        long end = all.isEmpty() ? 0 : all.getLast().area().end();
        ByteBuffer map = ByteBuffer.allocate((int) (end / PAGE * Long.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        for (ProcessImage.Held held : all) {
            int first = (int) (held.area().start() / PAGE);
            BitSet own = isShared(held) ? new BitSet() : hasFile(held) ? held.written() : held.touched();
            held.touched().stream()
                    .forEach(page -> map.putLong((first + page) * Long.BYTES, own.get(page) ? PRESENT : PRESENT | OF_FILE));
        }
        return map.array();
    }
}
