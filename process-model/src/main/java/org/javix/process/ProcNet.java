package org.javix.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.javix.net.SocketFile;
import org.javix.net.SocketTables;
import org.javix.vfs.Inode;

/** {@code /proc/PID/net}: the network, which is the same for all processes. */
final class ProcNet {
    private final ProcFs proc;
    private final Map<String, Function<List<SocketTables.Open>, String>> files = SocketTables.files();

    ProcNet(ProcFs proc) {
        this.proc = proc;
    }

    Inode directory(Inode parent, String key) {
        return proc.directory(key, parent, "net", List.copyOf(files.keySet()),
                name -> proc.file(key + "/" + name, context -> files.get(name).apply(open())));
    }

    /** The sockets that processes have open, by number. Those that are sent, or wait to be accepted, are not told. */
    private List<SocketTables.Open> open() {
        Map<Long, SocketTables.Open> sockets = new TreeMap<>();
        for (Process process : proc.kernel().processes()) {
            int user = process.fs().credentials().uid();
            process.files().forEach((fd, file, closeOnExec) -> {
                if (file instanceof SocketFile socket) {
                    sockets.putIfAbsent(socket.number(), new SocketTables.Open(socket, user));
                }
            });
        }
        return new ArrayList<>(sockets.values());
    }
}
