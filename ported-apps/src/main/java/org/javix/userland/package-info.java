/** The userland image: the files that a sandbox starts with, and the compiled code of its programs. */
package org.javix.userland;
