package io.basaltdb.storage.catalog;

/// An idempotency token that an insert has used up.
///
/// @param name as its client chose it, unique within the table
/// @param contentHigh the content that was inserted, as a hash of 128 bits
/// @param contentLow the other half
/// @param rowCount what the insert answered, and every repetition of it will
/// @param wallMicros when; the token is kept for a time from then on
public record UsedToken(
        String name, long contentHigh, long contentLow, long rowCount, long wallMicros) {}
