package org.javix.process;

import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.EPERM;

import org.javix.vfs.Waiter;

/**
 * A thread of a process, in Linux's word. The first is made with its process and has its number; {@link #newTask}
 * makes others. Each has its own signal mask, and blocks on its own.
 *
 * <p>Methods are called on the thread itself, unless they say otherwise; before {@link #start}, whoever
 * made it stands in for it.
 */
public final class Task {
    private final Process process;
    private final TaskSignals signals;
    final TaskTime time;

    // Changes when a thread that is not the first one calls exec.
    private volatile int tid;
    private volatile String name;
    private volatile Scheduling scheduling;
    private volatile TaskWaiter waiter;
    private volatile Runnable attention;
    // Written by the thread itself.
    private volatile long waits;
    // Of the thread itself.
    private boolean limited;

    /** @param creator whose signal mask and name it gets; null for init */
    Task(Process process, int tid, Task creator) {
        this.process = process;
        this.tid = tid;
        time = new TaskTime(this, creator == null ? null : creator.time);
        signals = new TaskSignals(this, process.signals(), creator == null ? null : creator.signals);
        name = creator == null ? "init" : creator.name;
        scheduling = creator == null ? Scheduling.INITIAL : creator.scheduling.inherited();
    }

    // ---- what it is: any thread ----

    /** The thread behind a waiter, or null if it is not a thread of a process that waits. */
    public static Task of(Waiter waiter) {
        return waiter instanceof TaskWaiter w ? w.task : null;
    }

    /** Its process. */
    public Process process() {
        return process;
    }

    /** The thread id; the first thread's is the process id. */
    public int tid() {
        return tid;
    }

    void setTid(int number) {
        tid = number;
    }

    /** Its process's id. */
    public int pid() {
        return process.pid();
    }

    /** The system it runs in. */
    public Kernel kernel() {
        return process.kernel();
    }

    /** Its signals. */
    public TaskSignals signals() {
        return signals;
    }

    /** Who blocks when it blocks; null before {@link #start}. */
    public Waiter waiter() {
        return waiter;
    }

    /** What {@code ps} shows: at most 15 characters. */
    public String name() {
        return name;
    }

    /** Sets the name, as {@code prctl(PR_SET_NAME)} does. */
    public void setName(String newName) {
        name = newName.substring(0, Math.min(15, newName.length()));
    }

    /** Says that the wait which was interrupted had a deadline: see {@link Deadline#interrupted}. */
    void setLimited() {
        limited = true;
    }

    /** Takes back, and answers, whether the call that was interrupted must not be made again after a handler. */
    public boolean takeLimited() {
        boolean was = limited;
        limited = false;
        return was;
    }

    /** The CPU time that it has used, in nanoseconds. */
    public long cpuNanos() {
        return time.nanos();
    }

    /** How often it has waited for something. Any thread. */
    long waits() {
        return waits;
    }

    /** It is about to wait. */
    void countWait() {
        waits++;
    }

    /** How it asks to be scheduled. */
    public Scheduling scheduling() {
        return scheduling;
    }

    /**
     * {@code sched_setscheduler}. Whoever asks then calls {@link #giveWay}. Any thread.
     *
     * @param by who asks
     * @return 0, -EINVAL or -EPERM
     */
    public int setScheduling(Process by, int policy, int priority, boolean resetOnFork) {
        int error = scheduling.check(by, process, policy, priority, resetOnFork);
        if (error == 0) {
            scheduling = new Scheduling(policy, priority, resetOnFork, scheduling.affinity());
            time.rank();
        }
        return error;
    }

    /** Whether somebody more important has become able to run, so that this thread is to {@link #giveWay}. Cheap. */
    public boolean isOvertaken() {
        return time.needsTurn();
    }

    /** Lets those run first who have become more important than this thread. */
    public void giveWay() {
        time.giveWayIfDue();
    }

    /**
     * {@code sched_setaffinity}.
     *
     * @param by who asks
     * @param processors one bit each; those that there are not do not count
     * @return 0, -EINVAL or -EPERM
     */
    public int setAffinity(Process by, long processors) {
        if (!Scheduling.mayChange(by, process)) {
            return -EPERM;
        }
        long mask = processors & Scheduling.processors();
        if (mask == 0) {
            return -EINVAL;
        }
        scheduling = scheduling.withAffinity(mask);
        return 0;
    }

    // ---- attention: signals, time slices ----

    /**
     * Sets what tells a computing guest to call {@link #checkpoint} soon. It is called from any thread,
     * often, and must be cheap. Null for none.
     */
    public void setAttention(Runnable hook) {
        attention = hook;
        if (hook != null && signals.needsAttention()) {
            hook.run();
        }
    }

    /** Something is to be done by {@link TaskSignals#take} or {@link #checkpoint}. Any thread. */
    void drawAttention() {
        TaskWaiter sleeping = waiter;
        if (sleeping != null) {
            sleeping.wake();
        }
        time.hasten();
        nudge();
    }

    /** Tells a computing guest, but not one that sleeps. Any thread. */
    void nudge() {
        Runnable hook = attention;
        if (hook != null) {
            hook.run();
        }
    }

    /**
     * What a computing guest calls when its attention was drawn: lets others run if its time slice is
     * over, then sees to its signals.
     *
     * @return a signal whose handler is to be run, or null; call again after the handler
     */
    public Delivery checkpoint() {
        time.giveWayIfDue();
        return signals.needsAttention() ? signals.take() : null;
    }

    /** Whether it waits, for whatever. Any thread. */
    boolean isStill() {
        TaskWaiter its = waiter;
        return its == null || switch (its.thread().getState()) {
            case WAITING, TIMED_WAITING -> true;
            default -> false;
        };
    }

    /**
     * Lets all other threads of the process keep still, so that its memory does not change; until {@link #thawOthers}.
     *
     * @throws ProcessExit if the process ends meanwhile
     */
    public void freezeOthers() {
        if (process.taskCount() > 1) {
            process.signals().freezeOthers(this);
        }
    }

    /** Lets the others go on after {@link #freezeOthers}, if there are any. */
    public void thawOthers() {
        process.signals().thawOthers(this);
    }

    /** {@code sched_yield}: lets others run. */
    public void yield() {
        time.yield();
    }

    // ---- life ----

    /**
     * Makes another thread of this process, with this one's signal mask, which does not run yet.
     *
     * @return the thread, to be given to {@link #start} or {@link #discard}; null (EAGAIN) if there are
     *     too many
     */
    public Task newTask() {
        return process.newTask(this);
    }

    /** Runs a program as this thread, on a new virtual thread. */
    public void start(Program program) {
        String suffix = this == process.main() ? "" : "/" + tid;
        Thread thread = Thread.ofVirtual()
                .name("javix-" + process.pid() + suffix)
                .inheritInheritableThreadLocals(false)
                .unstarted(() -> Life.run(this, program));
        waiter = new TaskWaiter(thread, this);
        process.kernel().threadStarts();
        time.wake();
        thread.start();
    }

    /** Forgets a thread of {@link #newTask} that was not started. */
    public void discard() {
        process.signals().taskEnded(this, WaitStatus.SUCCESS, false);
        process.kernel().leave(this);
    }

    /** Ends this thread, and the process if it is the last: always throws, to the thread's base. */
    public void exit(WaitStatus how) {
        throw ProcessExit.ofThread(how);
    }

    /** Ends the process: always throws, to the thread's base. */
    public void exitGroup(WaitStatus how) {
        throw new ProcessExit(how);
    }

    /**
     * For {@code exec}: ends all other threads of the process, and gives this one the process's number. Returns when they
     * have ended.
     *
     * @throws ProcessExit if this thread ends itself, because the process does or another thread was first
     */
    public void endOthers() {
        process.signals().endOthers(this);
    }

    // ---- children ----

    /**
     * Makes a child: a copy of the process's record, which does not run yet, and has one thread, like this one. It shares
     * the open files, has the same signal actions and mask, and no pending signals, timers or locks.
     *
     * @return the child, to be given to {@link Process#start} or {@link Process#discard}; null (EAGAIN) if there are
     *     too many processes
     * @throws ProcessExit if this process has been killed
     */
    public Process fork() {
        return process.fork(this);
    }

    /**
     * Starts a child that uses this thread's memory, and waits until it has called {@link Process#execed} or
     * has ended. Signals to this thread wait meanwhile; only the end of its process does not.
     *
     * @throws ProcessExit if this process is killed
     */
    public void startAndAwaitExec(Process child, Program program) {
        child.startForVfork(waiter, program);
        while (true) {
            waiter.prepare();
            if (child.isReleased()) {
                return;
            }
            endIfKilled();
            waiter.park();
        }
    }

    /**
     * Goes on unless this process is to end.
     *
     * @throws ProcessExit if it was killed
     */
    public void endIfKilled() {
        WaitStatus ending = process.signals().ending();
        if (ending != null) {
            throw new ProcessExit(ending);
        }
    }

    /**
     * Waits for a child that ended, or by the options stopped or went on.
     *
     * @param which a pid; -1 any child; 0 any of this process's group; less than -1 any of that group
     * @param options WNOHANG, WUNTRACED, WCONTINUED
     * @param out filled in on success
     * @return the child's pid; 0 with WNOHANG if there is nothing to tell; -ECHILD, -EINTR, -EINVAL
     */
    public int wait4(int which, int options, ChildReport out) {
        return process.children.wait4(waiter, which, options, out);
    }

    /**
     * {@code waitid}: the same with a choice of reports, and WNOWAIT.
     *
     * @param type P_ALL, P_PID or P_PGID; of the last, id 0 is this process's group
     * @return 0 with {@code out} filled in (pid 0: nothing to tell); -ECHILD, -EINTR, -EINVAL
     */
    public int waitid(int type, int id, int options, ChildReport out) {
        return process.children.waitid(waiter, type, id, options, out);
    }

    @Override
    public String toString() {
        return "thread " + tid + " of " + process;
    }
}
