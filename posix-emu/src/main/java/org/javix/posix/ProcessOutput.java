package org.javix.posix;

import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import org.javix.process.SigInfo;
import org.javix.process.Signal;
import org.javix.process.Task;
import org.javix.vfs.StreamOutput;
import org.javix.vfs.Waiter;

/** A stream of the host as guests' standard output: a failed write is a SIGPIPE, and its end can be waited for. */
final class ProcessOutput extends StreamOutput {
    private final CountDownLatch end = new CountDownLatch(1);

    ProcessOutput(OutputStream stream) {
        super(stream);
    }

    @Override
    protected void broken(Waiter writer) {
        Task task = Task.of(writer);
        if (task != null) {
            task.signals().send(SigInfo.kernel(Signal.SIGPIPE));
        }
    }

    /** Counts down when no process can write any more. */
    CountDownLatch end() {
        return end;
    }

    @Override
    protected void closed() {
        end.countDown();
    }
}
