package io.basaltdb.storage.catalog;

import io.basaltdb.storage.encoding.ByteSink;
import io.basaltdb.storage.encoding.ByteSource;
import io.basaltdb.storage.encoding.TypeBytes;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.io.ByteReader;
import io.basaltdb.storage.io.ByteWriter;
import io.basaltdb.storage.part.PartColumns;
import io.basaltdb.storage.part.PartId;
import io.basaltdb.storage.part.PartSummary;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Definitions, types, values and part summaries as bytes: shared by log records and the manifest.
final class CatalogBytes {

    private CatalogBytes() {}

    static void putType(ByteWriter out, Type type) {
        ByteSink bytes = new ByteSink();
        TypeBytes.write(type, bytes);
        out.putBytes(bytes.array(), 0, bytes.size());
    }

    static Type getType(ByteReader in) {
        int tag = in.getByte();
        byte[] parameters = in.getBytes(TypeBytes.parameterBytes(tag));
        ByteSink bytes = new ByteSink();
        bytes.putByte(tag);
        bytes.putBytes(parameters, 0, parameters.length);
        if (TypeBytes.announcesBytes(tag)) {
            byte[] inner = in.getBytes(TypeBytes.announcedBytes(parameters));
            bytes.putBytes(inner, 0, inner.length);
        }
        try {
            return TypeBytes.read(new ByteSource(bytes.toBytes()));
        } catch (BasaltException malformed) {
            // The reader knows the place.
            throw in.damaged("a type", "a tag and parameters of a type", tag);
        }
    }

    static Type.Enumeration getEnum(ByteReader in) {
        Type type = getType(in);
        if (type instanceof Type.Enumeration labels) {
            return labels;
        }
        throw in.damaged("a type that was created", "an ENUM", 0);
    }

    /// The value, or nothing where it is null.
    static void putValue(ByteWriter out, @Nullable Value value) {
        switch (value) {
            case null -> out.putByte(0);
            case Value.Null _ -> out.putByte(1);
            case Value.Bool(boolean bool) -> {
                out.putByte(2);
                out.putBoolean(bool);
            }
            case Value.Whole(long whole) -> {
                out.putByte(3);
                out.putLong(whole);
            }
            case Value.Wide(long high, long low) -> {
                out.putByte(4);
                out.putLong(high);
                out.putLong(low);
            }
            case Value.Floating(double floating) -> {
                out.putByte(5);
                out.putDouble(floating);
            }
            case Value.Bytes(byte[] bytes) -> {
                out.putByte(6);
                out.putBlob(bytes);
            }
        }
    }

    static @Nullable Value getValue(ByteReader in) {
        int tag = in.getByte();
        return switch (tag) {
            case 0 -> null;
            case 1 -> Value.NULL;
            case 2 -> Value.of(in.getBoolean());
            case 3 -> Value.of(in.getLong());
            case 4 -> new Value.Wide(in.getLong(), in.getLong());
            case 5 -> Value.of(in.getDouble());
            case 6 -> new Value.Bytes(in.getBlob());
            default -> throw in.damaged("a value", "a tag from 0 to 6", tag);
        };
    }

    static void putTable(ByteWriter out, TableDefinition table) {
        out.putInt(table.id());
        out.putString(table.schema());
        out.putString(table.name());
        out.putInt(table.schemaVersion());
        out.putInt(table.columns().size());
        for (ColumnDefinition column : table.columns()) {
            out.putInt(column.id());
            out.putString(column.name());
            putType(out, column.type());
            out.putBoolean(column.nullable());
            String defaultSql = column.defaultSql();
            out.putBoolean(defaultSql != null);
            if (defaultSql != null) {
                out.putString(defaultSql);
            }
            putValue(out, column.initial());
            putExpression(out, column.generated());
        }
        putIds(out, table.sortKey());
        out.putInt(table.partitionBy().size());
        for (PartitionTransform transform : table.partitionBy()) {
            switch (transform) {
                case PartitionTransform.Identity(int column) -> {
                    out.putByte(0);
                    out.putInt(column);
                }
                case PartitionTransform.DateTrunc(int column, PartitionTransform.Unit unit) -> {
                    out.putByte(code(unit));
                    out.putInt(column);
                }
            }
        }
        putIds(out, table.primaryKey());
        out.putInt(table.nextColumnId());
        out.putInt(table.checks().size());
        for (CheckConstraint check : table.checks()) {
            out.putString(check.name());
            putExpression(out, check.condition());
        }
        putExpression(out, table.ttl());
        out.putInt(table.options().size());
        new TreeMap<>(table.options())
                .forEach((name, value) -> {
                    out.putString(name);
                    out.putString(value);
                });
    }

    static TableDefinition getTable(ByteReader in) {
        int id = in.getInt();
        String schema = in.getString();
        String name = in.getString();
        int schemaVersion = in.getInt();
        List<ColumnDefinition> columns = new ArrayList<>();
        for (int i = in.getCount(13); i > 0; i--) {
            int columnId = in.getInt();
            String columnName = in.getString();
            Type type = getType(in);
            boolean nullable = in.getBoolean();
            String defaultSql = in.getBoolean() ? in.getString() : null;
            Value initial = getValue(in);
            columns.add(
                    new ColumnDefinition(
                            columnId,
                            columnName,
                            type,
                            nullable,
                            defaultSql,
                            initial == null ? Value.NULL : initial,
                            getExpression(in)));
        }
        List<Integer> sortKey = getIds(in);
        List<PartitionTransform> partitionBy = new ArrayList<>();
        for (int i = in.getCount(5); i > 0; i--) {
            int kind = in.getByte();
            int column = in.getInt();
            partitionBy.add(
                    kind == 0
                            ? new PartitionTransform.Identity(column)
                            : new PartitionTransform.DateTrunc(column, unit(in, kind)));
        }
        List<Integer> primaryKey = getIds(in);
        int nextColumnId = in.getInt();
        List<CheckConstraint> checks = new ArrayList<>();
        for (int i = in.getCount(5); i > 0; i--) {
            String checkName = in.getString();
            StoredExpression condition = getExpression(in);
            if (condition == null) {
                throw in.damaged("a check", "a condition", 0);
            }
            checks.add(new CheckConstraint(checkName, condition));
        }
        StoredExpression ttl = getExpression(in);
        Map<String, String> options = new HashMap<>();
        for (int i = in.getCount(8); i > 0; i--) {
            options.put(in.getString(), in.getString());
        }
        return new TableDefinition(
                id,
                schema,
                name,
                schemaVersion,
                columns,
                sortKey,
                partitionBy,
                primaryKey,
                nextColumnId,
                checks,
                ttl,
                options);
    }

    private static void putExpression(ByteWriter out, @Nullable StoredExpression expression) {
        out.putBoolean(expression != null);
        if (expression != null) {
            out.putString(expression.sql());
            out.putString(expression.timeZone());
        }
    }

    private static @Nullable StoredExpression getExpression(ByteReader in) {
        return in.getBoolean() ? new StoredExpression(in.getString(), in.getString()) : null;
    }

    private static int code(PartitionTransform.Unit unit) {
        return switch (unit) {
            case HOUR -> 1;
            case DAY -> 2;
            case WEEK -> 3;
            case MONTH -> 4;
            case QUARTER -> 5;
            case YEAR -> 6;
        };
    }

    private static PartitionTransform.Unit unit(ByteReader in, int code) {
        return switch (code) {
            case 1 -> PartitionTransform.Unit.HOUR;
            case 2 -> PartitionTransform.Unit.DAY;
            case 3 -> PartitionTransform.Unit.WEEK;
            case 4 -> PartitionTransform.Unit.MONTH;
            case 5 -> PartitionTransform.Unit.QUARTER;
            case 6 -> PartitionTransform.Unit.YEAR;
            default -> throw in.damaged("a partition transform", "from 0 to 6", code);
        };
    }

    private static void putIds(ByteWriter out, List<Integer> ids) {
        out.putInt(ids.size());
        ids.forEach(out::putInt);
    }

    private static List<Integer> getIds(ByteReader in) {
        List<Integer> ids = new ArrayList<>();
        for (int i = in.getCount(4); i > 0; i--) {
            ids.add(in.getInt());
        }
        return ids;
    }

    static void putView(ByteWriter out, ViewDefinition view) {
        out.putInt(view.id());
        out.putString(view.schema());
        out.putString(view.name());
        out.putString(view.sql());
        out.putString(view.defaultSchema());
    }

    static ViewDefinition getView(ByteReader in) {
        return new ViewDefinition(
                in.getInt(), in.getString(), in.getString(), in.getString(), in.getString());
    }

    static void putMacro(ByteWriter out, MacroDefinition macro) {
        out.putString(macro.schema());
        out.putString(macro.name());
        out.putInt(macro.parameters().size());
        for (MacroDefinition.Parameter parameter : macro.parameters()) {
            String otherwise = parameter.defaultSql();
            out.putString(parameter.name());
            out.putBoolean(otherwise != null);
            if (otherwise != null) {
                out.putString(otherwise);
            }
        }
        out.putByte(macro.kind().number());
        out.putString(macro.sql());
        out.putString(macro.defaultSchema());
    }

    static MacroDefinition getMacro(ByteReader in) {
        String schema = in.getString();
        String name = in.getString();
        List<MacroDefinition.Parameter> parameters = new ArrayList<>();
        for (int i = in.getCount(5); i > 0; i--) {
            parameters.add(
                    new MacroDefinition.Parameter(
                            in.getString(), in.getBoolean() ? in.getString() : null));
        }
        return new MacroDefinition(
                schema, name, parameters, macroKind(in), in.getString(), in.getString());
    }

    private static MacroDefinition.Kind macroKind(ByteReader in) {
        int number = in.getByte();
        for (MacroDefinition.Kind kind : MacroDefinition.Kind.values()) {
            if (kind.number() == number) {
                return kind;
            }
        }
        throw in.damaged("a kind of macro", "0 to 2", number);
    }

    static void putComment(ByteWriter out, Comment comment) {
        out.putInt(comment.objectId());
        out.putInt(comment.columnId());
        out.putString(comment.text());
    }

    static Comment getComment(ByteReader in) {
        return new Comment(in.getInt(), in.getInt(), in.getString());
    }

    static void putPartId(ByteWriter out, PartId id) {
        out.putLong(id.uuid().getMostSignificantBits());
        out.putLong(id.uuid().getLeastSignificantBits());
    }

    static PartId getPartId(ByteReader in) {
        return new PartId(new UUID(in.getLong(), in.getLong()));
    }

    static void putPartition(ByteWriter out, List<Value> partition) {
        out.putInt(partition.size());
        for (Value value : partition) {
            putValue(out, value);
        }
    }

    static List<Value> getPartition(ByteReader in) {
        List<Value> partition = new ArrayList<>();
        for (int i = in.getCount(1); i > 0; i--) {
            Value value = getValue(in);
            partition.add(value == null ? Value.NULL : value);
        }
        return partition;
    }

    static void putSummary(ByteWriter out, PartSummary part) {
        putPartId(out, part.id());
        out.putLong(part.rowCount());
        out.putInt(part.rowsPerGranule());
        out.putLong(part.sizeBytes());
        out.putInt(part.checksum());
        out.putInt(part.schemaVersion());
        putPartition(out, part.partition());
        out.putLong(part.minBirth());
        out.putLong(part.maxBirth());
        out.putBlob(part.columns().toBytes());
    }

    static PartSummary getSummary(ByteReader in) {
        PartId id = getPartId(in);
        long rowCount = in.getLong();
        int rowsPerGranule = in.getInt();
        if (rowsPerGranule < 1 || rowsPerGranule > Batch.MAX_ROWS) {
            throw in.damaged("rows per granule", "from 1 to " + Batch.MAX_ROWS, rowsPerGranule);
        }
        long sizeBytes = in.getLong();
        int checksum = in.getInt();
        int schemaVersion = in.getInt();
        List<Value> partition = getPartition(in);
        long minBirth = in.getLong();
        long maxBirth = in.getLong();
        PartColumns columns = new PartColumns(in.getBlob());
        return new PartSummary(
                id,
                rowCount,
                rowsPerGranule,
                sizeBytes,
                checksum,
                schemaVersion,
                partition,
                minBirth,
                maxBirth,
                columns);
    }

    static void putPlaced(ByteWriter out, PlacedPart part) {
        putSummary(out, part.summary());
        out.putInt(part.deadRows().length);
        for (int i = 0; i < part.deadRows().length; i++) {
            out.putInt(part.deadRows()[i]);
            out.putLong(part.deaths()[i]);
        }
    }

    static PlacedPart getPlaced(ByteReader in) {
        PartSummary summary = getSummary(in);
        int count = in.getCount(12);
        int[] rows = new int[count];
        long[] deaths = new long[count];
        for (int i = 0; i < count; i++) {
            rows[i] = in.getInt();
            deaths[i] = in.getLong();
        }
        return new PlacedPart(summary, rows, deaths);
    }

    static void putToken(ByteWriter out, UsedToken token) {
        out.putString(token.name());
        out.putLong(token.contentHigh());
        out.putLong(token.contentLow());
        out.putLong(token.rowCount());
        out.putLong(token.wallMicros());
    }

    static UsedToken getToken(ByteReader in) {
        return new UsedToken(
                in.getString(), in.getLong(), in.getLong(), in.getLong(), in.getLong());
    }
}
