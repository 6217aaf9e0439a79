package org.javix.wasm;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.javix.wasm.Module.Code;
import org.javix.wasm.Sexpr.Node;
import org.junit.jupiter.api.Test;

/**
 * Mutates the code of the official suite's modules: each mutant is refused, or its code passes the JVM's
 * verifier. A mutant is compiled as if every import suspended, so that resume bodies are verified too.
 */
class MutatedModuleTest {
    private static final int MUTANTS = Integer.getInteger("javix.mutants", 1_000);
    private static final Path KEPT = Path.of("target", "mutant.wasm");
    private static final CompileOptions SUSPENDING = new CompileOptions("suspending", (module, imported) -> true);

    @Test
    void mutantsAreRefusedOrCompile() throws IOException {
        assumeTrue(Files.exists(SpecArchive.PATH), () -> "skipped: there is no " + SpecArchive.PATH);
        List<byte[]> modules = modules();
        Random random = new Random(Long.getLong("javix.seed", 1));
        int compiled = 0;
        for (int i = 0; i < MUTANTS; i++) {
            byte[] mutant = mutant(modules.get(random.nextInt(modules.size())), random);
            try {
                verify(Compiler.classes(Module.decode(mutant), SUSPENDING));
                compiled++;
            } catch (InvalidModuleException | UnsupportedFeature e) {
                // Refused.
            } catch (RuntimeException | LinkageError | ClassNotFoundException e) {
                Files.write(KEPT, mutant);
                fail("mutant " + i + ", kept in " + KEPT, e);
            }
        }
        assertTrue(compiled > MUTANTS / 10, "only " + compiled + " mutants compiled");
    }

    private static byte[] mutant(byte[] module, Random random) {
        byte[] bytes = module.clone();
        List<Code> code = Module.decode(bytes).code();
        for (int n = random.nextInt(1, 4); n > 0; n--) {
            Code body = code.get(random.nextInt(code.size()));
            int at = random.nextInt(body.start(), body.end());
            bytes[at] = switch (random.nextInt(3)) {
                case 0 -> (byte) random.nextInt(0x20);
                case 1 -> (byte) random.nextInt();
                default -> bytes[random.nextInt(body.start(), body.end())];
            };
        }
        return bytes;
    }

    /** The suite's small valid modules that have code. */
    private static List<byte[]> modules() throws IOException {
        List<byte[]> modules = new ArrayList<>();
        for (Map.Entry<String, String> script : SpecArchive.scripts().entrySet()) {
            if (script.getKey().startsWith("annotations") || script.getKey().contains("/custom")) {
                continue;
            }
            for (Sexpr command : Sexpr.parse(script.getValue())) {
                if (command instanceof Node node && node.is("module")) {
                    try {
                        byte[] bytes = SpecScript.binary(node);
                        if (bytes.length < 5_000 && !Module.decode(bytes).code().isEmpty()) {
                            modules.add(bytes);
                        }
                    } catch (WatException | InvalidModuleException e) {
                        // Not of the kind that is looked for.
                    }
                }
            }
        }
        return modules;
    }

    /** Loads all classes, so that the JVM verifies them. */
    private static void verify(Map<String, byte[]> classes) throws ClassNotFoundException {
        ClassLoader loader = new ClassLoader(Instance.class.getClassLoader()) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                byte[] bytes = classes.get(name);
                if (bytes == null) {
                    throw new ClassNotFoundException(name);
                }
                return defineClass(name, bytes, 0, bytes.length);
            }
        };
        for (String name : classes.keySet()) {
            Class.forName(name, true, loader);
        }
    }
}
