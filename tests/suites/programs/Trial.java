package programs;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * One test of a suite.
 *
 * @param kind what is to be done
 * @param group what it is counted with
 * @param path below the source, without its ending, such as {@code conformance/interfaces/fork/1-1}
 */
record Trial(Kind kind, String group, String path) {
    /** A test is a program, a script around programs, or nothing but something to compile. */
    enum Kind {
        PROGRAM,
        SCRIPT,
        COMPILATION
    }

    /** Of a line {@code KIND GROUP PATH}. */
    static Trial parse(String line) {
        String[] words = line.split(" ");
        return new Trial(Kind.valueOf(words[0].toUpperCase(Locale.ROOT)), words[1], words[2]);
    }

    /** The directory that it lies in, below the source. */
    Path directory() {
        Path parent = Path.of(path).getParent();
        return parent == null ? Path.of("") : parent;
    }

    /** The words that run it where its directory was laid out. */
    List<String> words() {
        return kind == Kind.SCRIPT ? List.of("sh", path + ".sh") : List.of("./" + path + ".test");
    }
}
