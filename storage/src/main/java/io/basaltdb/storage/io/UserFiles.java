package io.basaltdb.storage.io;

import java.util.List;

/// Files outside the database that users name: to import, to export, to query in place. Paths are as the user wrote them, absolute or relative to the
/// working directory. Every failure names the file. Safe for use by many threads.
public interface UserFiles {
    /// The existing files that a name means, sorted. A name may hold `*`, `**`, `?` and `[…]`; one without them means itself.
    ///
    /// @throws io.basaltdb.storage.error.BasaltException FILE_NOT_FOUND where there is none
    List<String> expand(String pattern);

    RandomReader open(String path);

    /// Starts a new file.
    ///
    /// @throws io.basaltdb.storage.error.BasaltException INVALID_PARAMETER where it exists already
    AppendWriter create(String path);

    /// Removes a file that was started and not completed.
    void delete(String path);
}
