package org.javix.tests;

/**
 * What a program did.
 *
 * @param output what it wrote to standard output; every char is one byte
 * @param error what it wrote to standard error, likewise
 * @param status what a shell would show in {@code $?}
 * @param timedOut whether it was killed because it took too long
 */
record Outcome(String output, String error, int status, boolean timedOut) {
    /** Everything in one text, so that a difference shows in its context. */
    @Override
    public String toString() {
        return output + "\n---- standard error\n" + error + "\n---- " + (timedOut ? "timed out" : "status " + status);
    }
}
