package org.javix.tests;

import java.util.List;
import java.util.Map;

/**
 * A program to be run in a directory of its own, which is the same on every machine.
 *
 * @param directory absolute; the program runs in its subdirectory {@code scratch}
 * @param words the program and its arguments, relative to the scratch directory
 */
record Job(String directory, List<String> words) {
    /** The only variables that programs see. */
    static final Map<String, String> ENVIRONMENT =
            Map.of("LC_ALL", "C", "PATH", "/usr/bin:/bin", "HOME", "/tmp", "TMPDIR", "/tmp");

    /** After which it is taken to hang. Those of the corpus need a few seconds on an idle machine. */
    static final int SECONDS = 120;

    String scratch() {
        return directory + "/scratch";
    }
}
