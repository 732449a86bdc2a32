package io.basaltdb.storage.catalog;

import io.basaltdb.storage.part.PartId;
import io.basaltdb.storage.part.PartSummary;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.util.List;

/// One change that a commit makes. A commit is a frame of the log that holds its changes in order; the bytes are specified in
/// [package-info][io.basaltdb.storage.catalog].
///
/// Row addresses are those at the commit itself: whoever logs a deletion has translated them through the seals and merges before it.
public sealed interface LogRecord {
    record CreateSchema(String name) implements LogRecord {}

    record DropSchema(String name) implements LogRecord {}

    record CreateTable(TableDefinition definition) implements LogRecord {}

    /// Gives a table another definition of the same id, which is the next version of the one before.
    record AlterTable(TableDefinition definition) implements LogRecord {}

    record DropTable(int tableId) implements LogRecord {}

    record Truncate(int tableId) implements LogRecord {}

    /// The rows of one partition go.
    record DropPartition(int tableId, List<Value> partition) implements LogRecord {}

    /// Creates or replaces.
    record CreateView(ViewDefinition definition) implements LogRecord {}

    record DropView(String schema, String name) implements LogRecord {}

    /// Creates or replaces.
    record CreateMacro(MacroDefinition definition) implements LogRecord {}

    record DropMacro(String schema, String name) implements LogRecord {}

    /// Creates, replaces, or adds labels.
    record CreateType(Type.Enumeration type) implements LogRecord {}

    record DropType(String name) implements LogRecord {}

    /// Writes or takes away a comment.
    record CommentOn(Comment comment) implements LogRecord {}

    /// Rows that go into the delta.
    ///
    /// @param columns the rows column by column; `table` knows how
    record Rows(int tableId, int schemaVersion, int rowCount, byte[] columns)
            implements LogRecord {}

    /// Parts written before the commit that makes them visible.
    record PartsAdded(int tableId, List<PartSummary> parts) implements LogRecord {}

    /// The delta's rows below that sequence number stand in parts from now on.
    record Sealed(int tableId, long throughSequence, List<PlacedPart> parts) implements LogRecord {}

    /// The rows of some parts stand in others from now on.
    record Merged(int tableId, List<PartId> sources, List<PlacedPart> results)
            implements LogRecord {}

    /// Rows of a part die.
    record DeletedFromPart(int tableId, PartId part, int[] rows) implements LogRecord {}

    /// Rows of the delta die.
    record DeletedFromDelta(int tableId, long[] sequences) implements LogRecord {}

    /// A part leaves its table with all its rows: it was broken, and is given up.
    record PartForgotten(int tableId, PartId part) implements LogRecord {}

    /// A table's history begins with that commit; what was before may go.
    record HistoryForgotten(int tableId, long floor) implements LogRecord {}

    /// An insert of this commit used an idempotency token up.
    record TokenUsed(int tableId, UsedToken token) implements LogRecord {}
}
