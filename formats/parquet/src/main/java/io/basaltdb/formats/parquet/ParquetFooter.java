package io.basaltdb.formats.parquet;

import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import java.util.List;

/// Writes what stands at the end of a file: the schema, and where the pages are. The numbers are those of the format.
final class ParquetFooter {
    static final int PLAIN = 0;
    static final int RLE = 3;

    private static final int REQUIRED = 0;
    private static final int OPTIONAL = 1;
    private static final int REPEATED = 2;
    private static final int WIDE_BYTES = 16;

    /// Converted types, for readers that know no logical ones; −1 for none.
    private static final int UTF8 = 0;

    private static final int MAP = 1;
    private static final int LIST = 3;
    private static final int DECIMAL = 5;
    private static final int DATE = 6;
    private static final int TIMESTAMP_MILLIS = 9;
    private static final int TIMESTAMP_MICROS = 10;
    private static final int INT_8 = 15;
    private static final int JSON = 19;

    private final ByteBuilder bytes = new ByteBuilder();
    private final CompactWriter out = new CompactWriter(bytes);

    /// The rows of a row group, and its chunks.
    record Group(long rowCount, List<WrittenChunk> chunks) {}

    private ParquetFooter() {}

    static ByteBuilder of(
            Schema schema, List<Group> groups, PageCompression compression, String writer) {
        ParquetFooter footer = new ParquetFooter();
        footer.write(schema, groups, compression, writer);
        return footer.bytes;
    }

    private void write(
            Schema schema, List<Group> groups, PageCompression compression, String writer) {
        out.begin();
        out.i32(1, 1);
        out.listOfStructs(
                2, 1 + schema.fields().stream().mapToInt(field -> count(field.type())).sum());
        out.begin();
        out.text(4, "schema");
        out.i32(5, schema.size());
        out.end();
        for (Field field : schema.fields()) {
            element(field.name(), field.type(), OPTIONAL);
        }
        out.i64(3, groups.stream().mapToLong(Group::rowCount).sum());
        out.listOfStructs(4, groups.size());
        for (Group group : groups) {
            group(group, compression);
        }
        out.text(6, writer);
        int leaves = schema.fields().stream().mapToInt(field -> leafCount(field.type())).sum();
        out.listOfStructs(7, leaves);
        for (int i = 0; i < leaves; i++) {
            out.begin();
            out.empty(1);
            out.end();
        }
        out.end();
    }

    private static int count(Type type) {
        return switch (type) {
            case Type.Array(Type element) -> 2 + count(element);
            case Type.Map(Type key, Type value) -> 2 + count(key) + count(value);
            case Type.Struct(List<Type.Struct.Member> members) ->
                    1 + members.stream().mapToInt(member -> count(member.type())).sum();
            default -> 1;
        };
    }

    private static int leafCount(Type type) {
        return switch (type) {
            case Type.Array(Type element) -> leafCount(element);
            case Type.Map(Type key, Type value) -> leafCount(key) + leafCount(value);
            case Type.Struct(List<Type.Struct.Member> members) ->
                    members.stream().mapToInt(member -> leafCount(member.type())).sum();
            default -> 1;
        };
    }

    private void element(String name, Type type, int repetition) {
        switch (type) {
            case Type.Array(Type element) -> {
                group(name, repetition, 1, LIST, 3);
                group("list", REPEATED, 1, -1, -1);
                element("element", element, OPTIONAL);
            }
            case Type.Map(Type key, Type value) -> {
                group(name, repetition, 1, MAP, 2);
                group("key_value", REPEATED, 2, -1, -1);
                element("key", key, REQUIRED);
                element("value", value, OPTIONAL);
            }
            case Type.Struct(List<Type.Struct.Member> members) -> {
                group(name, repetition, members.size(), -1, -1);
                for (Type.Struct.Member member : members) {
                    element(member.name(), member.type(), OPTIONAL);
                }
            }
            default -> leaf(name, type, repetition);
        }
    }

    private void group(String name, int repetition, int children, int converted, int logical) {
        out.begin();
        out.i32(3, repetition);
        out.text(4, name);
        out.i32(5, children);
        if (converted >= 0) {
            out.i32(6, converted);
            out.begin(10);
            out.empty(logical);
            out.end();
        }
        out.end();
    }

    private void leaf(String name, Type of, int repetition) {
        Type type = of instanceof Type.Enumeration || of instanceof Type.Inet ? Type.TEXT : of;
        out.begin();
        out.i32(1, WrittenLeaf.physical(type));
        if (type.physical() == io.basaltdb.storage.type.Physical.WIDE) {
            out.i32(2, WIDE_BYTES);
        }
        out.i32(3, repetition);
        out.text(4, name);
        int converted = converted(type);
        if (converted >= 0) {
            out.i32(6, converted);
        }
        if (type instanceof Type.Decimal(int precision, int scale)) {
            out.i32(7, scale);
            out.i32(8, precision);
        }
        logical(type);
        out.end();
    }

    private static int converted(Type type) {
        return switch (type) {
            case Type.Int(int bits) -> INT_8 + Integer.numberOfTrailingZeros(bits / 8);
            case Type.Decimal _ -> DECIMAL;
            case Type.Date _ -> DATE;
            case Type.Text _ -> UTF8;
            case Type.Json _ -> JSON;
            case Type.TimestampTz(int precision) ->
                    precision > 6 ? -1 : precision > 3 ? TIMESTAMP_MICROS : TIMESTAMP_MILLIS;
            default -> -1;
        };
    }

    private void logical(Type type) {
        switch (type) {
            case Type.Text _ -> empty(1);
            case Type.Decimal(int precision, int scale) -> {
                out.begin(10);
                out.begin(5);
                out.i32(1, scale);
                out.i32(2, precision);
                out.end();
                out.end();
            }
            case Type.Date _ -> empty(6);
            case Type.Time _ -> time(7, false, 2);
            case Type.Timestamp(int precision) -> time(8, false, unit(precision));
            case Type.TimestampTz(int precision) -> time(8, true, unit(precision));
            case Type.Int(int bits) -> {
                out.begin(10);
                out.begin(10);
                out.i8(1, bits);
                out.bool(2, true);
                out.end();
                out.end();
            }
            case Type.Json _ -> empty(12);
            case Type.Uuid _ -> empty(14);
            default -> {}
        }
    }

    private void empty(int logical) {
        out.begin(10);
        out.empty(logical);
        out.end();
    }

    private static int unit(int precision) {
        return precision <= 3 ? 1 : precision <= 6 ? 2 : 3;
    }

    private void time(int logical, boolean isInstant, int unit) {
        out.begin(10);
        out.begin(logical);
        out.bool(1, isInstant);
        out.begin(2);
        out.empty(unit);
        out.end();
        out.end();
        out.end();
    }

    private void group(Group group, PageCompression compression) {
        out.begin();
        out.listOfStructs(1, group.chunks().size());
        for (WrittenChunk chunk : group.chunks()) {
            chunk(chunk, compression);
        }
        out.i64(2, group.chunks().stream().mapToLong(WrittenChunk::plainBytes).sum());
        out.i64(3, group.rowCount());
        out.i64(5, group.chunks().getFirst().position());
        out.i64(6, group.chunks().stream().mapToLong(WrittenChunk::sizeBytes).sum());
        out.end();
    }

    private void chunk(WrittenChunk chunk, PageCompression compression) {
        out.begin();
        out.i64(2, 0);
        out.begin(3);
        out.i32(1, WrittenLeaf.physical(chunk.leaf().type()));
        out.listOfI32(2, 2);
        out.element(PLAIN);
        out.element(RLE);
        out.listOfTexts(3, chunk.leaf().path().size());
        for (String name : chunk.leaf().path()) {
            out.element(name);
        }
        out.i32(4, compression.number());
        out.i64(5, chunk.levelCount());
        out.i64(6, chunk.plainBytes());
        out.i64(7, chunk.sizeBytes());
        out.i64(9, chunk.position());
        out.begin(12);
        out.i64(3, chunk.nullCount());
        if (!chunk.bounds().isEmpty()) {
            byte[] least = chunk.bounds().getFirst();
            byte[] greatest = chunk.bounds().getLast();
            out.binary(5, greatest, 0, greatest.length);
            out.binary(6, least, 0, least.length);
        }
        out.end();
        out.end();
        out.end();
    }
}
