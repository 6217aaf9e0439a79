package org.javix.wasi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Socket calls, on a socket that records what it is asked to do. */
class SockFunctionsTest {
    private static final int SUCCESS = 0;
    private static final int EAGAIN = 6;
    private static final int EFAULT = 21;
    private static final int EINVAL = 28;

    private static final long VECTOR = 0;
    private static final long RESULT = 16;
    private static final long FLAGS = 20;
    private static final long TEXT = 1024;

    private final Caller caller = new Caller();
    private final Mailbox mailbox = new Mailbox(true);

    SockFunctionsTest() {
        caller.files.put(5, mailbox, false);
        caller.putInt(VECTOR, (int) TEXT);
        caller.putInt(VECTOR + 4, 4);
    }

    @Test
    void acceptsAConnection() {
        assertEquals(SUCCESS, caller.call("sock_accept", 5, 0, RESULT));
        assertEquals(0, caller.getInt(RESULT));
        assertEquals(EAGAIN, caller.call("sock_accept", 5, 4, RESULT));
        assertEquals(EINVAL, caller.call("sock_accept", 5, 64, RESULT));
        assertEquals("accept 0\naccept 2048\n", mailbox.calls.toString());
    }

    @Test
    void receivesAndSaysWhatWasCutOff() {
        mailbox.deliver("abc");
        assertEquals(SUCCESS, caller.call("sock_recv", 5, VECTOR, 1, 0, RESULT, FLAGS));
        assertEquals(3, caller.getInt(RESULT));
        assertEquals(0, caller.getInt(FLAGS));
        mailbox.deliver("abcdef");
        assertEquals(SUCCESS, caller.call("sock_recv", 5, VECTOR, 1, 3, RESULT, FLAGS));
        assertEquals("abcd", caller.get(TEXT, caller.getInt(RESULT)));
        assertEquals(1, caller.getInt(FLAGS));
        assertEquals("receive 0\nreceive 258\n", mailbox.calls.toString());
        assertEquals(EINVAL, caller.call("sock_recv", 5, VECTOR, 1, 4, RESULT, FLAGS));
        assertEquals(EFAULT, caller.call("sock_recv", 5, VECTOR, 1, 0, RESULT, 65_535));
    }

    @Test
    void sends() {
        caller.put(TEXT, "word");
        assertEquals(SUCCESS, caller.call("sock_send", 5, VECTOR, 1, 0, RESULT));
        assertEquals(4, caller.getInt(RESULT));
        assertEquals("word", mailbox.sent.toString());
        assertEquals(EINVAL, caller.call("sock_send", 5, VECTOR, 1, 1, RESULT));
    }

    @Test
    void shutsDown() {
        assertEquals(SUCCESS, caller.call("sock_shutdown", 5, 1));
        assertEquals(SUCCESS, caller.call("sock_shutdown", 5, 2));
        assertEquals(SUCCESS, caller.call("sock_shutdown", 5, 3));
        assertEquals(EINVAL, caller.call("sock_shutdown", 5, 0));
        assertEquals(EINVAL, caller.call("sock_shutdown", 5, 4));
        assertEquals("shutdown 0\nshutdown 1\nshutdown 2\n", mailbox.calls.toString());
    }

    @Test
    void saysThatItIsASocket() {
        assertEquals(SUCCESS, caller.call("fd_fdstat_get", 5, TEXT));
        assertEquals(5, caller.getInt(TEXT) & 0xff);
    }
}
