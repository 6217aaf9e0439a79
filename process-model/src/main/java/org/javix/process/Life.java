package org.javix.process;

import java.util.List;

/** What a thread of a process does from its start to its end. */
final class Life {
    private Life() {}

    /** Runs the program, and ends the thread however the program ends, and with its last thread the process. */
    static void run(Task task, Program program) {
        Process process = task.process();
        Kernel kernel = process.kernel();
        WaitStatus how = WaitStatus.SUCCESS;
        boolean whole = true;
        task.time.start();
        try {
            // Even if it was killed already: the program may have something to release.
            program.run(task);
            whole = false;
        } catch (ProcessExit e) {
            how = e.status();
            whole = e.isWhole();
        } catch (StackOverflowError e) {
            how = WaitStatus.signaled(Signal.SIGSEGV);
        } catch (Throwable t) {
            how = WaitStatus.signaled(Signal.SIGABRT);
            kernel.failed(process, t);
        }
        try {
            task.setAttention(null);
            if (task != process.main()) {
                kernel.leave(task);
            }
            WaitStatus last = process.signals().taskEnded(task, how, whole);
            if (last != null) {
                end(process, last);
            }
        } catch (Throwable t) {
            kernel.failed(process, t);
        } finally {
            task.time.end();
            kernel.threadEnds();
        }
    }

    private static void end(Process process, WaitStatus how) {
        Kernel kernel = process.kernel();
        process.timers().cancel();
        process.posixTimers().deleteAll();
        kernel.sysvIpc().ended(process);
        try {
            process.files().closeAll();
        } catch (RuntimeException e) {
            // A file that fails to close must not keep the parent waiting.
            kernel.failed(process, e);
        }
        process.release();
        hangUp(process);
        List<Process> orphans;
        do {
            orphans = process.children.moveTo(reaper(process));
        } while (orphans == null);
        for (Process orphan : orphans) {
            checkLink(process, orphan);
            int signal = orphan.traits().deathSignal();
            if (signal != 0) {
                orphan.signals().send(SigInfo.user(signal, process.pid(), process.fs().credentials().uid()));
            }
        }
        Process parent;
        do {
            parent = process.parent();
        } while (!parent.children.ended(process, how));
        checkLink(parent, process);
        process.announceEnd();
    }

    /** Who becomes the parent of a process's children: the nearest ancestor that wants to, or init. */
    private static Process reaper(Process process) {
        Process init = process.kernel().init();
        Process ancestor = process.parent();
        while (ancestor != init && (!ancestor.traits().isSubreaper() || ancestor.children.isClosed())) {
            ancestor = ancestor.parent();
        }
        return ancestor;
    }

    /** A parent and a child are parted: that orphans the child's group if only they tied it to their session. */
    private static void checkLink(Process parent, Process child) {
        ProcessGroup group = child.group();
        if (parent.group() != group && parent.session() == group.session()) {
            parent.kernel().jobs.checkOrphaned(group);
        }
    }

    private static void hangUp(Process process) {
        Session session = process.session();
        Terminal terminal = session.terminal();
        if (session.leader() == process && terminal != null) {
            terminal.leaderEnded(session);
        }
    }
}
