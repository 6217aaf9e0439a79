package org.javix.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.BitSet;
import java.util.List;
import org.javix.vfs.Credentials;
import org.javix.vfs.Errno;
import org.javix.vfs.FdTable;
import org.javix.vfs.FileCalls;
import org.javix.vfs.FsContext;
import org.javix.vfs.Mount;
import org.javix.vfs.Mounts;
import org.javix.vfs.OpenFile;
import org.javix.vfs.OpenFlags;
import org.javix.vfs.Result;
import org.javix.vfs.Stat;
import org.javix.vfs.TmpFs;
import org.javix.vfs.Waiter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What processes of several users read in {@code /proc}. */
class ProcFsTest {
    private final Mounts mounts = new Mounts(TmpFs.create(TmpFs.UNLIMITED, TmpFs.UNLIMITED, InstantSource.system()));
    private final Kernel kernel = new Kernel(mounts);
    private final FsContext root = new FsContext(mounts, Credentials.ROOT);
    private final Process process;

    /** A program with little to show. */
    private record Image() implements ProcessImage {
        @Override
        public long lockedBytes() {
            return 8192;
        }

        @Override
        public long virtualBytes() {
            return 8192;
        }

        @Override
        public List<Area> areas() {
            return List.of(new Area(0, 8192, "rw-p", 0, 0, 0, "[heap]"));
        }

        @Override
        public long mostResidentBytes() {
            return 20480;
        }

        @Override
        public long peakVirtualBytes() {
            return 12288;
        }

        @Override
        public List<Held> held() {
            Area file = new Area(12288, 20480, "r--p", 4096, 5, 7, "/file");
            return List.of(
                    new Held(areas().getFirst(), BitSet.valueOf(new long[] {2}), BitSet.valueOf(new long[] {2}), true, List.of("lo")),
                    new Held(file, BitSet.valueOf(new long[] {3}), BitSet.valueOf(new long[] {1}), false, List.of()));
        }

        @Override
        public byte[] commandLine() {
            return null;
        }

        @Override
        public List<String> environment() {
            return List.of("A=1", "B=2");
        }
    }

    ProcFsTest() {
        for (String directory : List.of("/proc", "/home", "/home/sub", "/mnt")) {
            FileCalls.mkdir(root, null, directory, 0755);
        }
        int flags = Mount.NO_SET_ID | Mount.NO_DEVICES | Mount.NO_EXEC;
        FileCalls.mount(root, "/proc", ProcFs.of(kernel), flags, "proc");
        process = kernel.newProcess(user(5), new FdTable());
        process.setGuest(new Image());
        process.execed("/bin/sh", "/bin/sh", List.of("sh", "-c", "x y"));
        FileCalls.chdir(process.fs(), null, "/home");
    }

    @AfterEach
    void end() {
        kernel.close();
    }

    private FsContext user(int uid) {
        return new FsContext(mounts, Credentials.of(uid, uid));
    }

    private String read(FsContext who, String name) {
        Result<OpenFile> opened =
                FileCalls.open(who, Waiter.uninterruptible(), null, path(name), OpenFlags.O_RDONLY, 0);
        if (opened.isFailure()) {
            return Errno.name(-opened.error());
        }
        byte[] bytes = new byte[1 << 14];
        long count = opened.value().read(Waiter.uninterruptible(), MemorySegment.ofArray(bytes), 0, bytes.length);
        opened.value().release();
        return new String(bytes, 0, (int) count, StandardCharsets.ISO_8859_1);
    }

    private String path(String name) {
        return name.startsWith("/") ? name : "/proc/" + process.pid() + "/" + name;
    }

    private String link(FsContext who, String name) {
        Result<String> target = FileCalls.readLink(who, null, path(name));
        return target.isFailure() ? Errno.name(-target.error()) : target.value();
    }

    @Test
    void whatIsPrivateIsSeenByItsUserAndTheSuperuser() {
        for (FsContext who : List.of(root, user(5))) {
            assertEquals("A=1\0B=2\0", read(who, "environ"));
            assertEquals("/home", link(who, "cwd"));
            assertEquals("/bin/sh", link(who, "exe"));
            assertTrue(read(who, "maps").startsWith("00000000-00002000 rw-p 00000000 00:00 0 "));
        }
        FsContext stranger = user(6);
        for (String name : List.of("environ", "maps", "smaps", "smaps_rollup", "pagemap", "io", "fd/0")) {
            assertEquals("EACCES", read(stranger, name), name);
        }
        for (String name : List.of("cwd", "root", "exe")) {
            assertEquals("EACCES", link(stranger, name), name);
        }
        assertEquals("sh\0-c\0x y\0", read(stranger, "cmdline"));
        assertEquals("sh\n", read(stranger, "comm"));
    }

    @Test
    void areasTellWhatTheyHold() {
        String smaps = read(root, "smaps");
        assertTrue(smaps.contains("[heap]\nSize:                  8 kB\nKernelPageSize:        4 kB\n"), smaps);
        assertTrue(smaps.contains("Anonymous:             4 kB\n"), smaps);
        assertTrue(smaps.contains("Locked:                4 kB\nTHPeligible:           0\nVmFlags: rd wr mr mw me lo \n"), smaps);
        assertTrue(smaps.contains("/file\nSize:                  8 kB\n"), smaps);
        assertTrue(smaps.contains("Rss:                   8 kB\n"), smaps);
        assertTrue(smaps.contains("Private_Clean:         4 kB\nPrivate_Dirty:         4 kB\n"), smaps);
        String rollup = read(root, "smaps_rollup");
        assertTrue(rollup.startsWith("00000000-00005000 ---p 00000000 00:00 0 "), rollup);
        assertTrue(rollup.contains("\nPss_Anon:              8 kB\nPss_File:              4 kB\n"), rollup);
        // Page 1 is the process's own, 3 too, 4 the file's.
        assertEquals(
                "\0".repeat(8) + "\0\0\0\0\0\0\0\u0080" + "\0".repeat(8) + "\0\0\0\0\0\0\0\u0080" + "\0\0\0\0\0\0\0\u00a0",
                read(root, "pagemap"));
    }

    @Test
    void fieldsAreWhereProgramsLookForThem() {
        String[] stat = read(root, "stat").stripTrailing().split(" ");
        assertEquals(52, stat.length);
        assertEquals("(sh)", stat[1]);
        assertEquals("8192", stat[22]);
        assertEquals("3", stat[23], "as statm and status say");
        assertEquals("4 3 1 0 0 4 0\n", read(root, "statm"));
        String status = read(root, "status");
        assertTrue(status.contains("\nUid:\t5\t5\t5\t5\n"), status);
        assertTrue(status.contains("\nVmPeak:\t      12 kB\nVmSize:\t      16 kB\n"), status);
        assertTrue(status.contains("\nVmHWM:\t      20 kB\nVmRSS:\t      12 kB\nRssAnon:\t       8 kB\nRssFile:\t       4 kB\n"), status);
        assertTrue(status.contains("\nVmLck:\t       8 kB\n"), status);
        assertTrue(status.contains("\nThreads:\t1\n"), status);
        assertTrue(read(root, "limits").contains("\nMax open files            "));
        assertTrue(read(root, "/proc/meminfo").startsWith("MemTotal:        4194304 kB\nMemFree:"));
        assertTrue(read(root, "/proc/stat").matches("(?s)cpu  \\d+ 0 0 \\d+ .*\nbtime \\d+\n.*"));
        assertTrue(read(root, "/proc/uptime").matches("\\d+\\.\\d\\d \\d+\\.\\d\\d\n"));
        assertTrue(read(root, "/proc/loadavg").matches("(\\d+\\.\\d\\d ){3}\\d+/\\d+ \\d+\n"));
        assertEquals("Linux\n", read(root, "/proc/sys/kernel/ostype"));
        assertEquals(37, read(root, "/proc/sys/kernel/random/uuid").length());
        assertEquals(read(root, "stat"), read(root, "task/" + process.pid() + "/stat"));
    }

    @Test
    void aDescriptorLeadsToItsFileEvenIfThatIsDeleted() {
        OpenFile file = FileCalls.open(
                root, Waiter.uninterruptible(), null, "/home/f", OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0600).value();
        int fd = process.files().add(file, 3, true);
        file.write(Waiter.uninterruptible(), MemorySegment.ofArray("data".getBytes()), 0, 4);
        assertEquals("/home/f", link(root, "fd/" + fd));
        assertEquals(0, FileCalls.unlink(root, null, "/home/f"));
        assertEquals("/home/f (deleted)", link(root, "fd/" + fd));
        assertEquals("data", read(root, "fd/" + fd));
        assertTrue(read(root, "fdinfo/" + fd).startsWith("pos:\t4\nflags:\t02000002\nmnt_id:\t1\nino:\t"));
        assertEquals("EACCES", link(user(6), "fd/" + fd));
        assertEquals("ENOENT", read(root, "fd/77"));
    }

    @Test
    void mountsAreThoseThatCanBeReached() {
        assertEquals(0, FileCalls.mount(root, "none", "/mnt", "tmpfs", Mount.NO_EXEC, "size=1m"));
        assertEquals(0, FileCalls.mount(root, "none", "/home/sub", "tmpfs", 0, "size=64k"));
        assertEquals(0, FileCalls.mount(root, "/home", "/mnt", null, 4096, ""));
        assertEquals("""
                tmpfs / tmpfs rw,relatime,mode=755 0 0
                proc /proc proc rw,nosuid,nodev,noexec,relatime 0 0
                none /mnt tmpfs rw,noexec,relatime,size=1024k 0 0
                none /home/sub tmpfs rw,relatime,size=64k 0 0
                tmpfs /mnt tmpfs rw,relatime,mode=755 0 0
                """, read(root, "mounts"));
        String last = read(root, "mountinfo").lines().toList().getLast();
        assertTrue(last.matches("5 3 0:\\d+ /home /mnt rw,relatime - tmpfs tmpfs rw,mode=755"), last);
        assertEquals(0, FileCalls.chroot(root, null, "/home"));
        Process caged = kernel.newProcess(root.fork(), new FdTable());
        String seen = ProcMounts.mounts(caged);
        assertEquals("none /sub tmpfs rw,relatime,size=64k 0 0\n", seen);
    }

    @Test
    void nothingCanBeChanged() {
        assertEquals(-Errno.ENOENT, FileCalls.mkdir(root, null, "/proc/x", 0755));
        assertEquals(-Errno.EPERM, FileCalls.unlink(root, null, "/proc/version"));
        assertEquals(-Errno.EPERM, FileCalls.chmod(root, null, "/proc/version", 0, 0));
        Stat stat = new Stat();
        assertEquals(0, FileCalls.stat(root, null, path("fd"), 0, stat));
        assertEquals(0040500, stat.mode);
        assertEquals(5, stat.uid);
    }
}
