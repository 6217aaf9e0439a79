package org.javix.vfs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;

/**
 * What the upper layer of an {@link OverlayFs} has to remember for the next time it is mounted, beside whiteouts: kept
 * in extended attributes, as Linux does, which the overlay itself does not show.
 */
final class OverlayMarks {
    private static final String PREFIX = "trusted.overlay.";
    private static final String OPAQUE = PREFIX + "opaque";
    private static final String REDIRECT = PREFIX + "redirect";

    private OverlayMarks() {}

    /** Whether an attribute is the overlay's own. */
    static boolean isMark(String name) {
        return name.startsWith(PREFIX);
    }

    /** Notes that a directory has no lower parts, whatever lies below under its name: 0 or -ENOSPC. */
    static int setOpaque(TmpDirectory directory) {
        return directory.setAttribute(OPAQUE, new byte[] {'y'}, 0);
    }

    /** Notes where the lower parts of a directory are that got another name: 0 or -ENOSPC. */
    static int setRedirect(TmpDirectory directory, OverlayFs.Lower part, List<OverlayFs.Lower> tops) {
        String path = Paths.inside(tops.get(part.layer() - 1).inode(), part.inode());
        return path == null ? 0 : directory.setAttribute(REDIRECT, path.getBytes(ISO_8859_1), 0);
    }

    /** The lower parts of a directory that was found in an upper layer under a name. */
    static List<OverlayFs.Lower> lowersOf(
            TmpDirectory found, OverlayDirectory parent, String name, List<OverlayFs.Lower> tops) {
        if (!found.attribute(OPAQUE).isFailure()) {
            return List.of();
        }
        Result<byte[]> redirect = found.attribute(REDIRECT);
        return redirect.isFailure() ? parent.lowersOf(name) : partsAt(new String(redirect.value(), ISO_8859_1), tops);
    }

    private static List<OverlayFs.Lower> partsAt(String path, List<OverlayFs.Lower> tops) {
        List<OverlayFs.Lower> parts = new ArrayList<>();
        for (OverlayFs.Lower top : tops) {
            Inode.Found found = new Inode.Found();
            found.inode = top.inode();
            int error = 0;
            for (String name : path.split("/")) {
                if (error == 0 && !name.isEmpty()) {
                    error = found.inode.lookup(name, found);
                }
            }
            if (error == 0 && found.inode.isDirectory()) {
                parts.add(new OverlayFs.Lower(found.inode, top.layer()));
            }
        }
        return parts;
    }
}
