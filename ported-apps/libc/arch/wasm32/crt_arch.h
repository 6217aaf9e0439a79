/* crt/wasm32/crt1.c has the whole start. */
