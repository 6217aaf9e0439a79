package org.javix.net;

import java.util.List;
import org.javix.vfs.OpenFile;

/**
 * What goes beside the bytes of a message in a queue: files, and who sent it. It holds a reference to each file,
 * counted by {@link InFlight}. Guarded by the lock of the queue that it is in.
 */
final class Ancillary {
    private final InFlight inFlight;
    private final int sender;
    private final SocketCredentials credentials;
    private List<OpenFile> files;

    /** @param sender the user who sends, whose files in flight are counted */
    Ancillary(InFlight inFlight, int sender, List<OpenFile> files, SocketCredentials credentials) {
        this.inFlight = inFlight;
        this.sender = sender;
        this.files = files;
        this.credentials = credentials;
    }

    SocketCredentials credentials() {
        return credentials;
    }

    List<OpenFile> files() {
        return files;
    }

    /** Gives the files to a receiver, which gets the references. */
    List<OpenFile> takeFiles() {
        List<OpenFile> taken = files;
        inFlight.landed(sender, taken);
        files = List.of();
        return taken;
    }

    /** Gives a receiver that only looks references of its own. */
    List<OpenFile> peekFiles() {
        files.forEach(OpenFile::retain);
        return files;
    }

    /** The same for bytes that come later: who sent them, and no files. */
    Ancillary withoutFiles() {
        return files.isEmpty() ? this : new Ancillary(inFlight, sender, List.of(), credentials);
    }

    /** Drops the files. */
    void discard() {
        if (!files.isEmpty()) {
            inFlight.release(takeFiles());
        }
    }
}
