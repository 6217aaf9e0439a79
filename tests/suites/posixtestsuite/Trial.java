package posixtestsuite;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import machine.Run;

/**
 * One test of the suite.
 *
 * @param path below the source, without its ending, such as {@code conformance/interfaces/fork/1-1}
 * @param kind what is to be done
 */
record Trial(String path, Kind kind) {
    /** A test is a program, a script around programs, or nothing but something to compile. */
    enum Kind {
        PROGRAM,
        SCRIPT,
        COMPILATION
    }

    /** What the exit status of a test says, in the suite's words. */
    enum Verdict {
        PASS,
        FAIL,
        UNRESOLVED,
        UNSUPPORTED,
        UNTESTED,
        /** A signal ended it, or it said something that has no meaning. */
        INTERRUPTED,
        HUNG,
        UNBUILT;

        static Verdict of(Run run) {
            if (!run.inTime()) {
                return HUNG;
            }
            return switch (run.status()) {
                case 0 -> PASS;
                case 1 -> FAIL;
                case 2 -> UNRESOLVED;
                case 4 -> UNSUPPORTED;
                case 5 -> UNTESTED;
                default -> INTERRUPTED;
            };
        }

        /** As it is counted and printed. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Verdict and what was written. */
    record Outcome(Verdict verdict, String output) {}

    private static final Pattern NAME = Pattern.compile("(?:conformance/)?(\\w+)/(.+)/[^/]+");

    /** Interfaces that belong together, by how their names begin. The first that fits counts. */
    private static final Map<String, String> FAMILIES = new LinkedHashMap<>();

    static {
        family("aio", "aio_ lio_");
        family("time", "asctime clock ctime difftime gmtime localtime mktime nanosleep strftime time/");
        family("timers", "timer_");
        family("processes", "fork getpid WIFEXITED wait");
        family("mmap", "fsync mlock mmap munlock munmap");
        family("mq", "mq_");
        family("sem", "sem_");
        family("shm", "shm_");
        family("sched", "sched_");
        family("sigaction", "sigaction");
        family("signals", "sig kill raise pthread_kill pthread_sigmask");
        family("pthread-attributes", "pthread_attr pthread_barrierattr pthread_condattr pthread_mutexattr pthread_rwlockattr");
        family("pthread-mutex", "pthread_mutex");
        family("pthread-cond", "pthread_cond");
        family("pthread-locks", "pthread_rwlock pthread_barrier pthread_spin");
        family("pthread", "pthread_");
    }

    private static void family(String name, String prefixes) {
        for (String prefix : prefixes.split(" ")) {
            FAMILIES.put(prefix, name);
        }
    }

    /** The name of the group that it is counted in. */
    String family() {
        Matcher matcher = NAME.matcher(path);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(path);
        }
        String part = matcher.group(1);
        if (part.equals("definitions") || part.equals("functional")) {
            return part;
        }
        String name = matcher.group(2) + "/";
        return FAMILIES.keySet().stream()
                .filter(name::startsWith)
                .findFirst()
                .map(FAMILIES::get)
                .orElse(matcher.group(2));
    }

    /** The directory that it lies in, below the source. */
    Path directory() {
        return Path.of(path).getParent();
    }

    /** The words that run it where its directory was laid out. */
    List<String> words() {
        return kind == Kind.SCRIPT ? List.of("sh", path + ".sh") : List.of("./" + path + ".test");
    }
}
