/** The operating system: processes, signals, wait, pipes, sockets, locks and terminals. */
package org.javix.process;
