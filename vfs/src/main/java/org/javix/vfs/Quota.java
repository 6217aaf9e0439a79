package org.javix.vfs;

/**
 * What a user or group holds of a file system, and may hold. A limit of 0 is none. Hard limits are never passed; soft
 * ones are for as long as the {@linkplain Quotas#byteGrace grace time} lasts.
 *
 * @param hardBytes hard limit of bytes
 * @param softBytes soft limit of bytes
 * @param bytes how many bytes of pages it holds
 * @param hardFiles hard limit of files
 * @param softFiles soft limit of files
 * @param files how many files it holds
 * @param bytesUntil the second since 1970 up to which the soft limit of bytes may be passed; 0 while it is not
 * @param filesUntil the same for files
 */
public record Quota(
        long hardBytes, long softBytes, long bytes,
        long hardFiles, long softFiles, long files,
        long bytesUntil, long filesUntil) {
    static final Quota NOTHING = new Quota(0, 0, 0, 0, 0, 0, 0, 0);

    /** With other limits of bytes. */
    public Quota withByteLimits(long hard, long soft) {
        return new Quota(hard, soft, bytes, hardFiles, softFiles, files, bytesUntil, filesUntil);
    }

    /** With other limits of files. */
    public Quota withFileLimits(long hard, long soft) {
        return new Quota(hardBytes, softBytes, bytes, hard, soft, files, bytesUntil, filesUntil);
    }

    /** With another end of the grace time for bytes. */
    public Quota withBytesUntil(long second) {
        return new Quota(hardBytes, softBytes, bytes, hardFiles, softFiles, files, second, filesUntil);
    }

    /** With another end of the grace time for files. */
    public Quota withFilesUntil(long second) {
        return new Quota(hardBytes, softBytes, bytes, hardFiles, softFiles, files, bytesUntil, second);
    }

    /** Whether somebody could hold so much more now. */
    boolean allows(long moreBytes, long moreFiles, long now) {
        return allows(bytes, moreBytes, hardBytes, softBytes, bytesUntil, now)
                && allows(files, moreFiles, hardFiles, softFiles, filesUntil, now);
    }

    private static boolean allows(long used, long more, long hard, long soft, long until, long now) {
        if (more == 0) {
            return true;
        }
        boolean tooLate = soft > 0 && used + more > soft && until != 0 && now >= until;
        return (hard == 0 || used + more <= hard) && !tooLate;
    }

    /** With so much more in use; less if negative. The grace times begin and end as the soft limits are passed. */
    Quota plus(long moreBytes, long moreFiles, long now, long byteGrace, long fileGrace) {
        long newBytes = bytes + moreBytes;
        long newFiles = files + moreFiles;
        return new Quota(
                hardBytes, softBytes, newBytes, hardFiles, softFiles, newFiles,
                until(newBytes, softBytes, bytesUntil, now + byteGrace),
                until(newFiles, softFiles, filesUntil, now + fileGrace));
    }

    private static long until(long used, long soft, long present, long fresh) {
        if (soft == 0 || used <= soft) {
            return 0;
        }
        return present == 0 ? fresh : present;
    }
}
