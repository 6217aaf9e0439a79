package coreutils;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import machine.Outcome;
import machine.Run;

/**
 * One run of a test script on one of the machines.
 *
 * @param test its path below the source, such as {@code tests/cp/abuse.sh}
 * @param user who runs it
 */
record Trial(String test, User user) {
    /** Several minutes are no exception for those that wait for time to pass. */
    static final Duration TIME = Duration.ofSeconds(120);

    private static final String PERL = "perl -w -I./tests -MCuSkip -MCoreutils \"-MCuTmpdir qw($1)\"";

    /** The superuser, or somebody who has no rights and belongs to two groups. */
    enum User {
        ROOT(0, 0),
        NOBODY(65534, 65534);

        private static final int OTHER_GROUP = 100;

        final int uid;
        final int gid;

        User(int uid, int gid) {
            this.uid = uid;
            this.gid = gid;
        }

        /** The supplementary groups. */
        List<Integer> groups() {
            return this == ROOT ? List.of(gid) : List.of(gid, OTHER_GROUP);
        }
    }

    /** What the exit status of a test says. */
    enum Verdict {
        PASS,
        FAIL,
        SKIP,
        ERROR,
        TIMEOUT;

        static Verdict of(int status) {
            return switch (status) {
                case 0 -> PASS;
                case 77 -> SKIP;
                case 99 -> ERROR;
                default -> FAIL;
            };
        }
    }

    /** How it ended, and what it wrote. */
    static Outcome<Verdict> outcome(Run run) {
        return new Outcome<>(run.inTime() ? Verdict.of(run.status()) : Verdict.TIMEOUT, run.output());
    }

    /** The reason that a skipped test gives. */
    static String reason(Outcome<Verdict> outcome) {
        String[] parts = outcome.output().split("skipped test: ", 2);
        return parts.length == 1 ? "" : parts[1].lines().findFirst().orElse("").strip();
    }

    /** The words that run the test in the directory that its files were laid out in, as coreutils' makefile does. */
    List<String> words() {
        String interpreter = switch (test.substring(test.lastIndexOf('.'))) {
            case ".pl" -> PERL;
            case ".xpl" -> PERL + " -T";
            default -> "sh";
        };
        return List.of("sh", "-c", "umask 022; exec " + interpreter + " \"$1\" 9>&2", "sh", test);
    }

    /** What coreutils' makefile sets for its tests. */
    static Map<String, String> environment(String directory, String version, List<String> programs) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("PATH", directory + "/src:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        variables.put("HOME", "/");
        variables.put("LC_ALL", "C");
        variables.put("TMPDIR", "/tmp");
        variables.put("VERSION", version);
        variables.put("PACKAGE_VERSION", version);
        variables.put("LOCALE_FR", "none");
        variables.put("LOCALE_FR_UTF8", "none");
        variables.put("abs_top_builddir", directory);
        variables.put("abs_top_srcdir", directory);
        variables.put("abs_srcdir", directory);
        variables.put("srcdir", ".");
        variables.put("top_srcdir", ".");
        variables.put("built_programs", String.join(" ", programs));
        variables.put("fail", "0");
        variables.put("host_os", "linux-gnu");
        variables.put("host_triplet", "x86_64-pc-linux-gnu");
        variables.put("CONFIG_HEADER", directory + "/config.h");
        variables.put("CU_TEST_NAME", "coreutils");
        variables.put("CC", "none");
        variables.put("AWK", "awk");
        variables.put("EGREP", "grep -E");
        variables.put("EXEEXT", "");
        variables.put("MAKE", "make");
        variables.put("PERL", "perl");
        variables.put("SHELL", "/bin/sh");
        return variables;
    }

    /** The same environment as words of {@code env}. */
    static List<String> assignments(Map<String, String> environment) {
        List<String> words = new ArrayList<>();
        environment.forEach((name, value) -> words.add(name + "=" + value));
        return words;
    }
}
