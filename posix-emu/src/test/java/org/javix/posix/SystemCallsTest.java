package org.javix.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.javix.posix.SystemCall.Status;
import org.junit.jupiter.api.Test;

class SystemCallsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @Test
    void everyCallHasANameAndANumberOfItsOwn() {
        Set<String> names = new HashSet<>();
        Set<Integer> numbers = new HashSet<>();
        for (SystemCall call : SystemCalls.all()) {
            assertTrue(names.add(call.name()), call.name());
            assertTrue(numbers.add(call.number()), call.name());
            for (String alias : call.aliases()) {
                assertTrue(names.add(alias), alias);
            }
        }
    }

    @Test
    void noCallHasMoreParametersThanAHostFunctionTakes() {
        for (SystemCall call : SystemCalls.all()) {
            assertTrue(call.parameters().size() <= 6, call.name());
        }
    }

    @Test
    void buffersAreFollowedByTheirLength() {
        for (SystemCall call : SystemCalls.all()) {
            List<Parameter> parameters = call.parameters();
            for (int i = 0; i < parameters.size(); i++) {
                switch (parameters.get(i).kind()) {
                    case INPUT, OUTPUT, IOVEC ->
                        assertEquals(Parameter.Kind.COUNT, parameters.get(i + 1).kind(), call.name());
                    default -> {}
                }
            }
        }
    }

    @Test
    void everyPartialCallSaysWhatIsMissing() {
        for (SystemCall call : SystemCalls.all()) {
            assertFalse(call.status() == Status.PARTIAL && call.note().isEmpty(), call.name());
        }
    }

    @Test
    void everyApiModuleHasCalls() {
        for (ApiModule module : ApiModule.values()) {
            assertTrue(SystemCalls.all().stream().anyMatch(call -> call.module() == module), module.name());
        }
    }

    @Test
    void theStatusPageIsUpToDate() throws IOException {
        assertEquals(GenerateStatusPage.page(), Files.readString(ROOT.resolve("docs/posix-status.md")));
    }

    @Test
    void theGuestsDeclarationsAreUpToDate() throws IOException {
        Path header = ROOT.resolve("ported-apps/libc/arch/wasm32/javix_calls.h");
        assertEquals(GenerateHeader.header(), Files.readString(header));
    }
}
