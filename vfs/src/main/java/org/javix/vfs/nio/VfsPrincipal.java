package org.javix.vfs.nio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.List;

/** A user or a group of the tree. */
record VfsPrincipal(int id, boolean isGroup) implements GroupPrincipal {
    /** The number: the names in {@code /etc/passwd} are the guest's to change. */
    @Override
    public String getName() {
        return Integer.toUnsignedString(id);
    }

    @Override
    public String toString() {
        return getName();
    }

    static VfsPrincipal lookUp(VfsFileSystem fs, String name, boolean group) throws IOException {
        if (name.matches("[0-9]{1,10}")) {
            return new VfsPrincipal(Integer.parseUnsignedInt(name), group);
        }
        Path table = fs.getPath(group ? "/etc/group" : "/etc/passwd");
        for (String line : lines(table)) {
            String[] fields = line.split(":");
            if (fields.length > 2 && fields[0].equals(name) && fields[2].matches("[0-9]{1,9}")) {
                return new VfsPrincipal(Integer.parseInt(fields[2]), group);
            }
        }
        throw new UserPrincipalNotFoundException(name);
    }

    private static List<String> lines(Path table) throws IOException {
        try {
            return Files.readAllLines(table);
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }
}
