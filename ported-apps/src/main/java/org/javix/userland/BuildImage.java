package org.javix.userland;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The build's last step for the userland: from a tree of files to an image and its programs' code. */
final class BuildImage {

    private BuildImage() {}

    /** @param arguments the tree; the image to write; the jar to write */
    public static void main(String[] arguments) throws IOException {
        Path tree = Path.of(arguments[0]);
        Path image = Path.of(arguments[1]);
        Path jar = Path.of(arguments[2]);
        Files.createDirectories(image.getParent());
        ProgramJar.write(tree, jar);
        ImageWriter.write(tree, image);
    }
}
