package org.javix.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/EMBEDDING.md shows the examples that {@link EmbeddingTest} runs, and no other Java. */
class EmbeddingDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "EMBEDDING.md");
    private static final Path SOURCE = Path.of("src", "test", "java", "org", "javix", "examples", "EmbeddingTest.java");
    private static final Pattern SHOWN = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern RUN = Pattern.compile("//> \\S+\n(.*?)\n *//<", Pattern.DOTALL);

    @Test
    void showsWhatIsRun() throws IOException {
        List<String> shown = blocks(SHOWN, Files.readString(DOCUMENT));
        List<String> run = blocks(RUN, Files.readString(SOURCE));
        assertFalse(run.isEmpty());
        assertEquals(String.join("\n----\n", run), String.join("\n----\n", shown));
    }

    /** The blocks without what the surroundings indent them by. */
    private static List<String> blocks(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(block -> block.group(1).stripIndent().strip())
                .toList();
    }
}
