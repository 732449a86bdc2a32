package io.basaltdb.storage.type;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A SQL type. A closed set: code that must know every type switches over it without a default. It has no default methods, so that
/// the classes of its constants can be initialised by several threads at once.
public sealed interface Type {
    /// How values of this type lie in memory. A column of a [Physical#WIDE] type may still arrive as one `long` per value,
    /// batch by batch, where its values fit.
    Physical physical();

    /// The name as SQL writes it, for example `DECIMAL(15, 2)`.
    String sql();

    Bool BOOLEAN = new Bool();
    Int TINYINT = new Int(8);
    Int SMALLINT = new Int(16);
    Int INTEGER = new Int(32);
    Int BIGINT = new Int(64);
    Real REAL = new Real();
    DoublePrecision DOUBLE = new DoublePrecision();
    Date DATE = new Date();
    Timestamp TIMESTAMP = new Timestamp(6);
    TimestampTz TIMESTAMPTZ = new TimestampTz(6);
    Text TEXT = new Text();
    Time TIME = new Time();
    Uuid UUID = new Uuid();
    Binary VARBINARY = new Binary();
    Json JSON = new Json();
    CalendarInterval INTERVAL = new CalendarInterval();
    Inet INET = new Inet();
    Null NULL = new Null();

    /// BOOLEAN.
    record Bool() implements Type {
        @Override
        public Physical physical() {
            return Physical.BITS;
        }

        @Override
        public String sql() {
            return "BOOLEAN";
        }
    }

    /// TINYINT, SMALLINT, INTEGER, BIGINT: signed two's complement of 8, 16, 32 or 64 bits.
    record Int(int bits) implements Type {
        public Int {
            assert bits == 8 || bits == 16 || bits == 32 || bits == 64;
        }

        public long min() {
            return -1L << (bits - 1);
        }

        public long max() {
            return ~min();
        }

        @Override
        public Physical physical() {
            return Physical.LONG;
        }

        @Override
        public String sql() {
            return switch (bits) {
                case 8 -> "TINYINT";
                case 16 -> "SMALLINT";
                case 32 -> "INTEGER";
                default -> "BIGINT";
            };
        }
    }

    /// REAL: IEEE 754 binary32, kept as a `double` that is rounded after each step.
    record Real() implements Type {
        @Override
        public Physical physical() {
            return Physical.DOUBLE;
        }

        @Override
        public String sql() {
            return "REAL";
        }
    }

    /// DOUBLE: IEEE 754 binary64.
    record DoublePrecision() implements Type {
        @Override
        public Physical physical() {
            return Physical.DOUBLE;
        }

        @Override
        public String sql() {
            return "DOUBLE";
        }
    }

    /// DECIMAL(precision, scale): an exact unscaled number of at most `precision` (1 … 38) digits, divided by 10^scale.
    record Decimal(int precision, int scale) implements Type {
        public static final int MAX_PRECISION = 38;
        public static final int MAX_LONG_PRECISION = 18;

        public Decimal {
            assert precision >= 1 && precision <= MAX_PRECISION && scale >= 0 && scale <= precision
                    : "DECIMAL(" + precision + ", " + scale + ")";
        }

        @Override
        public Physical physical() {
            return precision <= MAX_LONG_PRECISION ? Physical.LONG : Physical.WIDE;
        }

        @Override
        public String sql() {
            return "DECIMAL(" + precision + ", " + scale + ")";
        }
    }

    /// DATE: days since 1970-01-01, proleptic Gregorian calendar.
    record Date() implements Type {
        @Override
        public Physical physical() {
            return Physical.LONG;
        }

        @Override
        public String sql() {
            return "DATE";
        }
    }

    /// TIMESTAMP(precision) without zone: microseconds since 1970-01-01 00:00 up to precision 6, nanoseconds for 7 … 9.
    record Timestamp(int precision) implements Type {
        public Timestamp {
            assert precision >= 0 && precision <= 9;
        }

        /// 1,000,000 or 1,000,000,000.
        public long unitsPerSecond() {
            return precision <= 6 ? 1_000_000L : 1_000_000_000L;
        }

        @Override
        public Physical physical() {
            return Physical.LONG;
        }

        @Override
        public String sql() {
            return precision == 6 ? "TIMESTAMP" : "TIMESTAMP(" + precision + ")";
        }
    }

    /// TIMESTAMP WITH TIME ZONE: a UTC instant in the units of [Timestamp]; the session zone acts only in casts, text and
    /// calendar functions.
    record TimestampTz(int precision) implements Type {
        public TimestampTz {
            assert precision >= 0 && precision <= 9;
        }

        /// 1,000,000 or 1,000,000,000.
        public long unitsPerSecond() {
            return precision <= 6 ? 1_000_000L : 1_000_000_000L;
        }

        @Override
        public Physical physical() {
            return Physical.LONG;
        }

        @Override
        public String sql() {
            return precision == 6
                    ? "TIMESTAMP WITH TIME ZONE"
                    : "TIMESTAMP(" + precision + ") WITH TIME ZONE";
        }
    }

    /// TEXT: valid UTF-8 of at most 16 MiB.
    record Text() implements Type {
        @Override
        public Physical physical() {
            return Physical.BYTES;
        }

        @Override
        public String sql() {
            return "TEXT";
        }
    }

    /// A type whose values the engine keeps, compares and hands on in their physical form, and otherwise knows only through its text and its own functions:
    /// no arithmetic, no widening, no implicit conversion but from TEXT that stands in the statement.
    sealed interface Opaque extends Type {}

    /// TIME: microseconds since midnight, less than a day.
    record Time() implements Opaque {
        public static final long MICROSECONDS_PER_DAY = 86_400_000_000L;

        @Override
        public Physical physical() {
            return Physical.LONG;
        }

        @Override
        public String sql() {
            return "TIME";
        }
    }

    /// UUID: its 128 bits as a signed number after the highest bit was flipped, so that the order of numbers is the order of the bytes.
    record Uuid() implements Opaque {
        @Override
        public Physical physical() {
            return Physical.WIDE;
        }

        @Override
        public String sql() {
            return "UUID";
        }
    }

    /// VARBINARY: any bytes, at most 16 MiB of them.
    record Binary() implements Opaque {
        @Override
        public Physical physical() {
            return Physical.BYTES;
        }

        @Override
        public String sql() {
            return "VARBINARY";
        }
    }

    /// JSON: a text that was found to be JSON when it became a value, kept as it was written and ordered as text.
    record Json() implements Opaque {
        @Override
        public Physical physical() {
            return Physical.BYTES;
        }

        @Override
        public String sql() {
            return "JSON";
        }
    }

    /// INET: an address of the Internet Protocol, version 4 or 6, and the length of its prefix; see [InetBytes].
    record Inet() implements Opaque {
        @Override
        public Physical physical() {
            return Physical.BYTES;
        }

        @Override
        public String sql() {
            return "INET";
        }
    }

    /// INTERVAL: months, days and microseconds, each with its own sign; see [IntervalBits]. Intervals of one length (a month is 30 days, a day 24 hours) are equal for SQL,
    /// but not the same values: what compares or groups them does so by `interval_length`.
    record CalendarInterval() implements Opaque {
        @Override
        public Physical physical() {
            return Physical.WIDE;
        }

        @Override
        public String sql() {
            return "INTERVAL";
        }
    }

    /// One of several labels that the type lists. A value is the place of its label in the list, from 0; that is also its order.
    ///
    /// @param name of a type that was created; empty where the labels stand in the column's definition
    record Enumeration(String name, List<String> labels) implements Opaque {
        /// Names of types are unique in a database, and written as they were created.
        private static final String PLAIN = "[A-Za-z_][A-Za-z0-9_]*";

        public Enumeration {
            assert !labels.isEmpty();
            labels = List.copyOf(labels);
        }

        @Override
        public Physical physical() {
            return Physical.LONG;
        }

        @Override
        public String sql() {
            if (name.isEmpty()) {
                return labelled();
            }
            return name.matches(PLAIN) ? name : "\"" + name.replace("\"", "\"\"") + "\"";
        }

        /// The labels as a definition lists them: `ENUM('sad', 'ok')`.
        public String labelled() {
            return labels.stream()
                    .map(label -> "'" + label.replace("'", "''") + "'")
                    .collect(Collectors.joining(", ", "ENUM(", ")"));
        }

        /// The label of a value.
        public String label(long value) {
            return labels.get((int) value);
        }

        /// Whether the type is this one with labels that were added behind the others.
        boolean isExtendedBy(Type type) {
            return type instanceof Enumeration other
                    && other.name.equals(name)
                    && other.labels.size() >= labels.size()
                    && other.labels.subList(0, labels.size()).equals(labels);
        }
    }

    /// A type of values that have other values in them. A value lies in memory and on disk as one run of bytes, whose order is the order of the
    /// type: see [io.basaltdb.storage.nested].
    sealed interface Nested extends Opaque {}

    /// A list of values of one type, of any length: `INTEGER[]`. An element may be NULL.
    record Array(Type element) implements Nested {
        @Override
        public Physical physical() {
            return Physical.BYTES;
        }

        @Override
        public String sql() {
            return element.sql() + "[]";
        }
    }

    /// Named values side by side, each of its own type: `STRUCT(a INTEGER, b TEXT)`. A member may be NULL.
    record Struct(List<Member> members) implements Nested {
        public Struct {
            assert !members.isEmpty();
            members = List.copyOf(members);
        }

        /// One of the values.
        public record Member(String name, Type type) {
            private static final String PLAIN = "[A-Za-z_][A-Za-z0-9_]*";

            String sql() {
                String quoted =
                        name.matches(PLAIN) ? name : "\"" + name.replace("\"", "\"\"") + "\"";
                return quoted + " " + type.sql();
            }
        }

        /// The place of the member of that name, ignoring case; -1 where there is none.
        public int find(String name) {
            for (int i = 0; i < members.size(); i++) {
                if (members.get(i).name().equalsIgnoreCase(name)) {
                    return i;
                }
            }
            return -1;
        }

        @Override
        public Physical physical() {
            return Physical.BYTES;
        }

        @Override
        public String sql() {
            return members.stream()
                    .map(Member::sql)
                    .collect(Collectors.joining(", ", "STRUCT(", ")"));
        }
    }

    /// Keys and their values, in the order in which they were put: `MAP(TEXT, INTEGER)`. No key is NULL, and none comes twice.
    record Map(Type key, Type value) implements Nested {
        @Override
        public Physical physical() {
            return Physical.BYTES;
        }

        @Override
        public String sql() {
            return "MAP(" + key.sql() + ", " + value.sql() + ")";
        }
    }

    /// INTERVAL YEAR TO MONTH, of months, or INTERVAL DAY TO SECOND, of microseconds. Exists in expressions only.
    record Interval(Unit unit) implements Type {
        /// What one step of the `long` means.
        public enum Unit {
            MONTHS,
            MICROSECONDS
        }

        @Override
        public Physical physical() {
            return Physical.LONG;
        }

        @Override
        public String sql() {
            return unit == Unit.MONTHS ? "INTERVAL YEAR TO MONTH" : "INTERVAL DAY TO SECOND";
        }
    }

    /// The type of a bare NULL. Exists in expressions only.
    record Null() implements Type {
        @Override
        public Physical physical() {
            return Physical.LONG;
        }

        @Override
        public String sql() {
            return "NULL";
        }
    }

    /// Whether a value of `from` that is stored is the same value of `to`, so that a column can change its type without a change of any row.
    static boolean isWidened(Type from, Type to) {
        return switch (from) {
            case Int(int bits) -> to instanceof Int(int wider) && wider >= bits;
            case Real _ -> to instanceof Real || to instanceof DoublePrecision;
            case Decimal(int precision, int scale) ->
                    to instanceof Decimal wider
                            && wider.scale == scale
                            && wider.precision >= precision
                            && wider.physical() == from.physical();
            case Timestamp(int precision) ->
                    to instanceof Timestamp wider
                            && wider.precision >= precision
                            && wider.unitsPerSecond() == ((Timestamp) from).unitsPerSecond();
            case TimestampTz(int precision) ->
                    to instanceof TimestampTz wider
                            && wider.precision >= precision
                            && wider.unitsPerSecond() == ((TimestampTz) from).unitsPerSecond();
            case Enumeration labels -> labels.isExtendedBy(to);
            case Nested nested -> isExtended(nested, to);
            case Bool _, DoublePrecision _, Date _, Text _, Opaque _, Interval _, Null _ ->
                    from.equals(to);
        };
    }

    /// Whether the types differ only in labels that were added to ENUMs in them.
    private static boolean isExtended(Type from, Type to) {
        return switch (from) {
            case Enumeration labels -> labels.isExtendedBy(to);
            case Array(Type element) ->
                    to instanceof Array(Type other) && isExtended(element, other);
            case Map(Type key, Type value) ->
                    to instanceof Map(Type otherKey, Type otherValue)
                            && isExtended(key, otherKey)
                            && isExtended(value, otherValue);
            case Struct(List<Struct.Member> members) ->
                    to instanceof Struct(List<Struct.Member> others)
                            && members.size() == others.size()
                            && IntStream.range(0, members.size())
                                    .allMatch(i ->
                                            members.get(i).name().equals(others.get(i).name())
                                                    && isExtended(
                                                            members.get(i).type(),
                                                            others.get(i).type()));
            case Bool _, Int _, Real _, DoublePrecision _, Decimal _, Date _, Timestamp _ ->
                    from.equals(to);
            case TimestampTz _, Text _, Opaque _, Interval _, Null _ -> from.equals(to);
        };
    }

    /// The type with another in the place of the ENUM of that name, also in what has others in it.
    static Type withEnum(Type type, Enumeration changed) {
        return switch (type) {
            case Enumeration labels ->
                    labels.name().equalsIgnoreCase(changed.name()) ? changed : labels;
            case Array(Type element) -> new Array(withEnum(element, changed));
            case Map(Type key, Type value) ->
                    new Map(withEnum(key, changed), withEnum(value, changed));
            case Struct(List<Struct.Member> members) ->
                    new Struct(
                            members.stream()
                                    .map(member ->
                                            new Struct.Member(
                                                    member.name(),
                                                    withEnum(member.type(), changed)))
                                    .toList());
            case Bool _, Int _, Real _, DoublePrecision _, Decimal _, Date _, Timestamp _ -> type;
            case TimestampTz _, Text _, Opaque _, Interval _, Null _ -> type;
        };
    }

    /// The ENUMs that were created by name and are in the type.
    static List<Enumeration> namedEnums(Type type) {
        return switch (type) {
            case Enumeration labels -> labels.name().isEmpty() ? List.of() : List.of(labels);
            case Array(Type element) -> namedEnums(element);
            case Map(Type key, Type value) ->
                    Stream.concat(namedEnums(key).stream(), namedEnums(value).stream()).toList();
            case Struct(List<Struct.Member> members) ->
                    members.stream().flatMap(member -> namedEnums(member.type()).stream()).toList();
            case Bool _, Int _, Real _, DoublePrecision _, Decimal _, Date _, Timestamp _ ->
                    List.of();
            case TimestampTz _, Text _, Opaque _, Interval _, Null _ -> List.of();
        };
    }

    /// Whether values of the type are or have in them intervals, of which different ones can be equal.
    static boolean hasIntervals(Type type) {
        return switch (type) {
            case CalendarInterval _ -> true;
            case Array(Type element) -> hasIntervals(element);
            case Map(Type key, Type value) -> hasIntervals(key) || hasIntervals(value);
            case Struct(List<Struct.Member> members) ->
                    members.stream().anyMatch(member -> hasIntervals(member.type()));
            case Bool _, Int _, Real _, DoublePrecision _, Decimal _, Date _, Timestamp _ -> false;
            case TimestampTz _, Text _, Opaque _, Interval _, Null _ -> false;
        };
    }

    /// Whether a table can have a column of that type.
    static boolean isStorable(Type type) {
        return switch (type) {
            case Bool _, Int _, Real _, DoublePrecision _, Decimal _, Date _, Timestamp _ -> true;
            case Array(Type element) -> isStorable(element);
            case Map(Type key, Type value) -> isStorable(key) && isStorable(value);
            case Struct(List<Struct.Member> members) ->
                    members.stream().allMatch(member -> isStorable(member.type()));
            case TimestampTz _, Text _, Opaque _ -> true;
            case Interval _, Null _ -> false;
        };
    }
}
