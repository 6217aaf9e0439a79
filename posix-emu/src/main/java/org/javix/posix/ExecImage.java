package org.javix.posix;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.javix.vfs.Credentials;

/**
 * What a new program finds on its stack: argc, argv, the environment and the auxiliary vector, then the
 * strings that they point to.
 */
final class ExecImage {
    private static final int AT_NULL = 0;
    private static final int AT_PAGESZ = 6;
    private static final int AT_UID = 11;
    private static final int AT_EUID = 12;
    private static final int AT_GID = 13;
    private static final int AT_EGID = 14;
    private static final int AT_CLKTCK = 17;
    private static final int AT_SECURE = 23;
    private static final int AT_RANDOM = 25;
    private static final int AT_EXECFN = 31;

    private static final int AUXILIARY_ENTRIES = 10;
    private static final int RANDOM_BYTES = 16;
    private static final int ALIGNMENT = 16;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Program program;
    private final Credentials who;
    private final List<byte[]> strings = new ArrayList<>();
    private final int wordBytes;
    private final int size;

    ExecImage(Program program, Credentials who) {
        this.program = program;
        this.who = who;
        int stringBytes = RANDOM_BYTES;
        program.arguments().forEach(this::addString);
        program.environment().forEach(this::addString);
        addString(program.path());
        for (byte[] string : strings) {
            stringBytes += string.length;
        }
        int words = 1 + program.arguments().size() + 1 + program.environment().size() + 1 + 2 * AUXILIARY_ENTRIES;
        wordBytes = 4 * words;
        size = wordBytes + stringBytes + ALIGNMENT - 1 & -ALIGNMENT;
    }

    private void addString(String string) {
        strings.add((string + "\0").getBytes(StandardCharsets.ISO_8859_1));
    }

    /** How many bytes it takes. */
    int size() {
        return size;
    }

    /** Writes it; tells where the arguments and the environment lie. */
    CommandLine store(GuestMemory memory, long address) {
        memory.check(address, size);
        byte[] random = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(random);
        long randomAt = address + wordBytes;
        memory.setBytes(randomAt, random);

        long word = address;
        long string = randomAt + RANDOM_BYTES;
        long firstArgument = string;
        long firstVariable = string;
        int arguments = program.arguments().size();
        memory.set32(word, arguments);
        word += 4;
        for (int i = 0; i < strings.size() - 1; i++) {
            if (i == arguments) {
                memory.set32(word, 0);
                word += 4;
                firstVariable = string;
            }
            memory.set32(word, (int) string);
            memory.setBytes(string, strings.get(i));
            string += strings.get(i).length;
            word += 4;
        }
        if (strings.size() - 1 == arguments) {
            memory.set32(word, 0);
            word += 4;
            firstVariable = string;
        }
        CommandLine commandLine = new CommandLine(firstArgument, firstVariable, string);
        memory.set32(word, 0);
        word += 4;
        memory.setBytes(string, strings.getLast());

        boolean secure = who.isSetId();
        long[] auxiliary = {
            AT_PAGESZ, AddressSpace.PAGE,
            AT_UID, who.uid(),
            AT_EUID, who.euid(),
            AT_GID, who.gid(),
            AT_EGID, who.egid(),
            AT_CLKTCK, 100,
            AT_SECURE, secure ? 1 : 0,
            AT_RANDOM, randomAt,
            AT_EXECFN, string,
            AT_NULL, 0
        };
        for (long value : auxiliary) {
            memory.set32(word, (int) value);
            word += 4;
        }
        return commandLine;
    }
}
