package org.javix.wasm;

/** Validates a module (WebAssembly specification, section 3 and appendix). */
final class Validator {
    Validator(Module module) {}

    void validate() {
        // Not yet.
    }
}
