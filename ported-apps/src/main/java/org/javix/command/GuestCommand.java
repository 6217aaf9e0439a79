package org.javix.command;

import java.util.List;

/** One program of the guest, run with this JVM's standard streams. */
final class GuestCommand {

    GuestCommand(SandboxOptions options, List<String> words, String hostFile) {}

    /** Runs it to its end and returns the exit status for the host. */
    int run() {
        throw new CommandFailure("this build has no sandbox yet");
    }
}
