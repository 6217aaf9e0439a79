package org.javix.command;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ConstantPoolSharingOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * Copies a jar with its classes in a format that the JDK's ahead-of-time cache accepts. The cache refuses
 * classes without stack maps, older than Java 6, and every class that refers to them; picocli's are.
 */
final class ModernJar {
    private static final int FIRST_WITH_STACK_MAPS = ClassFile.JAVA_6_VERSION;
    private static final int WRITTEN = ClassFile.JAVA_8_VERSION;

    private final ClassFile format;

    private ModernJar(ClassLoader loader) {
        format = ClassFile.of(
                ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(loader)),
                ConstantPoolSharingOption.NEW_POOL,
                StackMapsOption.STACK_MAPS_WHEN_REQUIRED);
    }

    /** Whether the jar holds a class that the cache refuses. */
    static boolean isOld(Path file) throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                if (entry.getName().endsWith(".class")) {
                    try (DataInputStream in = new DataInputStream(jar.getInputStream(entry))) {
                        in.readInt();
                        in.readUnsignedShort();
                        if (in.readUnsignedShort() < FIRST_WITH_STACK_MAPS) {
                            return true;
                        }
                    }
                }
            }
        }
        return false;
    }

    /** The same jar always gives the same bytes. */
    static void copy(Path from, Path to, ClassLoader loader) throws IOException {
        ModernJar modern = new ModernJar(loader);
        try (JarFile jar = new JarFile(from.toFile());
                JarOutputStream out = new JarOutputStream(Files.newOutputStream(to))) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                try (InputStream in = jar.getInputStream(entry)) {
                    byte[] content = in.readAllBytes();
                    JarEntry copy = new JarEntry(entry.getName());
                    copy.setTime(entry.getTime());
                    out.putNextEntry(copy);
                    out.write(entry.getName().endsWith(".class") ? modern.convert(content) : content);
                    out.closeEntry();
                }
            }
        }
    }

    private byte[] convert(byte[] content) {
        ClassModel model = format.parse(content);
        if (model.majorVersion() >= FIRST_WITH_STACK_MAPS) {
            return content;
        }
        ClassTransform version = (builder, element) -> {
            if (element instanceof ClassFileVersion) {
                builder.withVersion(WRITTEN, 0);
            } else {
                builder.with(element);
            }
        };
        return format.transformClass(model, version.andThen(ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)));
    }
}
