package machine;

/**
 * What became of a test.
 *
 * @param <V> the verdicts that its suite knows
 * @param verdict what its exit status says
 * @param output what it wrote, a byte a character
 */
public record Outcome<V extends Enum<V>>(V verdict, String output) {}
