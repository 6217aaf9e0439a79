/* Takes two connections, one after the other, from the socket that is descriptor 3, and sends back what comes in. The
 * directory behind it is found all the same. */
#include <poll.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#define LISTENER 3

static int echo(int connection) {
    static char buffer[100000];
    char first;
    if (recv(connection, &first, 1, MSG_PEEK) != 1) {
        return 1;
    }
    ssize_t count;
    while ((count = recv(connection, buffer, sizeof buffer, 0)) > 0) {
        if (buffer[0] != first && first != 0) {
            return 2;
        }
        first = 0;
        for (ssize_t done = 0; done < count;) {
            ssize_t sent = send(connection, buffer + done, count - done, 0);
            if (sent < 0) {
                return 3;
            }
            done += sent;
        }
    }
    return count < 0 || shutdown(connection, SHUT_WR) < 0 || close(connection) < 0 ? 4 : 0;
}

int main(void) {
    for (int i = 0; i < 2; i++) {
        struct pollfd wanted = {LISTENER, POLLIN, 0};
        if (poll(&wanted, 1, -1) != 1) {
            return 5;
        }
        int connection = accept(LISTENER, NULL, NULL);
        if (connection < 0) {
            perror("accept");
            return 6;
        }
        int failed = echo(connection);
        if (failed) {
            return failed;
        }
    }
    return access("/", F_OK) == 0 ? 0 : 7;
}
