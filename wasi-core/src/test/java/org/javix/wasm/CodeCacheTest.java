package org.javix.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept on disk is used when it is whole, and costs a compilation when it is not. */
class CodeCacheTest {
    private static final byte[] SEVEN = WatModule.assemble("(module (func (export \"f\") (result i32) i32.const 7))");
    private static final byte[] EIGHT = WatModule.assemble("(module (func (export \"f\") (result i32) i32.const 8))");

    @TempDir
    Path temporary;

    private Path directory() {
        return temporary.resolve("cache");
    }

    /** Runs a module through a cache that has nothing in memory; answers how often it compiled. */
    private int run(byte[] module, int expected) {
        CodeCache cache = new CodeCache(directory());
        assertEquals(expected, result(cache, module));
        return cache.compilations();
    }

    private static long result(CodeCache cache, byte[] module) {
        try {
            return cache.load(module, CompileOptions.PLAIN).instantiate(new Imports()).call("f");
        } catch (Unwind e) {
            throw new AssertionError(e);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory())) {
            return files.toList();
        }
    }

    @Test
    void aSecondStartCompilesNothing() throws Exception {
        assertEquals(1, run(SEVEN, 7));
        assertEquals(0, run(SEVEN, 7));
        assertEquals(1, run(EIGHT, 8));
        assertEquals(2, files().size());
    }

    @Test
    void whatWasNotUsedForLongIsDeletedWhereThereIsTooMuch() throws Exception {
        run(SEVEN, 7);
        Path seven = files().getFirst();
        run(EIGHT, 8);
        Path eight = files().stream().filter(file -> !file.equals(seven)).findFirst().orElseThrow();
        Files.setLastModifiedTime(seven, FileTime.fromMillis(1_000));
        Files.setLastModifiedTime(eight, FileTime.fromMillis(2_000));
        assertEquals(0, run(SEVEN, 7), "used again");
        new CodeCache(directory()).prune(Files.size(seven) + Files.size(eight));
        assertEquals(2, files().size());
        new CodeCache(directory()).prune(Files.size(seven) + Files.size(eight) - 1);
        assertEquals(List.of(seven), files());
    }

    @Test
    void aDamagedEntryIsReplaced() throws Exception {
        run(SEVEN, 7);
        Path entry = files().getFirst();
        byte[] whole = Files.readAllBytes(entry);
        Random random = new Random(1);
        for (int i = 0; i < 40; i++) {
            byte[] damaged = whole.clone();
            if (i % 2 == 0) {
                damaged = java.util.Arrays.copyOf(whole, random.nextInt(whole.length));
            } else {
                damaged[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Files.write(entry, damaged);
            assertEquals(1, run(SEVEN, 7), "entry " + i);
            assertEquals(0, run(SEVEN, 7), "after entry " + i);
        }
    }

    @Test
    void anEntryUnderAnotherNameIsReplaced() throws Exception {
        run(SEVEN, 7);
        Path seven = files().getFirst();
        run(EIGHT, 8);
        Path eight = files().stream().filter(file -> !file.equals(seven)).findFirst().orElseThrow();
        Files.write(eight, Files.readAllBytes(seven));
        assertEquals(1, run(EIGHT, 8));
        assertEquals(0, run(EIGHT, 8));
    }

    @Test
    void aDirectoryThatOthersCanWriteToIsNotUsed() throws Exception {
        run(SEVEN, 7);
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(directory())));
        Files.setPosixFilePermissions(directory(), PosixFilePermissions.fromString("rwxrwxrwx"));
        assertEquals(1, run(SEVEN, 7));
        assertEquals(1, run(EIGHT, 8));
        assertEquals(1, files().size());
    }

    @Test
    void aDirectoryOfAnotherUserIsNotUsed() throws Exception {
        run(SEVEN, 7);
        assumeTrue(Files.getAttribute(directory(), "unix:uid").equals(0), "only root can give files away");
        Files.setAttribute(directory(), "unix:uid", 12345);
        assertEquals(1, run(SEVEN, 7));
        assertEquals(1, run(EIGHT, 8));
        assertEquals(1, files().size());
    }

    @Test
    void whatCannotBeKeptRuns() throws Exception {
        Files.writeString(directory(), "a file where the directory should be");
        assertEquals(1, run(SEVEN, 7));
        assertEquals(1, run(SEVEN, 7));
    }

    @Test
    void threadsDoNotDisturbOneAnother() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<Integer>> runs = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                Callable<Integer> task = i % 2 == 0 ? () -> run(SEVEN, 7) : () -> run(EIGHT, 8);
                runs.add(threads.submit(task));
            }
            for (Future<Integer> run : runs) {
                assertTrue(run.get() <= 1);
            }
        }
        assertEquals(2, files().size());
        assertEquals(0, run(SEVEN, 7));
    }

    @Test
    void processesDoNotDisturbOneAnother() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            processes.add(start(""));
        }
        for (Process process : processes) {
            assertEquals("7 8", finish(process));
        }
        assertEquals(2, files().size());
        assertEquals(0, run(SEVEN, 7));
    }

    @Test
    void aFullDiskLeavesNothingBehind() throws Exception {
        // A limit of 512 bytes for each file stands for the full disk.
        assertEquals("7 8", finish(start("ulimit -f 1; ")));
        assertEquals(List.of(), files());
    }

    private Process start(String before) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        "sh", "-c", before + "exec \"$@\"", "sh", java, "-XX:-UsePerfData", "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                        CodeCacheTest.class.getName(), directory().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String finish(Process process) throws Exception {
        String output = new String(process.getInputStream().readAllBytes());
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertFalse(process.isAlive());
        return output;
    }

    /** Another process: runs both modules through the cache in the directory that is named. */
    public static void main(String[] arguments) {
        CodeCache cache = new CodeCache(Path.of(arguments[0]));
        System.out.print(result(cache, SEVEN) + " " + result(cache, EIGHT));
    }
}
