/** The {@code javix} command. It stands on the public {@link org.javix.posix} API and on nothing else. */
package org.javix.command;
