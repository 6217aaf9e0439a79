/** Sockets: Unix-domain ones, TCP and UDP on a loopback of the sandbox's own, and epoll. */
package org.javix.net;
