package org.javix.wasi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.javix.vfs.TmpFs;
import org.javix.wasm.CompileOptions;
import org.javix.wasm.Compiler;
import org.javix.wasm.HostFunction;
import org.javix.wasm.Module;
import org.junit.jupiter.api.Test;

/** The log of a program's WASI calls. */
class TraceTest {
    @Test
    void namesOfFilesAreReadable() {
        Caller caller = new Caller();
        byte[] name = "ü\n".getBytes(StandardCharsets.UTF_8);
        int length = caller.put(64, new String(name, StandardCharsets.ISO_8859_1));
        HostFunction function = Wasi.functions().stream()
                .filter(f -> f.name().equals("path_create_directory"))
                .findFirst()
                .orElseThrow();
        assertEquals("fd=3,path=ü\\x0a", ((WasiFunction) function).describeArguments(caller.instance, new long[] {3, 64, length}));
    }

    @Test
    void logsCallsWithTheirArgumentsAndResults() throws Exception {
        byte[] binary = GuestToolchain.c(Path.of("src", "test", "c", "path_open_truncates_unwritable.c"));
        List<String> log = new ArrayList<>();
        int status = WasiProgram.builder(Compiler.compile(Module.decode(binary), CompileOptions.PLAIN))
                .arguments("program")
                .directory("/", TmpFs.create())
                .trace(log::add)
                .build()
                .run();
        assertEquals(0, status);
        String all = String.join("\n", log);
        int start = all.indexOf("\t==> wasi_snapshot_preview1.path_open");
        assertEquals(
                """
                \t==> wasi_snapshot_preview1.path_open(fd=3,dirflags=0,path=file,oflags=CREAT,fs_rights_base=_,fs_rights_inheriting=0,fdflags=0)
                \t<== (opened_fd=4,errno=ESUCCESS)
                \t==> wasi_snapshot_preview1.fd_write(fd=4,iovs=_,iovs_len=1)
                \t<== (nwritten=4,errno=ESUCCESS)
                \t==> wasi_snapshot_preview1.fd_close(fd=4)
                \t<== (errno=ESUCCESS)
                \t==> wasi_snapshot_preview1.path_open(fd=3,dirflags=0,path=file,oflags=TRUNC,fs_rights_base=0,fs_rights_inheriting=0,fdflags=0)
                \t<== (opened_fd=4,errno=ESUCCESS)
                \t==> wasi_snapshot_preview1.path_filestat_get(fd=3,flags=0,path=file,filestat=_)
                \t<== (errno=ESUCCESS)
                <--""",
                all.substring(start).replaceAll("(iovs|filestat)=0x[0-9a-f]+", "$1=_")
                        .replaceAll("rights_base=FD_[A-Z_|]+", "rights_base=_"));
    }
}
