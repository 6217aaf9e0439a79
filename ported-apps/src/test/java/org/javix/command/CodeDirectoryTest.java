package org.javix.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CodeDirectoryTest {
    @Test
    void theUsersCacheDirectoryHoldsIt() {
        assertEquals(Path.of("/home/u/.cache/javix/code"), CodeDirectory.of(Map.of(), "/home/u"));
        assertEquals(Path.of("/c/javix/code"), CodeDirectory.of(Map.of("XDG_CACHE_HOME", "/c"), "/home/u"));
        assertEquals(Path.of("/j/code"), CodeDirectory.of(Map.of("XDG_CACHE_HOME", "/c", "JAVIX_CACHE", "/j"), "/home/u"));
    }

    @Test
    void relativeNamesDoNotCount() {
        assertEquals(Path.of("/home/u/.cache/javix/code"), CodeDirectory.of(Map.of("XDG_CACHE_HOME", "c"), "/home/u"));
        assertNull(CodeDirectory.of(Map.of("XDG_CACHE_HOME", ""), "?"));
        assertNull(CodeDirectory.of(Map.of(), null));
    }
}
