package org.javix.wasi;

import java.io.IOException;
import java.nio.file.Path;

/** The test programs in C, for tests of other packages. */
public final class GuestPrograms {
    private GuestPrograms() {}

    /** The binary of {@code src/test/c/NAME}. */
    public static byte[] c(String name, String... options) throws IOException, InterruptedException {
        return GuestToolchain.c(Path.of("src", "test", "c").resolve(name), options);
    }
}
