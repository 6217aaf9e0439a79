package org.javix.net;

import static org.javix.vfs.Errno.*;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.javix.vfs.AtFlags;
import org.javix.vfs.FileCalls;
import org.javix.vfs.FileMode;
import org.javix.vfs.FsContext;
import org.javix.vfs.Inode;
import org.javix.vfs.OpenFile;
import org.javix.vfs.OpenFlags;
import org.javix.vfs.Result;

/**
 * What Unix-domain sockets are bound to: abstract names, and sockets in the file system, whose inodes have the socket
 * attached as long as it is open. Thread-safe.
 */
final class UnixNames {
    private static final int AUTOBIND_NAMES = 1 << 20;

    private final ConcurrentHashMap<String, SocketFile> abstractNames = new ConcurrentHashMap<>();
    private final AtomicInteger lastAutobound = new AtomicInteger();

    /**
     * A name that a socket has.
     *
     * @param address the {@code struct sockaddr_un}
     * @param node keeps the inode of a path; null for an abstract name
     */
    record Binding(byte[] address, OpenFile node) {}

    /**
     * Gives a socket a name.
     *
     * @param address of two bytes for an abstract name that nobody has
     * @return the binding, -EADDRINUSE, -EINVAL, or what making a file gives
     */
    Result<Binding> bind(FsContext context, SocketFile socket, byte[] address) {
        if (!isName(address)) {
            return Result.failed(-EINVAL);
        }
        if (address.length == UnixAddress.FAMILY_SIZE) {
            return autobind(socket);
        }
        String name = UnixAddress.name(address);
        if (UnixAddress.isAbstract(address)) {
            return abstractNames.putIfAbsent(name, socket) == null
                    ? Result.of(new Binding(address, null))
                    : Result.failed(-EADDRINUSE);
        }
        return bindPath(context, socket, name);
    }

    /** What {@code bind} says to a socket that has a name: the new one is looked at first, as on Linux. */
    int bindAgain(FsContext context, byte[] address) {
        if (!isName(address)) {
            return -EINVAL;
        }
        if (address.length == UnixAddress.FAMILY_SIZE) {
            return 0;
        }
        if (UnixAddress.isAbstract(address)) {
            return -EINVAL;
        }
        String path = UnixAddress.name(address);
        int error = makeFile(context, path);
        if (error < 0) {
            return error;
        }
        FileCalls.unlink(context, null, path);
        return -EINVAL;
    }

    private static boolean isName(byte[] address) {
        return UnixAddress.isShortEnough(address) && UnixAddress.family(address) == SocketFile.AF_UNIX;
    }

    private static int makeFile(FsContext context, String path) {
        // As on Linux, the umask counts here even where a directory has a list for new files.
        int error = FileCalls.mknod(context, null, path, FileMode.S_IFSOCK | 0777 & ~context.umask(), 0);
        return error == -EEXIST ? -EADDRINUSE : error;
    }

    private Result<Binding> autobind(SocketFile socket) {
        for (int i = 0; i < AUTOBIND_NAMES; i++) {
            String name = "\0%05x".formatted(lastAutobound.incrementAndGet() & AUTOBIND_NAMES - 1);
            if (abstractNames.putIfAbsent(name, socket) == null) {
                return Result.of(new Binding(UnixAddress.ofAbstract(name), null));
            }
        }
        return Result.failed(-ENOSPC);
    }

    private static Result<Binding> bindPath(FsContext context, SocketFile socket, String path) {
        int error = makeFile(context, path);
        if (error < 0) {
            return Result.failed(error);
        }
        int flags = OpenFlags.O_PATH | OpenFlags.O_NOFOLLOW;
        Result<OpenFile> node = FileCalls.open(context, null, null, path, flags, 0);
        if (node.isFailure()) {
            return Result.failed(node.error());
        }
        // Somebody may have put another socket there.
        if (node.value().inode().attachment(() -> socket) != socket) {
            node.value().release();
            return Result.failed(-EADDRINUSE);
        }
        return Result.of(new Binding(UnixAddress.ofPath(path), node.value()));
    }

    /** Takes a name from a socket that closes. A file stays, as on Linux; nobody can connect to it. */
    void unbind(SocketFile socket, Binding binding) {
        if (binding.node == null) {
            abstractNames.remove(UnixAddress.name(binding.address), socket);
        } else {
            Inode inode = binding.node.inode();
            if (inode.attachment() == socket) {
                inode.setAttachment(null);
            }
            binding.node.release();
        }
    }

    /**
     * The socket of an address.
     *
     * @param type of the socket that looks for it
     * @return -ECONNREFUSED if there is none, -EINVAL, -EACCES, -ENOENT …, -EPROTOTYPE for one of another type
     */
    Result<SocketFile> find(FsContext context, byte[] address, int type) {
        if (!UnixAddress.isValid(address)) {
            return Result.failed(-EINVAL);
        }
        String name = UnixAddress.name(address);
        SocketFile found;
        if (UnixAddress.isAbstract(address)) {
            found = abstractNames.get(name);
        } else {
            Result<OpenFile> node = FileCalls.open(context, null, null, name, OpenFlags.O_PATH, 0);
            if (node.isFailure()) {
                return Result.failed(node.error());
            }
            try {
                int flags = AtFlags.AT_EACCESS | AtFlags.AT_EMPTY_PATH;
                int error = FileCalls.access(context, node.value(), "", FileMode.WRITE, flags);
                if (error < 0) {
                    return Result.failed(error);
                }
                Inode inode = node.value().inode();
                boolean isSocket = (inode.mode() & FileMode.S_IFMT) == FileMode.S_IFSOCK;
                found = isSocket && inode.attachment() instanceof SocketFile socket ? socket : null;
            } finally {
                node.value().release();
            }
        }
        if (found == null) {
            return Result.failed(-ECONNREFUSED);
        }
        return found.type() == type ? Result.of(found) : Result.failed(-EPROTOTYPE);
    }
}
