package org.javix.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.javix.posix.Sandbox;
import org.javix.vfs.Credentials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Mounts that programs make, mounts that the embedder makes, and what goes in and out. */
@Timeout(120)
class MountProgramTest {
    @TempDir
    Path directory;

    private static Sandbox.Builder builder() throws IOException {
        return JavixMachine.builder().user(Credentials.ROOT);
    }

    private static String sh(Sandbox sandbox, String script) throws IOException {
        return sandbox.command("sh", "-c", script).mergeError().run().text();
    }

    @Test
    void mountsSayWhenTimesOfAccessAreSet() throws Exception {
        byte[] program = GuestCompiler.JAVIX.compile(Path.of("src/sandboxed/access_times.c"));
        try (Sandbox sandbox = builder().build()) {
            sandbox.files().write("/tmp/access_times", program, 0755);
            assertEquals("""
                    relatime: file 0 1, directory 0 1, rw,relatime
                    noatime: file 0 0, directory 0 0, rw,noatime
                    nodiratime: file 0 1, directory 0 0, rw,nodiratime,relatime
                    strictatime: file 1 1, directory 1 1, rw
                    remount, noatime: file 0 0, directory 0 0, rw,noatime
                    remount, nothing said: file 0 0, directory 0 0, rw,noatime
                    remount, relatime: file 0 1, directory 0 1, rw,relatime
                    """, sh(sandbox, "/tmp/access_times"));
        }
    }

    @Test
    void theSuperuserMountsWhatCannotReachTheHost() throws Exception {
        byte[] program = GuestCompiler.JAVIX.compile(Path.of("src/sandboxed/mounts.c"));
        try (Sandbox sandbox = builder().build()) {
            sandbox.files().write("/tmp/mounts", program, 0755);
            assertEquals("""
                    tmpfs: ok
                    type 1021994, 16 blocks
                    umount in use: Device or resource busy
                    remount in use: Device or resource busy
                    remount: ok
                    create: Read-only file system
                    overlay: ok
                    unlink: ok
                    whiteout: ok
                    character device 1, number 0
                    bind: ok
                    rename across: Invalid cross-device link
                    proc: ok
                    self: ok
                    disk: No such device
                    remove a mount point: Device or resource busy
                    chroot: ok
                    none /tmp tmpfs ro,relatime,size=64k,nr_inodes=1048576,mode=700 0 0
                    overlay /all overlay rw,relatime,lowerdir=/m/low,upperdir=/m/up,workdir=/m/work 0 0
                    tmpfs /bound tmpfs rw,relatime,size=1048576k,nr_inodes=1048576,mode=755 0 0
                    proc /proc proc rw,relatime 0 0
                    lazy umount: ok
                    umount: ok
                    """, sandbox.command("/tmp/mounts").mergeError().run().text());
        }
    }

    @Test
    void usersAndGroupsHaveQuotas() throws Exception {
        byte[] program = GuestCompiler.JAVIX.compile(Path.of("src/sandboxed/quotas.c"));
        try (Sandbox sandbox = builder().build()) {
            sandbox.files().write("/tmp/quotas", program, 0755);
            assertEquals(Files.readString(Path.of("src/sandboxed/quotas.expected")), sh(sandbox, "/tmp/quotas"));
        }
    }

    @Test
    void theEmbedderLimitsEachUser() throws IOException {
        try (Sandbox sandbox = builder().user(Credentials.of(1000, 1000)).limitUsers(1 << 16, 3).build()) {
            assertEquals("65536\n", sh(sandbox, "cd /tmp; head -c 65536 /dev/zero >a; wc -c <a"));
            assertTrue(sh(sandbox, "cat /etc/passwd >/tmp/b").contains("Disk quota exceeded"));
            assertTrue(sh(sandbox, "cd /tmp; : >c; : >d").contains("d: Disk quota exceeded"));
            assertEquals("y\n", sh(sandbox, "cd /tmp; rm a b; echo y >c; cat c"));
        }
    }

    @Test
    void theEmbedderMountsHostFilesThreeWays() throws IOException {
        Path host = Files.createDirectory(directory.resolve("host"));
        Files.writeString(host.resolve("f"), "host\n");
        Path single = Files.writeString(directory.resolve("single"), "one\n");
        URI uri = URI.create("jar:" + directory.resolve("a.zip").toUri());
        try (FileSystem zip = FileSystems.newFileSystem(uri, Map.of("create", "true"))) {
            Files.writeString(zip.getPath("/zipped"), "zip\n");
            try (Sandbox sandbox = builder()
                    .mount(host, "/ro")
                    .mountOverlay(host, "/overlay")
                    .mountWritable(host, "/rw")
                    .mount(single, "/etc/single")
                    .mountOverlay(zip.getPath("/"), "/zip")
                    .tmpfs("/small", 1 << 16, 10)
                    .build()) {
                assertEquals("host\nhost\none\nzip\n", sh(sandbox, "cat /ro/f /overlay/f /etc/single /zip/zipped"));
                assertTrue(sh(sandbox, "echo x >/ro/f").contains("Read-only file system"));
                assertEquals("", sh(sandbox, "echo mine >/overlay/f; rm -f /overlay/none; echo theirs >/rw/g; echo x >/zip/new"));
                assertEquals("host\n", Files.readString(host.resolve("f")));
                assertEquals("theirs\n", Files.readString(host.resolve("g")));
                assertEquals("f\ng\nmine\n", sh(sandbox, "ls /overlay; cat /overlay/f"));
                assertEquals("", sh(sandbox, "mv /overlay /moved 2>/dev/null; mkdir /overlay/d && mv /overlay/f /overlay/d/f"));
                assertFalse(Files.exists(host.resolve("d")));
                assertTrue(sh(sandbox, "head -c 100000 /dev/zero >/small/f").contains("No space left on device"));
            }
        }
    }

    @Test
    void treesGoInAndOutAsArchivesAndAsPathsOfJava() throws IOException {
        try (Sandbox one = builder().build();
                Sandbox other = builder().build()) {
            sh(one, "mkdir /w; cd /w; echo text >f; ln f hard; ln -s f soft; mkfifo p; chmod 750 f; touch -d @1234567890 f");
            ByteArrayOutputStream archive = new ByteArrayOutputStream();
            one.files().exportTar("/w", archive);
            other.files().importTar(new ByteArrayInputStream(archive.toByteArray()), "/w");
            String list = "cd /w; stat -c '%n %A %h %Y' f hard; readlink soft; test -p p && echo fifo";
            assertEquals(sh(one, list), sh(other, list));
            Path root = other.fileSystem().getPath("/w");
            assertEquals("text\n", Files.readString(root.resolve("soft")));
            Files.copy(root.resolve("f"), root.resolve("copy"));
            Files.move(root.resolve("copy"), root.resolve("moved"));
            assertEquals("text\n", sh(other, "cat /w/moved"));
        }
    }
}
