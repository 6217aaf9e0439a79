/** The WebAssembly engine: decode, validate, compile to JVM classes, instances, fork. */
package org.javix.wasm;
