package io.basaltdb.query.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.query.function.ScalarLoop;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.type.InetBytes;
import io.basaltdb.storage.type.IntervalBits;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.UuidBits;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CastsTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final List<Type> TYPES =
            List.of(
                    Type.BOOLEAN,
                    Type.TINYINT,
                    Type.SMALLINT,
                    Type.INTEGER,
                    Type.BIGINT,
                    Type.REAL,
                    Type.DOUBLE,
                    new Type.Decimal(5, 2),
                    new Type.Decimal(18, 6),
                    new Type.Decimal(38, 10),
                    new Type.Decimal(20, 0),
                    Type.DATE,
                    Type.TIMESTAMP,
                    new Type.Timestamp(3),
                    new Type.Timestamp(9),
                    Type.TIMESTAMPTZ,
                    new Type.TimestampTz(0),
                    Type.TEXT,
                    Type.TIME,
                    Type.UUID,
                    Type.INTERVAL,
                    Type.INET,
                    new Type.Enumeration("sample", List.of("true", "google", "-7", "", "äöü")),
                    Type.VARBINARY);

    /// Every pair of types over random vectors: the loop's answer is that of the single conversion below, and TRY_CAST is NULL exactly where CAST raises.
    @Test
    void everyPairAgreesWithTheOracle() {
        long seed = Long.getLong("test.seed", System.nanoTime());
        System.out.println("CastsTest seed " + seed);
        for (int round = 0; round < 12; round++) {
            Random random = new Random(seed + round);
            RandomColumns columns = new RandomColumns(random);
            for (Type from : TYPES) {
                for (Type to : TYPES) {
                    if (Casts.exists(from, to)) {
                        check(
                                columns,
                                random,
                                from,
                                to,
                                "seed " + (seed + round) + " " + from.sql() + " to " + to.sql());
                    }
                }
            }
        }
    }

    private static void check(
            RandomColumns columns, Random random, Type from, Type to, String what) {
        int size = 1 + random.nextInt(100);
        Selection selection = random.nextBoolean() ? null : columns.selection(size);
        List<Value> values = columns.values(from, size);
        Vector vector = columns.vector(from, values, selection);
        List<Value> expected = new ArrayList<>();
        List<String> states = new ArrayList<>();
        int count = selection == null ? size : selection.count();
        for (int i = 0; i < count; i++) {
            Value value = values.get(selection == null ? i : selection.rows()[i]);
            try {
                expected.add(value.isNull() ? Value.NULL : oracle(value, from, to));
            } catch (Oracle.Failure e) {
                states.add(e.state);
                expected.add(Value.NULL);
            }
        }
        assertTrue(states.isEmpty() || Casts.isFallible(from, to), what + " is fallible");
        ScalarLoop tolerant = Casts.loop(from, to, true, BERLIN);
        Vector result = tolerant.evaluate(List.of(vector), size, selection);
        for (int i = 0; i < count; i++) {
            int row = selection == null ? i : selection.rows()[i];
            Value actual = LaneValue.at(result, row);
            Value wanted = expected.get(i);
            boolean bothNaN =
                    wanted instanceof Value.Floating(double x)
                            && actual instanceof Value.Floating(double y)
                            && Double.compare(x + 0.0, y + 0.0) == 0;
            if (!bothNaN) {
                assertEquals(wanted, actual, what + " of " + values.get(row));
            }
        }
        ScalarLoop strict = Casts.loop(from, to, false, BERLIN);
        if (states.isEmpty()) {
            strict.evaluate(List.of(vector), size, selection);
        } else {
            BasaltException e =
                    assertThrows(
                            BasaltException.class,
                            () -> strict.evaluate(List.of(vector), size, selection),
                            what);
            assertTrue(
                    states.contains(e.code().sqlState()),
                    () -> what + " raised " + e.code() + " not " + states);
            assertTrue(e.text().contains(to.sql()), e.text());
        }
    }

    private static Value oracle(Value value, Type from, Type to) {
        if (from.equals(to)) {
            return value;
        }
        if (to instanceof Type.Text) {
            return Value.of(text(value, from));
        }
        if (from instanceof Type.Text) {
            if (to instanceof Type.Enumeration labels) {
                int place = labels.labels().indexOf(Oracle.text(value));
                if (place < 0) {
                    throw new Oracle.Failure("22P02");
                }
                return Value.of(place);
            }
            if (to instanceof Type.Binary) {
                return value; // no word has a backslash
            }
            // Texts are random words: what is no number or date is tested by example.
            return parsed(Oracle.text(value).strip(), to);
        }
        if (from instanceof Type.Bool) {
            boolean bit = ((Value.Bool) value).value();
            return to instanceof Type.Real || to instanceof Type.DoublePrecision
                    ? Value.of(bit ? 1.0 : 0.0)
                    : Oracle.exact(bit ? BigDecimal.ONE : BigDecimal.ZERO, to);
        }
        if (to instanceof Type.Bool) {
            return Value.of(!value.equals(Value.of(0)));
        }
        if (to instanceof Type.Time) {
            return Value.of(local(value, from).toLocalTime().toNanoOfDay() / 1000);
        }
        if (from instanceof Type.Date
                || from instanceof Type.Timestamp
                || from instanceof Type.TimestampTz) {
            return time(value, from, to);
        }
        if (to instanceof Type.DoublePrecision) {
            return Value.of(Oracle.floating(value, from));
        }
        if (to instanceof Type.Real) {
            double number = Oracle.floating(value, from);
            if (Double.isInfinite((float) number) && !Double.isInfinite(number)) {
                throw new Oracle.Failure("22003");
            }
            return Value.of((double) (float) number);
        }
        if (value instanceof Value.Floating(double number)) {
            if (Double.isNaN(number) || Double.isInfinite(number)) {
                throw new Oracle.Failure("22003");
            }
            return to instanceof Type.Int
                    ? Oracle.exact(new BigDecimal(number).setScale(0, RoundingMode.HALF_EVEN), to)
                    : Oracle.exact(
                            new BigDecimal(
                                    from instanceof Type.Real
                                            ? Float.toString((float) number)
                                            : Double.toString(number)),
                            to);
        }
        return Oracle.exact(Oracle.number(value, from), to);
    }

    private static Value parsed(String text, Type to) {
        boolean isTime =
                to instanceof Type.Date
                        || to instanceof Type.Timestamp
                        || to instanceof Type.TimestampTz;
        if (isTime) {
            LocalDateTime point =
                    switch (text) {
                        case "2024-02-29" -> LocalDateTime.of(2024, 2, 29, 0, 0);
                        case "2024-02-29 12:34:56.789" ->
                                LocalDateTime.of(2024, 2, 29, 12, 34, 56, 789_000_000);
                        default -> throw new Oracle.Failure("22007");
                    };
            if (to instanceof Type.Date) {
                return Value.of(point.toLocalDate().toEpochDay());
            }
            return fromLocal(point, to);
        }
        switch (to) {
            case Type.Time _ -> throw new Oracle.Failure("22007");
            case Type.Uuid _, Type.Inet _ -> throw new Oracle.Failure("22P02");
            case Type.CalendarInterval _ -> {
                if (!text.matches("-?[0-9]+(\\.[0-9]+)?")) { // seconds
                    throw new Oracle.Failure("22007");
                }
                return IntervalBits.of(
                        0, 0, new BigDecimal(text).movePointRight(6).longValueExact());
            }
            case Type.Bool _ -> {
                return switch (text) {
                    case "true" -> Value.of(true);
                    default -> throw new Oracle.Failure("22P02");
                };
            }
            case Type.Int _ -> {
                if (!text.matches("[-+]?[0-9]+")) {
                    throw new Oracle.Failure("22P02");
                }
                return Oracle.exact(new BigDecimal(text), to);
            }
            default -> {
                if (!text.matches("[-+]?[0-9]+(\\.[0-9]*)?(e[0-9]+)?")) {
                    throw new Oracle.Failure("22P02");
                }
                return to instanceof Type.Real
                        ? Value.of((double) Float.parseFloat(text))
                        : to instanceof Type.DoublePrecision
                                ? Value.of(Double.parseDouble(text))
                                : Oracle.exact(new BigDecimal(text), to);
            }
        }
    }

    private static BigInteger ticks(Type type) {
        return BigInteger.valueOf(
                type instanceof Type.Timestamp t
                        ? t.unitsPerSecond()
                        : ((Type.TimestampTz) type).unitsPerSecond());
    }

    private static LocalDateTime local(Value value, Type from) {
        long number = ((Value.Whole) value).value();
        if (from instanceof Type.Date) {
            return LocalDate.ofEpochDay(number).atStartOfDay();
        }
        long perSecond = ticks(from).longValue();
        long second = Math.floorDiv(number, perSecond);
        long nanos = Math.floorMod(number, perSecond) * (1_000_000_000 / perSecond);
        return from instanceof Type.TimestampTz
                ? LocalDateTime.ofInstant(Instant.ofEpochSecond(second, nanos), BERLIN)
                : LocalDateTime.ofEpochSecond(second, (int) nanos, ZoneOffset.UTC);
    }

    private static Value fromLocal(LocalDateTime local, Type to) {
        int precision =
                to instanceof Type.Timestamp(int p) ? p : ((Type.TimestampTz) to).precision();
        long step = BigInteger.TEN.pow(9 - precision).longValue();
        LocalDateTime half = local.plusNanos(step / 2);
        LocalDateTime rounded = half.minusNanos(half.getNano() % step);
        Instant instant =
                to instanceof Type.TimestampTz
                        ? rounded.atZone(BERLIN).toInstant()
                        : rounded.toInstant(ZoneOffset.UTC);
        BigInteger ticks =
                BigInteger.valueOf(instant.getEpochSecond())
                        .multiply(ticks(to))
                        .add(
                                BigInteger.valueOf(
                                        instant.getNano()
                                                / (1_000_000_000 / ticks(to).longValue())));
        if (ticks.bitLength() > 63) {
            throw new Oracle.Failure("22008");
        }
        return Value.of(ticks.longValue());
    }

    private static Value time(Value value, Type from, Type to) {
        if (to instanceof Type.Date) {
            return Value.of(local(value, from).toLocalDate().toEpochDay());
        }
        if (from instanceof Type.TimestampTz && to instanceof Type.TimestampTz) {
            long number = ((Value.Whole) value).value();
            long perSecond = ticks(from).longValue();
            LocalDateTime utc =
                    LocalDateTime.ofEpochSecond(
                            Math.floorDiv(number, perSecond),
                            (int) (Math.floorMod(number, perSecond) * (1_000_000_000 / perSecond)),
                            ZoneOffset.UTC);
            return fromLocal(utc, new Type.Timestamp(((Type.TimestampTz) to).precision()));
        }
        return fromLocal(local(value, from), to);
    }

    /// As PostgreSQL writes intervals: a part behind a negative one has its sign.
    private static String interval(Value value) {
        BigInteger bits = Value.unscaled(value);
        long high = bits.shiftRight(64).longValue();
        long months = IntervalBits.months(bits.longValue());
        long micros = IntervalBits.micros(high, bits.longValue());
        StringBuilder text = new StringBuilder();
        boolean behindNegative = false;
        long[] parts = {months / 12, months % 12, IntervalBits.days(bits.longValue())};
        String[] units = {"year", "mon", "day"};
        for (int i = 0; i < parts.length; i++) {
            if (parts[i] != 0) {
                text.append(behindNegative && parts[i] > 0 ? "+" : "").append(parts[i]);
                text.append(' ').append(units[i]).append(parts[i] == 1 ? " " : "s ");
                behindNegative = parts[i] < 0;
            }
        }
        if (micros != 0 || text.isEmpty()) {
            long size = Math.abs(micros);
            text.append(micros < 0 ? "-" : behindNegative ? "+" : "");
            text.append(
                    String.format(
                            "%02d:%02d:%02d",
                            size / 3_600_000_000L, size / 60_000_000 % 60, size / 1_000_000 % 60));
            text.append(
                    size % 1_000_000 == 0
                            ? ""
                            : String.format(".%06d", size % 1_000_000).replaceAll("0+$", ""));
        }
        return text.toString().strip();
    }

    private static String text(Value value, Type from) {
        return switch (value) {
            case Value.Bool(boolean bit) -> bit ? "true" : "false";
            case Value.Floating(double number) -> floating(number, from);
            case Value.Bytes(byte[] bytes) when from instanceof Type.Inet ->
                    InetBytes.text(bytes, 0, bytes.length);
            case Value.Bytes(byte[] bytes) -> "\\x" + HexFormat.of().formatHex(bytes);
            case Value.Whole(long micros) when from instanceof Type.Time ->
                    String.format("%1$tH:%1$tM:%1$tS", LocalTime.ofNanoOfDay(micros * 1000))
                            + (micros % 1_000_000 == 0
                                    ? ""
                                    : String.format(".%06d", micros % 1_000_000)
                                            .replaceAll("0+$", ""));
            case Value.Whole(long place)
                    when from instanceof Type.Enumeration(_, List<String> labels) ->
                    labels.get((int) place);
            case Value.Whole _, Value.Wide _ when from instanceof Type.CalendarInterval ->
                    interval(value);
            case Value.Whole _, Value.Wide _ when from instanceof Type.Uuid ->
                    UuidBits.uuid(value).toString();
            default -> {
                if (from instanceof Type.Int || from instanceof Type.Decimal) {
                    yield Oracle.number(value, from).toPlainString();
                }
                LocalDateTime local = local(value, from);
                String date =
                        String.format(
                                "%04d-%02d-%02d",
                                local.getYear() > 0 ? local.getYear() : 1 - local.getYear(),
                                local.getMonthValue(),
                                local.getDayOfMonth());
                String era = local.getYear() > 0 ? "" : " BC";
                if (from instanceof Type.Date) {
                    yield date + era;
                }
                String time =
                        String.format(
                                "%02d:%02d:%02d",
                                local.getHour(), local.getMinute(), local.getSecond());
                String fraction =
                        local.getNano() == 0
                                ? ""
                                : ("." + String.format("%09d", local.getNano()))
                                        .replaceAll("0+$", "");
                String offset = "";
                if (from instanceof Type.TimestampTz) {
                    Instant instant =
                            Instant.EPOCH.plus(
                                    Math.floorDiv(
                                            ((Value.Whole) value).value(), ticks(from).longValue()),
                                    ChronoUnit.SECONDS);
                    String id = BERLIN.getRules().getOffset(instant).getId();
                    offset = id.replaceAll(":00$", "");
                }
                yield date + " " + time + fraction + offset + era;
            }
        };
    }

    private static String floating(double number, Type type) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return Double.toString(number);
        }
        if (number == 0) {
            return 1 / number < 0 ? "-0" : "0";
        }
        BigDecimal decimal =
                new BigDecimal(
                                type instanceof Type.Real
                                        ? Float.toString((float) number)
                                        : Double.toString(number))
                        .stripTrailingZeros();
        int exponent = decimal.precision() - decimal.scale() - 1;
        if (exponent >= -4 && exponent < (type instanceof Type.Real ? 6 : 15)) {
            return decimal.toPlainString();
        }
        String digits = decimal.unscaledValue().abs().toString();
        return (number < 0 ? "-" : "")
                + digits.charAt(0)
                + (digits.length() > 1 ? "." + digits.substring(1) : "")
                + "e"
                + (exponent < 0 ? "-" : "+")
                + String.format("%02d", Math.abs(exponent));
    }

    // Texts to values

    @ParameterizedTest
    @CsvSource({
        "2024-01-02,2024-01-02",
        "' 2024-1-2 ',2024-01-02",
        "2024/01/02,2024-01-02",
        "0044-03-15 BC,0044-03-15 BC",
        "2024-02-29 23:59:59,2024-02-29"
    })
    void readsDates(String text, String shown) {
        assertEquals(shown, shown(text, Type.DATE));
    }

    @ParameterizedTest
    @CsvSource({
        "2024-01-02,2024-01-02 00:00:00",
        "2024-01-02T03:04:05,2024-01-02 03:04:05",
        "2024-01-02 03:04,2024-01-02 03:04:00",
        "2024-01-02 03:04:05.1234567,2024-01-02 03:04:05.123457",
        "2024-01-02 24:00:00,2024-01-03 00:00:00",
        "2024-01-02 03:04:05+09,2024-01-02 03:04:05",
        "1969-12-31 23:59:59.5,1969-12-31 23:59:59.5"
    })
    void readsTimestamps(String text, String shown) {
        assertEquals(shown, shown(text, Type.TIMESTAMP));
    }

    @ParameterizedTest
    @CsvSource({
        "2024-01-02 03:04:05,2024-01-02 03:04:05+01",
        "2024-07-02 03:04:05,2024-07-02 03:04:05+02",
        "2024-01-02 03:04:05Z,2024-01-02 04:04:05+01",
        "2024-01-02 03:04:05-05:30,2024-01-02 09:34:05+01",
        "2024-01-02 03:04:05 America/New_York,2024-01-02 09:04:05+01",
        "2024-03-31 02:30:00,2024-03-31 03:30:00+02",
        "2024-10-27 02:30:00,2024-10-27 02:30:00+02"
    })
    void readsInstantsInTheSessionsZone(String text, String shown) {
        assertEquals(shown, shown(text, Type.TIMESTAMPTZ));
    }

    @ParameterizedTest
    @CsvSource({
        "1.5,1.50",
        ".5,0.50",
        "5.,5.00",
        "-0.005,-0.01",
        "0.004,0.00",
        "1e2,100.00",
        "12345e-4,1.23",
        "+7,7.00",
        "999.99,999.99",
        "00000000000000000000012,12.00"
    })
    void readsDecimals(String text, String shown) {
        assertEquals(shown, shown(text, new Type.Decimal(5, 2)));
    }

    @ParameterizedTest
    @CsvSource({
        "1e308,1e+308",
        "NaN,NaN",
        "-inf,-Infinity",
        "0.1,0.1",
        "1e15,1e+15",
        "123456789012345,123456789012345",
        "0.0001,0.0001",
        "0.00001,1e-05",
        "-0,-0",
        "4.9E-324,4.9e-324"
    })
    void readsDoubles(String text, String shown) {
        assertEquals(shown, shown(text, Type.DOUBLE));
    }

    @ParameterizedTest
    @CsvSource({
        "INTEGER,12x,22P02",
        "INTEGER,'',22P02",
        "INTEGER,-,22P02",
        "INTEGER,1.5,22P02",
        "INTEGER,2147483648,22003",
        "INTEGER,99999999999999999999,22003",
        "BOOLEAN,maybe,22P02",
        "DATE,2024-13-01,22008",
        "DATE,2024-02-30,22008",
        "DATE,yesterday,22007",
        "DATE,2024-01,22007",
        "TIMESTAMP,2024-01-02 25:00:00,22008",
        "TIMESTAMP,2024-01-02 1,22007",
        "TIMESTAMP,2024-01-02 10:00:00 Nowhere/City,22007",
        "DECIMAL,1000,22003",
        "DECIMAL,1e400,22003",
        "DECIMAL,.,22P02",
        "DECIMAL,1d,22P02",
        "DOUBLE,0x1p3,22P02",
        "DOUBLE,1d,22P02",
        "DOUBLE,1e999,22003"
    })
    void refusesWhatIsNoValue(String type, String text, String state) {
        Type to =
                switch (type) {
                    case "INTEGER" -> Type.INTEGER;
                    case "BOOLEAN" -> Type.BOOLEAN;
                    case "DATE" -> Type.DATE;
                    case "TIMESTAMP" -> Type.TIMESTAMP;
                    case "DOUBLE" -> Type.DOUBLE;
                    default -> new Type.Decimal(5, 2);
                };
        BasaltException e =
                assertThrows(BasaltException.class, () -> ValueText.parse(text, to, BERLIN));
        assertEquals(state, e.code().sqlState(), e.text());
        assertTrue(e.text().contains(text) && e.text().contains(to.sql()), e.text());
    }

    private static String shown(String text, Type type) {
        return ValueText.format(ValueText.parse(text, type, BERLIN), type, BERLIN);
    }

    /// What is written is read back as the same value.
    @Test
    void textRoundTrips() {
        RandomColumns columns = new RandomColumns(new Random(42));
        for (Type type : TYPES) {
            for (int i = 0; i < 500; i++) {
                Value value = columns.value(type);
                if (value.isNull() || type instanceof Type.Text) {
                    continue;
                }
                String text = ValueText.format(value, type, BERLIN);
                Type exact = type;
                if (type instanceof Type.Timestamp(int p) && p < 6) {
                    exact = Type.TIMESTAMP;
                } else if (type instanceof Type.TimestampTz(int p) && p < 6) {
                    exact = Type.TIMESTAMPTZ;
                }
                assertEquals(
                        0,
                        Value.compare(value, ValueText.parse(text, exact, BERLIN)),
                        text + " " + type.sql());
            }
        }
    }

    @Test
    void knowsWhichConversionsExist() {
        assertFalse(Casts.exists(Type.DATE, Type.INTEGER));
        assertFalse(Casts.exists(Type.BOOLEAN, Type.DATE));
        assertTrue(Casts.exists(Type.TEXT, Type.BOOLEAN));
        assertEquals(
                "42804",
                assertThrows(
                                BasaltException.class,
                                () -> Casts.loop(Type.DATE, Type.INTEGER, false, BERLIN))
                        .code()
                        .sqlState());
    }
}
