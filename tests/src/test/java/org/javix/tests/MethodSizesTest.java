package org.javix.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** No function of the userland's programs is left to HotSpot's interpreter for its size. */
class MethodSizesTest {
    /** HotSpot's HugeMethodLimit, in bytes of bytecode. */
    private static final int LIMIT = 8_000;

    @Test
    void hotSpotCompilesEveryMethodOfEveryProgram() throws IOException {
        String name = System.getProperty("javix.programs");
        assumeTrue(name != null && Files.exists(Path.of(name)), "the userland is not built");
        int methods = 0;
        List<String> tooLarge = new ArrayList<>();
        try (JarFile jar = new JarFile(name)) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                if (!entry.getName().endsWith(".class")) {
                    continue;
                }
                byte[] file;
                try (InputStream in = jar.getInputStream(entry)) {
                    file = in.readAllBytes();
                }
                for (MethodModel method : ClassFile.of().parse(file).methods()) {
                    methods++;
                    int size = method.code().map(code -> ((CodeAttribute) code).codeLength()).orElse(0);
                    if (size > LIMIT) {
                        tooLarge.add(entry.getName() + " " + method.methodName() + " " + size);
                    }
                }
            }
        }
        assertTrue(methods > 10_000, "only " + methods + " methods");
        assertEquals(List.of(), tooLarge);
    }
}
