package io.basaltdb.storage.encoding;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Storable types as bytes, for footers, logs and manifests: a tag (one byte) and the type's parameters, one byte each. 1: BOOLEAN.
/// 2: integer, bits. 3: REAL. 4: DOUBLE. 5: DECIMAL, precision, scale. 6: DATE. 7: TIMESTAMP, precision. 8: TIMESTAMP WITH TIME ZONE,
/// precision. 9: TEXT. 10: TIME. 11: UUID. 12: VARBINARY. 13: JSON. 17: INTERVAL. 19: INET. Of others two bytes say how many bytes follow: 14: ARRAY,
/// the element's type. 15: STRUCT, for each member its name, as UTF-8 behind its length in two bytes, and its type. 16: MAP, the types of key
/// and value. 18: ENUM, its name (empty: none) and its labels, each as UTF-8 behind its length in two bytes.
public final class TypeBytes {
    private static final int BOOLEAN = 1;
    private static final int INTEGER = 2;
    private static final int REAL = 3;
    private static final int DOUBLE = 4;
    private static final int DECIMAL = 5;
    private static final int DATE = 6;
    private static final int TIMESTAMP = 7;
    private static final int TIMESTAMPTZ = 8;
    private static final int TEXT = 9;
    private static final int TIME = 10;
    private static final int UUID = 11;
    private static final int VARBINARY = 12;
    private static final int JSON = 13;
    private static final int ARRAY = 14;
    private static final int STRUCT = 15;
    private static final int MAP = 16;
    private static final int INTERVAL = 17;
    private static final int ENUM = 18;
    private static final int INET = 19;

    private static final int MAX_NESTED_BYTES = 0xFFFF;

    private TypeBytes() {}

    public static void write(Type type, ByteSink sink) {
        switch (type) {
            case Type.Bool _ -> sink.putByte(BOOLEAN);
            case Type.Int(int bits) -> {
                sink.putByte(INTEGER);
                sink.putByte(bits);
            }
            case Type.Real _ -> sink.putByte(REAL);
            case Type.DoublePrecision _ -> sink.putByte(DOUBLE);
            case Type.Decimal(int precision, int scale) -> {
                sink.putByte(DECIMAL);
                sink.putByte(precision);
                sink.putByte(scale);
            }
            case Type.Date _ -> sink.putByte(DATE);
            case Type.Timestamp(int precision) -> {
                sink.putByte(TIMESTAMP);
                sink.putByte(precision);
            }
            case Type.TimestampTz(int precision) -> {
                sink.putByte(TIMESTAMPTZ);
                sink.putByte(precision);
            }
            case Type.Text _ -> sink.putByte(TEXT);
            case Type.Time _ -> sink.putByte(TIME);
            case Type.Uuid _ -> sink.putByte(UUID);
            case Type.Binary _ -> sink.putByte(VARBINARY);
            case Type.Json _ -> sink.putByte(JSON);
            case Type.CalendarInterval _ -> sink.putByte(INTERVAL);
            case Type.Inet _ -> sink.putByte(INET);
            case Type.Enumeration labels -> writeEnum(labels, sink);
            case Type.Nested nested -> writeNested(nested, sink);
            case Type.Interval _, Type.Null _ ->
                    throw new AssertionError("no column has type " + type.sql());
        }
    }

    private static void writeNested(Type.Nested type, ByteSink sink) {
        ByteSink inner = new ByteSink();
        switch (type) {
            case Type.Array(Type element) -> {
                sink.putByte(ARRAY);
                write(element, inner);
            }
            case Type.Struct(List<Type.Struct.Member> members) -> {
                sink.putByte(STRUCT);
                for (Type.Struct.Member member : members) {
                    writeText(member.name(), inner);
                    write(member.type(), inner);
                }
            }
            case Type.Map(Type key, Type value) -> {
                sink.putByte(MAP);
                write(key, inner);
                write(value, inner);
            }
        }
        putInner(inner, sink, "members or shorter names");
    }

    private static void writeEnum(Type.Enumeration type, ByteSink sink) {
        ByteSink inner = new ByteSink();
        sink.putByte(ENUM);
        writeText(type.name(), inner);
        type.labels().forEach(label -> writeText(label, inner));
        putInner(inner, sink, "or shorter labels");
    }

    private static void writeText(String text, ByteSink sink) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        checkSize(bytes.length, "names or labels");
        sink.putShort(bytes.length);
        sink.putBytes(bytes, 0, bytes.length);
    }

    private static void putInner(ByteSink inner, ByteSink sink, String fewer) {
        checkSize(inner.size(), fewer);
        sink.putShort(inner.size());
        sink.putBytes(inner.array(), 0, inner.size());
    }

    private static void checkSize(int bytes, String fewer) {
        if (bytes > MAX_NESTED_BYTES) {
            throw new BasaltException(
                    ErrorCode.PROGRAM_LIMIT,
                    "A type whose description takes "
                            + bytes
                            + " bytes is larger than the limit of "
                            + MAX_NESTED_BYTES
                            + "; give it fewer "
                            + fewer);
        }
    }

    public static Type read(ByteSource source) {
        int tag = source.getByte();
        return switch (tag) {
            case BOOLEAN -> Type.BOOLEAN;
            case INTEGER -> integer(source.getByte());
            case REAL -> Type.REAL;
            case DOUBLE -> Type.DOUBLE;
            case DECIMAL -> decimal(source.getByte(), source.getByte());
            case DATE -> Type.DATE;
            case TIMESTAMP -> new Type.Timestamp(timePrecision(source.getByte()));
            case TIMESTAMPTZ -> new Type.TimestampTz(timePrecision(source.getByte()));
            case TEXT -> Type.TEXT;
            case TIME -> Type.TIME;
            case UUID -> Type.UUID;
            case VARBINARY -> Type.VARBINARY;
            case JSON -> Type.JSON;
            case INTERVAL -> Type.INTERVAL;
            case INET -> Type.INET;
            case ENUM -> labels(inner(source));
            case ARRAY, STRUCT, MAP -> nested(tag, inner(source));
            default -> throw ByteSource.malformed("unknown tag " + tag + " of a type");
        };
    }

    private static ByteSource inner(ByteSource source) {
        return new ByteSource(source.getBytes(source.getShort() & 0xFFFF));
    }

    private static Type nested(int tag, ByteSource inner) {
        Type type =
                switch (tag) {
                    case ARRAY -> new Type.Array(read(inner));
                    case MAP -> new Type.Map(read(inner), read(inner));
                    default -> struct(inner);
                };
        inner.expectEnd();
        return type;
    }

    private static Type labels(ByteSource inner) {
        String name = text(inner);
        List<String> labels = new ArrayList<>();
        while (inner.remaining() > 0) {
            labels.add(text(inner));
        }
        if (labels.isEmpty()) {
            throw ByteSource.malformed("an ENUM without labels");
        }
        return new Type.Enumeration(name, labels);
    }

    private static String text(ByteSource inner) {
        return new String(inner.getBytes(inner.getShort() & 0xFFFF), StandardCharsets.UTF_8);
    }

    private static Type struct(ByteSource inner) {
        List<Type.Struct.Member> members = new ArrayList<>();
        while (inner.remaining() > 0) {
            members.add(new Type.Struct.Member(text(inner), read(inner)));
        }
        if (members.isEmpty()) {
            throw ByteSource.malformed("a STRUCT without members");
        }
        return new Type.Struct(members);
    }

    /// Whether the parameters behind this tag are the number of further bytes.
    public static boolean announcesBytes(int tag) {
        return tag == ARRAY || tag == STRUCT || tag == MAP || tag == ENUM;
    }

    /// How many bytes the parameters of such a type announce.
    public static int announcedBytes(byte[] parameters) {
        return new ByteSource(parameters).getShort() & 0xFFFF;
    }

    /// How many bytes of parameters stand behind a tag.
    public static int parameterBytes(int tag) {
        return switch (tag) {
            case ARRAY, STRUCT, MAP, ENUM -> 2;
            case INTEGER, TIMESTAMP, TIMESTAMPTZ -> 1;
            case DECIMAL -> 2;
            default -> 0;
        };
    }

    private static Type integer(int bits) {
        if (bits != 8 && bits != 16 && bits != 32 && bits != 64) {
            throw ByteSource.malformed("an integer of " + bits + " bits");
        }
        return new Type.Int(bits);
    }

    private static Type decimal(int precision, int scale) {
        if (precision < 1 || precision > Type.Decimal.MAX_PRECISION || scale > precision) {
            throw ByteSource.malformed("DECIMAL(" + precision + ", " + scale + ")");
        }
        return new Type.Decimal(precision, scale);
    }

    private static int timePrecision(int precision) {
        if (precision > 9) {
            throw ByteSource.malformed("TIMESTAMP(" + precision + ")");
        }
        return precision;
    }
}
