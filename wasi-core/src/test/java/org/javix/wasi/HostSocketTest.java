package org.javix.wasi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.javix.vfs.TmpFs;
import org.javix.wasm.CompileOptions;
import org.javix.wasm.Compiler;
import org.javix.wasm.Module;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A program that takes connections from a socket of the host. */
@Timeout(60)
class HostSocketTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private ServerSocketChannel listener;
    private WasiProgram program;

    @BeforeEach
    void listen() throws Exception {
        listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        program = WasiProgram.builder(
                        Compiler.compile(Module.decode(GuestPrograms.c("embedded/echo.c")), CompileOptions.PLAIN))
                .listener(listener)
                .directory("/", TmpFs.create())
                .stderr(err)
                .build();
    }

    @AfterEach
    void close() throws Exception {
        listener.close();
    }

    private static <T> FutureTask<T> start(Callable<T> body) {
        FutureTask<T> task = new FutureTask<>(body);
        Thread.ofPlatform().daemon().start(task);
        return task;
    }

    private byte[] echoed(byte[] sent) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            FutureTask<Void> sending = start(() -> {
                socket.getOutputStream().write(sent);
                socket.shutdownOutput();
                return null;
            });
            byte[] received = socket.getInputStream().readAllBytes();
            sending.get();
            return received;
        }
    }

    private int port() throws Exception {
        return ((InetSocketAddress) listener.getLocalAddress()).getPort();
    }

    @Test
    void takesConnections() throws Exception {
        FutureTask<Integer> running = start(program::run);
        byte[] hello = "hello".getBytes(StandardCharsets.UTF_8);
        assertArrayEquals(hello, echoed(hello));
        byte[] much = new byte[3_000_000];
        new Random(1).nextBytes(much);
        assertArrayEquals(much, echoed(much));
        assertEquals(0, running.get(30, TimeUnit.SECONDS), err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void isStoppedWhileItWaits() throws Exception {
        FutureTask<Integer> running = start(program::run);
        byte[] hello = "hello".getBytes(StandardCharsets.UTF_8);
        assertArrayEquals(hello, echoed(hello));
        program.stop();
        ExecutionException failure = assertThrows(ExecutionException.class, () -> running.get(30, TimeUnit.SECONDS));
        assertEquals(ProgramStopped.class, failure.getCause().getClass());
        FutureTask<Integer> again = start(program::run);
        assertArrayEquals(hello, echoed(hello));
        assertArrayEquals(hello, echoed(hello));
        assertEquals(0, again.get(30, TimeUnit.SECONDS), err.toString(StandardCharsets.UTF_8));
    }
}
