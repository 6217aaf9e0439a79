package org.javix.posix;

import java.io.ByteArrayOutputStream;
import org.javix.wasm.CompileOptions;
import org.javix.wasm.Compiler;
import org.javix.wasm.Imports;
import org.javix.wasm.Instance;
import org.javix.wasm.Module;

/** Instances that have a memory and nothing else. */
final class TestInstance {
    private TestInstance() {}

    /** An instance whose memory has as many pages of 64 KiB, fewer than 64. */
    static Instance withMemory(int pages) {
        return of(pages, CompileOptions.PLAIN);
    }

    /** The same, but accesses ask a page table. */
    static Instance withProtectedMemory(int pages) {
        return of(pages, CompileOptions.PLAIN.withProtection(module -> true));
    }

    private static Instance of(int pages, CompileOptions options) {
        ByteArrayOutputStream binary = new ByteArrayOutputStream();
        binary.writeBytes(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
        binary.writeBytes(new byte[] {5, 3, 1, 0, (byte) pages});
        return Compiler.compile(Module.decode(binary.toByteArray()), options)
                .instantiate(new Imports());
    }
}
