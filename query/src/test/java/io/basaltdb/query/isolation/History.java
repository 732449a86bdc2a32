package io.basaltdb.query.isolation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What transactions did and saw.
///
/// @param transactions in the order in which each session ran them
record History(List<Transaction> transactions) {
    enum Outcome {
        COMMITTED,
        ABORTED,
        UNKNOWN
    }

    /// @param session transactions of one session follow each other
    record Transaction(int id, int session, Outcome outcome, List<Operation> operations) {}

    /// Every value is written once in the whole history.
    sealed interface Operation {
        String key();
    }

    /// Adds a value to the end of a list.
    record Append(String key, long value) implements Operation {}

    /// Reads a list.
    record ReadList(String key, List<Long> values) implements Operation {}

    /// Sets a register, which the transaction has read before.
    record Write(String key, long value) implements Operation {}

    /// Reads a register; null where it is not there.
    record Read(String key, @Nullable Long value) implements Operation {}
}
