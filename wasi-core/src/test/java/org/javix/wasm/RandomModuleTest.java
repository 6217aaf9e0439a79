package org.javix.wasm;

import org.junit.jupiter.api.Test;

/**
 * Runs {@link ModuleFuzzer} for a short while. For longer, and from another seed:
 *
 * <pre>
 * mvn -pl wasi-core -am test -Dtest=RandomModuleTest -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Djavix.fuzz.seconds=3600 -Djavix.fuzz.seed=12345
 * </pre>
 */
class RandomModuleTest {
    @Test
    void randomModulesRunTheSameEverywhere() throws Exception {
        long seed = Long.getLong("javix.fuzz.seed", 1);
        System.out.println(new ModuleFuzzer().run(seed, Long.getLong("javix.fuzz.seconds", 15)));
    }
}
