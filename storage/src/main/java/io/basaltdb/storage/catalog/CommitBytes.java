package io.basaltdb.storage.catalog;

import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.ByteReader;
import io.basaltdb.storage.io.ByteWriter;
import io.basaltdb.storage.part.DeleteVector;
import io.basaltdb.storage.part.PartId;
import io.basaltdb.storage.part.PartSummary;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.util.ArrayList;
import java.util.List;

/// A commit as the payload of a log frame: when it was made, and its records one after the other. See package-info for the bytes.
public final class CommitBytes {
    private static final int CREATE_SCHEMA = 1;
    private static final int DROP_SCHEMA = 2;
    private static final int CREATE_TABLE = 3;
    private static final int DROP_TABLE = 4;
    private static final int TRUNCATE = 5;
    private static final int CREATE_VIEW = 6;
    private static final int DROP_VIEW = 7;
    private static final int ALTER_TABLE = 8;
    private static final int DROP_PARTITION = 9;
    private static final int CREATE_MACRO = 10;
    private static final int DROP_MACRO = 11;
    private static final int COMMENT_ON = 12;
    private static final int CREATE_TYPE = 13;
    private static final int DROP_TYPE = 14;
    private static final int ROWS = 16;
    private static final int PARTS_ADDED = 17;
    private static final int SEALED = 18;
    private static final int MERGED = 19;
    private static final int DELETED_FROM_PART = 20;
    private static final int DELETED_FROM_DELTA = 21;
    private static final int MANY_DELETED_FROM_PART = 22;
    private static final int PART_FORGOTTEN = 23;
    private static final int TOKEN_USED = 24;
    private static final int HISTORY_FORGOTTEN = 25;

    /// More deleted rows of a part than this are written as a delete vector.
    private static final int MAX_LISTED_ROWS = 64;

    /// What a payload holds.
    public record Commit(long commit, long wallMicros, List<LogRecord> records) {}

    private CommitBytes() {}

    /// Begins a payload; records follow.
    public static void begin(ByteWriter out, long wallMicros) {
        out.putLong(wallMicros);
    }

    /// Begins a [LogRecord.Rows]: the caller adds the columns and calls [#endRows] with what this returned.
    public static int beginRows(ByteWriter out, int tableId, int schemaVersion, int rowCount) {
        out.putByte(ROWS);
        out.putInt(tableId);
        out.putInt(schemaVersion);
        out.putInt(rowCount);
        return out.skip(4);
    }

    public static void endRows(ByteWriter out, int begun) {
        out.setInt(begun, out.size() - begun - 4);
    }

    public static void put(ByteWriter out, LogRecord record) {
        switch (record) {
            case LogRecord.CreateSchema(String name) -> {
                out.putByte(CREATE_SCHEMA);
                out.putString(name);
            }
            case LogRecord.DropSchema(String name) -> {
                out.putByte(DROP_SCHEMA);
                out.putString(name);
            }
            case LogRecord.CreateTable(TableDefinition definition) -> {
                out.putByte(CREATE_TABLE);
                CatalogBytes.putTable(out, definition);
            }
            case LogRecord.AlterTable(TableDefinition definition) -> {
                out.putByte(ALTER_TABLE);
                CatalogBytes.putTable(out, definition);
            }
            case LogRecord.DropTable(int tableId) -> {
                out.putByte(DROP_TABLE);
                out.putInt(tableId);
            }
            case LogRecord.Truncate(int tableId) -> {
                out.putByte(TRUNCATE);
                out.putInt(tableId);
            }
            case LogRecord.DropPartition(int tableId, List<Value> partition) -> {
                out.putByte(DROP_PARTITION);
                out.putInt(tableId);
                CatalogBytes.putPartition(out, partition);
            }
            case LogRecord.CreateView(ViewDefinition definition) -> {
                out.putByte(CREATE_VIEW);
                CatalogBytes.putView(out, definition);
            }
            case LogRecord.DropView(String schema, String name) -> {
                out.putByte(DROP_VIEW);
                out.putString(schema);
                out.putString(name);
            }
            case LogRecord.CreateMacro(MacroDefinition definition) -> {
                out.putByte(CREATE_MACRO);
                CatalogBytes.putMacro(out, definition);
            }
            case LogRecord.DropMacro(String schema, String name) -> {
                out.putByte(DROP_MACRO);
                out.putString(schema);
                out.putString(name);
            }
            case LogRecord.CreateType(Type.Enumeration type) -> {
                out.putByte(CREATE_TYPE);
                CatalogBytes.putType(out, type);
            }
            case LogRecord.DropType(String name) -> {
                out.putByte(DROP_TYPE);
                out.putString(name);
            }
            case LogRecord.CommentOn(Comment comment) -> {
                out.putByte(COMMENT_ON);
                CatalogBytes.putComment(out, comment);
            }
            case LogRecord.Rows(int tableId, int schemaVersion, int rowCount, byte[] columns) -> {
                int begun = beginRows(out, tableId, schemaVersion, rowCount);
                out.putBytes(columns, 0, columns.length);
                endRows(out, begun);
            }
            case LogRecord.PartsAdded(int tableId, List<PartSummary> parts) -> {
                out.putByte(PARTS_ADDED);
                out.putInt(tableId);
                out.putInt(parts.size());
                parts.forEach(part -> CatalogBytes.putSummary(out, part));
            }
            case LogRecord.Sealed(int tableId, long throughSequence, List<PlacedPart> parts) -> {
                out.putByte(SEALED);
                out.putInt(tableId);
                out.putLong(throughSequence);
                putPlaced(out, parts);
            }
            case LogRecord.Merged(int tableId, List<PartId> sources, List<PlacedPart> results) -> {
                out.putByte(MERGED);
                out.putInt(tableId);
                out.putInt(sources.size());
                sources.forEach(source -> CatalogBytes.putPartId(out, source));
                putPlaced(out, results);
            }
            case LogRecord.DeletedFromPart(int tableId, PartId part, int[] rows) ->
                    putDeleted(out, tableId, part, rows);
            case LogRecord.DeletedFromDelta(int tableId, long[] sequences) -> {
                out.putByte(DELETED_FROM_DELTA);
                out.putInt(tableId);
                out.putInt(sequences.length);
                out.putLongs(sequences, sequences.length);
            }
            case LogRecord.PartForgotten(int tableId, PartId part) -> {
                out.putByte(PART_FORGOTTEN);
                out.putInt(tableId);
                CatalogBytes.putPartId(out, part);
            }
            case LogRecord.HistoryForgotten(int tableId, long floor) -> {
                out.putByte(HISTORY_FORGOTTEN);
                out.putInt(tableId);
                out.putLong(floor);
            }
            case LogRecord.TokenUsed(int tableId, UsedToken token) -> {
                out.putByte(TOKEN_USED);
                out.putInt(tableId);
                CatalogBytes.putToken(out, token);
            }
        }
    }

    private static void putDeleted(ByteWriter out, int tableId, PartId part, int[] rows) {
        boolean few = rows.length <= MAX_LISTED_ROWS;
        out.putByte(few ? DELETED_FROM_PART : MANY_DELETED_FROM_PART);
        out.putInt(tableId);
        CatalogBytes.putPartId(out, part);
        if (!few) {
            byte[] vector = DeleteVector.fromRows(rows, rows.length).serialize();
            out.putInt(vector.length);
            out.putBytes(vector, 0, vector.length);
            return;
        }
        out.putInt(rows.length);
        for (int row : rows) {
            out.putInt(row);
        }
    }

    private static void putPlaced(ByteWriter out, List<PlacedPart> parts) {
        out.putInt(parts.size());
        parts.forEach(part -> CatalogBytes.putPlaced(out, part));
    }

    private record Place(String path, long commit) {
        @Override
        public String toString() {
            return path + ", commit " + commit;
        }
    }

    /// @param path the log file, for messages
    public static Commit read(long commit, byte[] bytes, int from, int length, String path) {
        ByteReader in =
                new ByteReader(
                        bytes, from, from + length, ErrorCode.LOG_CORRUPT, new Place(path, commit));
        long wallMicros = in.getLong();
        List<LogRecord> records = new ArrayList<>();
        while (in.remaining() > 0) {
            records.add(record(in));
        }
        return new Commit(commit, wallMicros, records);
    }

    private static LogRecord record(ByteReader in) {
        int kind = in.getByte();
        return switch (kind) {
            case CREATE_SCHEMA -> new LogRecord.CreateSchema(in.getString());
            case DROP_SCHEMA -> new LogRecord.DropSchema(in.getString());
            case CREATE_TABLE -> new LogRecord.CreateTable(CatalogBytes.getTable(in));
            case ALTER_TABLE -> new LogRecord.AlterTable(CatalogBytes.getTable(in));
            case DROP_TABLE -> new LogRecord.DropTable(in.getInt());
            case TRUNCATE -> new LogRecord.Truncate(in.getInt());
            case DROP_PARTITION ->
                    new LogRecord.DropPartition(in.getInt(), CatalogBytes.getPartition(in));
            case CREATE_VIEW -> new LogRecord.CreateView(CatalogBytes.getView(in));
            case DROP_VIEW -> new LogRecord.DropView(in.getString(), in.getString());
            case CREATE_MACRO -> new LogRecord.CreateMacro(CatalogBytes.getMacro(in));
            case DROP_MACRO -> new LogRecord.DropMacro(in.getString(), in.getString());
            case CREATE_TYPE -> new LogRecord.CreateType(CatalogBytes.getEnum(in));
            case DROP_TYPE -> new LogRecord.DropType(in.getString());
            case COMMENT_ON -> new LogRecord.CommentOn(CatalogBytes.getComment(in));
            case ROWS -> new LogRecord.Rows(in.getInt(), in.getInt(), in.getInt(), in.getBlob());
            case PARTS_ADDED -> new LogRecord.PartsAdded(in.getInt(), summaries(in));
            case SEALED -> new LogRecord.Sealed(in.getInt(), in.getLong(), placed(in));
            case MERGED -> new LogRecord.Merged(in.getInt(), partIds(in), placed(in));
            case DELETED_FROM_PART ->
                    new LogRecord.DeletedFromPart(
                            in.getInt(), CatalogBytes.getPartId(in), rowNumbers(in));
            case MANY_DELETED_FROM_PART ->
                    new LogRecord.DeletedFromPart(
                            in.getInt(),
                            CatalogBytes.getPartId(in),
                            DeleteVector.deserialize(in.getBlob()).toRows());
            case DELETED_FROM_DELTA -> new LogRecord.DeletedFromDelta(in.getInt(), sequences(in));
            case PART_FORGOTTEN ->
                    new LogRecord.PartForgotten(in.getInt(), CatalogBytes.getPartId(in));
            case HISTORY_FORGOTTEN -> new LogRecord.HistoryForgotten(in.getInt(), in.getLong());
            case TOKEN_USED -> new LogRecord.TokenUsed(in.getInt(), CatalogBytes.getToken(in));
            default -> throw in.damaged("a record", "of a known kind", kind);
        };
    }

    private static List<PartSummary> summaries(ByteReader in) {
        List<PartSummary> parts = new ArrayList<>();
        for (int i = in.getCount(60); i > 0; i--) {
            parts.add(CatalogBytes.getSummary(in));
        }
        return parts;
    }

    private static List<PlacedPart> placed(ByteReader in) {
        List<PlacedPart> parts = new ArrayList<>();
        for (int i = in.getCount(60); i > 0; i--) {
            parts.add(CatalogBytes.getPlaced(in));
        }
        return parts;
    }

    private static List<PartId> partIds(ByteReader in) {
        List<PartId> ids = new ArrayList<>();
        for (int i = in.getCount(16); i > 0; i--) {
            ids.add(CatalogBytes.getPartId(in));
        }
        return ids;
    }

    private static int[] rowNumbers(ByteReader in) {
        int[] rows = new int[in.getCount(4)];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = in.getInt();
        }
        return rows;
    }

    private static long[] sequences(ByteReader in) {
        long[] sequences = new long[in.getCount(8)];
        in.getLongs(sequences, sequences.length);
        return sequences;
    }
}
