package io.basaltdb.storage.part;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.Disk;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Walks all of a part: every checksum, every value against its zone maps, the order of the rows.
public final class PartCheck {
    private PartCheck() {}

    /// What is wrong with the part, one line each; empty where nothing is.
    ///
    /// @param expected what the database keeps of the part; null where it is not known
    public static List<String> problems(Disk disk, String path, @Nullable PartSummary expected) {
        throw new BasaltException(
                ErrorCode.FEATURE_NOT_SUPPORTED, "parts cannot be written or read yet");
    }
}
