package io.basaltdb.storage.error;

/// Refuses files of versions that this program does not read.
public final class FormatVersion {
    private FormatVersion() {}

    /// @param file with the name of its format
    /// @param known the version that this program reads
    public static BasaltException refused(String file, int version, int flags, int known) {
        return new BasaltException(
                ErrorCode.FORMAT_TOO_NEW,
                file
                        + " format "
                        + version
                        + (flags == 0 ? "" : " with feature flags " + Integer.toHexString(flags))
                        + ", this program reads format "
                        + known
                        + (flags == 0 ? "" : " with none")
                        + (version < known
                                ? "; open it with the program that wrote it"
                                : "; open it with a newer program"));
    }
}
