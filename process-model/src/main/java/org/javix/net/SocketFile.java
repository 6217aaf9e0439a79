package org.javix.net;

import static org.javix.net.SocketOptions.SOL_SOCKET;
import static org.javix.vfs.Errno.*;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.javix.process.Process;
import org.javix.process.SigInfo;
import org.javix.process.Signal;
import org.javix.process.SignalOwner;
import org.javix.process.Task;
import org.javix.vfs.Credentials;
import org.javix.vfs.FdTable;
import org.javix.vfs.FileMode;
import org.javix.vfs.FsContext;
import org.javix.vfs.OpenFile;
import org.javix.vfs.OpenFlags;
import org.javix.vfs.Result;
import org.javix.vfs.Socket;
import org.javix.vfs.Stat;
import org.javix.vfs.WaitQueue;
import org.javix.vfs.Waiter;

/**
 * A socket. Addresses are given and taken as the bytes of a {@code struct sockaddr}, each family's own; numbers of
 * families, types, options and flags are Linux's. Negative results are errnos. Thread-safe.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/functions/V2_chap02.html#tag_15_10">Sockets</a>
 */
public abstract class SocketFile extends OpenFile implements Socket {
    /** No family: ends the association of a datagram socket. */
    public static final int AF_UNSPEC = 0;
    /** Unix-domain sockets. */
    public static final int AF_UNIX = 1;
    /** IPv4. */
    public static final int AF_INET = 2;
    /** IPv6. */
    public static final int AF_INET6 = 10;
    /** Messages from and to the kernel. */
    public static final int AF_NETLINK = 16;

    /** A stream of bytes. */
    public static final int SOCK_STREAM = 1;
    /** Messages. */
    public static final int SOCK_DGRAM = 2;
    /** Messages below the transport protocols. */
    public static final int SOCK_RAW = 3;
    /** Messages over a connection. */
    public static final int SOCK_SEQPACKET = 5;


    private static final int FIONREAD = 0x541B;
    private static final int SIOCOUTQ = 0x5411;
    private static final int FIOSETOWN = 0x8901;
    private static final int SIOCSPGRP = 0x8902;
    private static final int FIOGETOWN = 0x8903;
    private static final int SIOCGPGRP = 0x8904;
    private static final int SIOCATMARK = 0x8905;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;

    final Network network;
    final SocketOptions options = new SocketOptions();
    /** Who polls this socket, and its receivers that wait. */
    final WaitQueue changed = new WaitQueue();

    private final int domain;
    private final int type;
    private final int protocol;
    private final long number;
    private final long created = System.currentTimeMillis();
    // The error that the next call tells, positive.
    private final AtomicInteger error = new AtomicInteger();

    SocketFile(Network network, int domain, int type, int protocol, int flags) {
        super(OpenFlags.O_RDWR | flags & OpenFlags.O_NONBLOCK);
        this.network = network;
        this.domain = domain;
        this.type = type;
        this.protocol = protocol;
        number = network.nextNumber();
    }

    /** Its address family. */
    public final int domain() {
        return domain;
    }

    /** Its type: SOCK_… */
    public final int type() {
        return type;
    }

    /** Its protocol, or 0. */
    public final int protocol() {
        return protocol;
    }

    /** Its inode's number, which {@code /proc} names it by. */
    public final long number() {
        return number;
    }

    @Override
    public boolean isDatagram() {
        return type == SOCK_DGRAM;
    }

    // ---- addresses ----

    /**
     * {@code bind}.
     *
     * @param context who binds, and where paths are looked up
     * @return 0, -EACCES, -EADDRINUSE, -EADDRNOTAVAIL, -EAFNOSUPPORT, -EINVAL, or what making a file gives
     */
    public abstract int bind(FsContext context, byte[] address);

    /**
     * {@code connect}.
     *
     * @return 0, -EAGAIN, -EALREADY, -ECONNREFUSED, -EINPROGRESS, -EINTR, -EISCONN, -EPROTOTYPE …
     */
    public abstract int connect(FsContext context, Waiter waiter, byte[] address);

    /** Its own address. */
    public abstract byte[] localAddress();

    /** The address of the other end: -ENOTCONN. */
    public abstract Result<byte[]> peerAddress();

    /** {@code listen}: 0, -EADDRINUSE, -EINVAL, -EOPNOTSUPP. */
    public int listen(Waiter waiter, int backlog) {
        return -EOPNOTSUPP;
    }

    @Override
    public Result<OpenFile> accept(Waiter waiter, int flags) {
        return Result.failed(-EOPNOTSUPP);
    }

    // ---- messages ----

    /**
     * Sends a message.
     *
     * @param context where the path of an address is looked up; null for none
     * @return the count, -EAGAIN, -ECONNREFUSED, -ECONNRESET, -EINTR, -EMSGSIZE, -ENOBUFS (the sandbox's limit),
     *     -ENOTCONN, -EPERM (false credentials), -EPIPE (with SIGPIPE for streams), -ETOOMANYREFS …
     */
    public abstract long send(FsContext context, Waiter waiter, SocketMessage message);

    /**
     * Receives a message, or what has come.
     *
     * @return the count, 0 at the end, -EAGAIN, -ECONNREFUSED, -ECONNRESET, -EINTR, -EINVAL, -ENOTCONN
     */
    public abstract long receive(Waiter waiter, SocketMessage message);

    @Override
    public long receive(Waiter waiter, MemorySegment buffer, long at, long length, int flags) {
        SocketMessage message = new SocketMessage(buffer, at, length, flags);
        long count = receive(waiter, message);
        message.files().forEach(OpenFile::release);
        return count >= 0 ? count | (long) message.resultFlags() << 32 : count;
    }

    @Override
    public long send(Waiter waiter, MemorySegment buffer, long at, long length, int flags) {
        return send(null, waiter, new SocketMessage(buffer, at, length, flags));
    }

    @Override
    public long read(Waiter waiter, MemorySegment buffer, long at, long length) {
        // Without what is told of a message that was cut off, in the upper half.
        return length == 0 ? 0 : (int) receive(waiter, buffer, at, length, 0);
    }

    @Override
    public long write(Waiter waiter, MemorySegment buffer, long at, long length) {
        return send(null, waiter, new SocketMessage(buffer, at, length, 0));
    }

    /** Whether a call must not wait. */
    final boolean isNonBlocking(SocketMessage message) {
        return nonBlocking() || message.has(SocketMessage.MSG_DONTWAIT);
    }

    /** EPIPE, with the signal unless the message forbids it. */
    static long broken(Waiter waiter, SocketMessage message) {
        Task task = Task.of(waiter);
        if (task != null && !message.has(SocketMessage.MSG_NOSIGNAL)) {
            task.signals().send(SigInfo.user(
                    Signal.SIGPIPE, task.pid(), task.process().fs().credentials().uid()));
        }
        return -EPIPE;
    }

    // ---- urgent data ----

    /** Urgent data is on its way to this socket. */
    final void tellUrgent() {
        if (owner() instanceof SignalOwner who) {
            who.send(SigInfo.kernel(Signal.SIGURG));
        }
    }

    /** Whether what is received next comes after urgent data that was sent before it, or is that data. */
    boolean isAtUrgent() {
        return false;
    }

    // ---- errors ----

    /** Sets the error that the next call tells. */
    final void setError(int errno) {
        error.set(errno);
    }

    final boolean hasError() {
        return error.get() != 0;
    }

    /** The error that is to be told, positive, and no more after that; 0 for none. */
    final int takeError() {
        return error.get() == 0 ? 0 : error.getAndSet(0);
    }

    // ---- options ----

    /** {@code getsockopt}: -ENOPROTOOPT, -EOPNOTSUPP. */
    public Result<byte[]> option(int level, int name) {
        if (level != SOL_SOCKET) {
            return Result.failed(-EOPNOTSUPP);
        }
        return SocketOptions.result(switch (name) {
            case SocketOptions.SO_TYPE -> SocketOptions.integer(type);
            case SocketOptions.SO_DOMAIN -> SocketOptions.integer(domain);
            case SocketOptions.SO_PROTOCOL -> SocketOptions.integer(protocol);
            case SocketOptions.SO_ERROR -> SocketOptions.integer(takeError());
            case SocketOptions.SO_ACCEPTCONN -> SocketOptions.integer(listens() ? 1 : 0);
            case SocketOptions.SO_COOKIE -> SocketOptions.buffer(8).putLong(number).array();
            case SocketOptions.SO_PEERCRED -> {
                SocketCredentials peer = peerCredentials();
                yield SocketOptions.buffer(12).putInt(peer.pid()).putInt(peer.uid()).putInt(peer.gid()).array();
            }
            default -> options.get(name);
        });
    }

    /** {@code setsockopt}: 0, -EDOM, -EINVAL, -ENOPROTOOPT, -EOPNOTSUPP, -EPERM. */
    public int setOption(Credentials who, int level, int name, byte[] value) {
        if (level != SOL_SOCKET) {
            return -EOPNOTSUPP;
        }
        boolean sharesPort = name == SocketOptions.SO_REUSEPORT && value.length >= 4 && SocketOptions.integer(value) != 0;
        if (sharesPort && domain != AF_INET && domain != AF_INET6) {
            return -EOPNOTSUPP;
        }
        int result = options.set(who, name, value);
        if (result == 0) {
            buffersChanged();
            changed.wakeAll();
        }
        return result;
    }

    /** SO_SNDBUF or SO_RCVBUF may have been set. */
    void buffersChanged() {}

    /** Whether it takes connections. */
    public boolean listens() {
        return false;
    }

    /** Who made the other end, for SO_PEERCRED. */
    SocketCredentials peerCredentials() {
        return SocketCredentials.NONE;
    }

    // ---- files in flight ----

    @Override
    protected void descriptorClosed(FdTable by) {
        network.inFlight().descriptorClosed(this);
    }

    /** Calls for each socket that lies, sent and not received, in a queue of this one. */
    void forEachReceivedSocket(Consumer<SocketFile> sink) {}

    /** Drops what was received. */
    void discardReceived() {}

    /**
     * What goes beside a message of a Unix-domain socket.
     *
     * @param asked whether the receiver wants to know who sends
     * @return null for nothing; -EPERM, -ESRCH, -ETOOMANYREFS
     */
    final Result<Ancillary> ancillary(Waiter waiter, SocketMessage message, boolean asked) {
        SocketCredentials said = message.credentials();
        List<OpenFile> files = message.files();
        Process process = said == null && files.isEmpty() ? null : Process.of(waiter);
        if (said != null) {
            if (!said.mayBeSaidBy(process)) {
                return Result.failed(-EPERM);
            }
            if (process != null && process.kernel().process(said.pid()) == null) {
                return Result.failed(-ESRCH);
            }
        }
        if (said == null && !asked && files.isEmpty()) {
            return Result.of(null);
        }
        int user = process == null ? 0 : process.fs().credentials().uid();
        if (!files.isEmpty()) {
            int error = network.inFlight().send(process, user, files);
            if (error < 0) {
                return Result.failed(error);
            }
        }
        SocketCredentials sender = said != null ? said : asked ? SocketCredentials.real(waiter) : null;
        return Result.of(new Ancillary(network.inFlight(), user, files, sender));
    }

    // ---- as a file ----

    @Override
    public WaitQueue waitQueue() {
        return changed;
    }

    @Override
    protected List<WaitQueue> toldQueues() {
        return List.of(changed);
    }

    /** Bytes that can be received: FIONREAD; -EINVAL. */
    abstract int received();

    /** Bytes sent and not yet received by the other end: SIOCOUTQ; -EINVAL. */
    abstract int sent();

    @Override
    public int ioctl(Waiter waiter, int request, MemorySegment memory, long argument) {
        if (request == FIOSETOWN || request == SIOCSPGRP) {
            Task task = Task.of(waiter);
            return argument < 0 || argument > memory.byteSize() - 4 ? -EFAULT
                    : task == null ? -EINVAL : SignalOwner.set(this, task.process(), memory.get(INT, argument));
        }
        boolean owner = request == FIOGETOWN || request == SIOCGPGRP;
        int value;
        switch (request) {
            case FIONREAD -> value = received();
            case SIOCOUTQ -> value = sent();
            case SIOCATMARK -> value = type == SOCK_STREAM ? isAtUrgent() ? 1 : 0 : domain == AF_UNIX ? -EOPNOTSUPP : -ENOTTY;
            case FIOGETOWN, SIOCGPGRP -> value = SignalOwner.number(this);
            default -> {
                return NetworkInterface.ioctl(domain, request, memory, argument);
            }
        }
        if (value < 0 && !owner) {
            return value;
        }
        if (argument < 0 || argument > memory.byteSize() - 4) {
            return -EFAULT;
        }
        memory.set(INT, argument, value);
        return 0;
    }

    @Override
    public int stat(Stat out) {
        out.clear();
        out.dev = Network.DEVICE;
        out.ino = number;
        out.mode = FileMode.S_IFSOCK | 0777;
        out.nlink = 1;
        out.blksize = 4096;
        out.setTimes(created * 1_000_000);
        return 0;
    }

    @Override
    public String path() {
        return "socket:[" + number + "]";
    }

    /** A socket cannot be opened again by its name in {@code /proc}. */
    @Override
    public Result<OpenFile> reopen(int newFlags) {
        return Result.failed(-ENXIO);
    }
}
