package org.javix.wasm;

/** Reads a binary module (WebAssembly specification, section 5). */
final class Decoder {
    Decoder(byte[] bytes) {}

    Module module() {
        throw new UnsupportedOperationException();
    }
}
