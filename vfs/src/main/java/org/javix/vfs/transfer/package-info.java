/** Trees of files to and from directories of the host and tar archives. */
package org.javix.vfs.transfer;
