package org.javix.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.javix.posix.Sandbox;
import org.javix.posix.SandboxTerminal;
import org.javix.userland.ImageFs;
import org.javix.wasm.CompileOptions;
import org.javix.wasm.Compiler;
import org.javix.wasm.Module;

/** What the JVM records for its ahead-of-time cache: the ways through the command that a start takes. */
final class Training {

    /** A module with a function {@code _start} that does nothing. */
    private static final String DO_NOTHING =
            "0061736d01000000" + "010401600000" + "03020100" + "070a01065f73746172740000" + "0a040102000b";

    /**
     * Work that is long enough for the JVM to learn which methods of the kernel and of the shell are worth compiling early.
     * Many more programs would take more from a short script than they give to a long one.
     */
    private static final String LOOPS = """
            i=0; while [ $i -lt 600 ]; do x=$(echo x); i=$((i+1)); done
            i=0; while [ $i -lt 200 ]; do seq 10 | grep 1 | wc -l; i=$((i+1)); done >/dev/null
            """;

    private Training() {}

    /** Runs them; the output does not matter. */
    public static void main(String[] arguments) {
        Main.commandLine().execute("shell", "-c", "echo x | cat; x=$(ls /); (exit 3)");
        Main.commandLine().execute("run", "ls", "-l", "/");
        Main.commandLine().execute("shell", "-c", LOOPS);
        try (HostTerminal terminal = HostTerminal.open();
                Sandbox sandbox = Sandbox.builder().build();
                SandboxTerminal guest = sandbox.newTerminal(terminal.rows(), terminal.columns())) {
            guest.resize(terminal.rows(), terminal.columns());
        } catch (CommandFailure | IOException e) {
            System.out.println("no terminal to record: " + e.getMessage());
        }
        try {
            wasi();
        } catch (IOException e) {
            System.out.println("no WASI program to record: " + e.getMessage());
        }
        System.exit(0);
    }

    /** The start of a WASI program, which is compiled each time, and the compiler, with a program that has all in it. */
    private static void wasi() throws IOException {
        Path file = Files.createTempFile("javix", ".wasm");
        try {
            Files.write(file, HexFormat.of().parseHex(DO_NOTHING));
            Main.commandLine().execute("run", "--trace", file.toString());
        } finally {
            Files.delete(file);
        }
        String image = System.getProperty("javix.userland");
        if (image != null) {
            try (Sandbox sandbox = Sandbox.builder().root(ImageFs.open(Path.of(image))).build()) {
                Compiler.compile(Module.decode(sandbox.files().read("/bin/cat")), CompileOptions.PLAIN);
            }
        }
    }
}
