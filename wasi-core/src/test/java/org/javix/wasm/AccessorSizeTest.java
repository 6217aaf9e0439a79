package org.javix.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.reflect.AccessFlag;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both of HotSpot's compilers inline the accessors of memory, however rarely one is called where. */
class AccessorSizeTest {
    /** HotSpot's {@code MaxInlineSize} and {@code C1MaxInlineSize}, in bytes. */
    private static final int INLINED = 35;

    @ParameterizedTest
    @ValueSource(classes = {LoadStore.class, PagedLoadStore.class})
    void accessorsAreSmallEnoughToBeInlined(Class<?> accessors) throws IOException {
        List<MethodModel> methods;
        try (InputStream in = accessors.getResourceAsStream(accessors.getSimpleName() + ".class")) {
            methods = ClassFile.of().parse(in.readAllBytes()).methods().stream()
                    .filter(method -> method.flags().has(AccessFlag.STATIC) && method.code().isPresent())
                    .toList();
        }
        long getsAndSets = methods.stream()
                .map(method -> method.methodName().stringValue())
                .filter(name -> name.matches("[gs]et[IF](8|16|32|64)"))
                .count();
        assertEquals(12, getsAndSets);
        for (MethodModel method : methods) {
            int bytes = ((CodeAttribute) method.code().orElseThrow()).codeLength();
            boolean once = method.methodName().equalsString("<clinit>");
            assertTrue(once || bytes <= INLINED, method.methodName().stringValue() + ": " + bytes + " bytes");
        }
    }
}
