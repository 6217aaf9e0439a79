package org.javix.userland;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The build's last step for the userland: compiles the programs of the image. */
final class BuildPrograms {

    private BuildPrograms() {}

    /** @param arguments the image; the jar to write */
    public static void main(String[] arguments) throws IOException {
        Path jar = Path.of(arguments[1]);
        Files.createDirectories(jar.getParent());
        ProgramJar.write(ImageFs.open(Path.of(arguments[0])), jar);
    }
}
