package org.javix.posix;

import java.util.List;
import org.javix.process.Rlimit;
import org.javix.vfs.Credentials;
import org.javix.vfs.Errno;
import org.javix.vfs.OpenFile;
import org.javix.wasm.Instance;
import org.javix.wasm.Memory;

/**
 * A program that is about to run: a fresh instance, and what exec gives to it.
 *
 * @param instance nothing in it has run
 * @param file the executable, with a reference; nobody can write to it as long as it is open
 * @param path what was executed: of a script, the script's
 * @param arguments argv, of a script with its interpreter's
 * @param environment {@code NAME=value}
 * @param credentials whom it runs as: set-id bits are obeyed, and the effective ids are saved
 * @param memory what the instances of its threads share; null for a program that cannot make threads
 * @param wasi whether it is a plain WASI program, which sees its descriptors through WASI
 */
record Program(
        Instance instance,
        OpenFile file,
        String path,
        List<String> arguments,
        List<String> environment,
        Credentials credentials,
        SharedMemory memory,
        boolean wasi) {

    /**
     * Refuses a program whose memory is larger from the start than RLIMIT_AS allows: 0 or -ENOMEM, and then it is
     * closed.
     */
    int fit(Rlimit limits) {
        Memory linear = instance.linearMemory();
        if (linear != null && Long.compareUnsigned(linear.segment().byteSize(), limits.soft(Rlimit.AS)) > 0) {
            discard();
            return -Errno.ENOMEM;
        }
        return 0;
    }

    /** Gives up a program that does not start. */
    void discard() {
        instance.close();
        if (memory != null) {
            memory.leave();
        }
        file.release();
    }

    /** What is to be done once the process has become this program, before it starts. */
    void prepare(GuestThread thread) {
        thread.fs().setCredentials(credentials);
        if (wasi) {
            WasiDirectories.preopen(thread);
        }
    }
}
