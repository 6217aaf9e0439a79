/** WASI preview 1 over the virtual file system. */
package org.javix.wasi;
