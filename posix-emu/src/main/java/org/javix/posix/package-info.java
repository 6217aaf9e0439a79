/** The optional POSIX API modules, and the public {@code Sandbox} API. */
package org.javix.posix;
