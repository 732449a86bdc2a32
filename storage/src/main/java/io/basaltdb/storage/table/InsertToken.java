package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.catalog.UsedToken;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;

/// What a client says of an insert, so that it may send it again without knowing whether it was carried out: a name for it, unique within
/// the table, and what it holds.
///
/// @param contentHigh a hash of 128 bits over all that the client sent; equal hashes count as equal content
/// @param contentLow the other half
public record InsertToken(String name, long contentHigh, long contentLow) {
    public static final int MAX_CHARACTERS = 200;

    public InsertToken {
        if (name.isEmpty() || name.length() > MAX_CHARACTERS) {
            throw new BasaltException(
                    ErrorCode.INVALID_PARAMETER,
                    "an insert token has 1 to "
                            + MAX_CHARACTERS
                            + " characters, this one has "
                            + name.length());
        }
    }

    /// How many rows were inserted under this token, which is known by then.
    ///
    /// @throws BasaltException TOKEN_REUSED where they were others than these
    public long repeat(UsedToken known, TableDefinition table) {
        if (known.contentHigh() != contentHigh || known.contentLow() != contentLow) {
            throw new BasaltException(
                    ErrorCode.TOKEN_REUSED,
                    "the insert token "
                            + name
                            + " of "
                            + table.qualifiedName()
                            + " was used for other content ("
                            + known.rowCount()
                            + " rows); nothing was inserted: choose another token for this one");
        }
        return known.rowCount();
    }
}
