package org.javix.vfs;

/**
 * What a call gives that answers with an object: the value, or a negative error number.
 *
 * @param value the value; null if the call failed
 * @param error 0, or a negative {@link Errno}
 * @param <T> what the value is
 */
public record Result<T>(T value, int error) {
    private static final Result<?>[] FAILED = new Result<?>[256];

    static {
        for (int i = 1; i < FAILED.length; i++) {
            FAILED[i] = new Result<>(null, -i);
        }
    }

    /** A success. */
    public static <T> Result<T> of(T value) {
        return new Result<>(value, 0);
    }

    /** A failure with a negative error number; allocates nothing. */
    @SuppressWarnings("unchecked") // a failure holds no value, so it fits every type
    public static <T> Result<T> failed(int negativeErrno) {
        return (Result<T>) FAILED[-negativeErrno];
    }

    /** Whether there is no value. */
    public boolean isFailure() {
        return error < 0;
    }
}
