/**
 * The vector instructions (WebAssembly specification, section 4.3.6), for compiled code only.
 *
 * <p>A v128 is two longs. Each class is a shape, named as in the instructions' names, and most of its methods compute
 * one half of a result from the same half of the operands. Lane 0 lies in the lowest bits. Integer lanes are computed
 * all at once within the long (SWAR). No method has state or allocates.
 */
package org.javix.wasm.simd;
