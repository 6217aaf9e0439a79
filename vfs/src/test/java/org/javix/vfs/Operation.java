package org.javix.vfs;

import java.util.function.Function;

/**
 * One call of a comparison, on both sides. Each side tells in words what came of it.
 *
 * @param text what is done, for the report of a failure
 * @param call the call on Linux
 * @param there what Linux's reply comes to
 * @param here makes the call in a {@link VfsProcess} and tells what came of it
 */
record Operation(
        String text, LinuxCall call, Function<LinuxCall.Reply, String> there, Function<VfsProcess, String> here) {

    /** A call of which only success or the errno counts. */
    static Operation plain(String text, LinuxCall call, Function<VfsProcess, Integer> here) {
        return new Operation(text, call, reply -> Tree.name(reply.result()), process -> Tree.name(here.apply(process)));
    }

    /** A call whose result is a number. */
    static Operation counted(String text, LinuxCall call, Function<VfsProcess, Long> here) {
        return new Operation(
                text, call, reply -> number(reply.result()), process -> number(here.apply(process)));
    }

    static String number(long result) {
        return result < 0 ? Tree.name(result) : Long.toString(result);
    }

    /** What an operation here gives where the other side's answer means nothing. */
    static final String UNDEFINED = "undefined";

    /** An errno for a slot that holds no descriptor. */
    static final class BadDescriptor extends RuntimeException {
        private static final long serialVersionUID = 1;

        BadDescriptor() {
            super(null, null, false, false);
        }
    }

    /** What comes of it in the virtual file system. */
    String run(VfsProcess process) {
        try {
            return here.apply(process);
        } catch (BadDescriptor e) {
            return "EBADF";
        }
    }
}
