package io.basaltdb.query.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.query.function.EvaluationContext;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.Vector;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Functions by example: each example runs over constants, and again over columns in which the same row stands between others.
class FunctionsTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final EvaluationContext CONTEXT =
            new EvaluationContext(List.of(), 1_700_000_000_000_000L, BERLIN, "me", "main");

    /// `name(argument; argument …)`: text in quotes, `d'…'` a date, `t'…'` a timestamp, `z'…'` an instant, `m'…'` months, `u'…'` microseconds, with a point and an e a
    /// double, with a point a decimal, `L` behind a BIGINT.
    private static Expression parse(String call) {
        int open = call.indexOf('(');
        List<Expression> arguments = new ArrayList<>();
        String inner = call.substring(open + 1, call.lastIndexOf(')'));
        if (!inner.isEmpty()) {
            for (String argument : inner.split(";")) {
                arguments.add(literal(argument.strip()));
            }
        }
        return Expressions.call(call.substring(0, open), arguments);
    }

    private static Expression.Literal literal(String text) {
        if (text.equals("NULL")) {
            return new Expression.Literal(Value.NULL, Type.TEXT);
        }
        if (text.equals("true") || text.equals("false")) {
            return of(text, Type.BOOLEAN);
        }
        int quote = text.indexOf('\'');
        if (quote >= 0) {
            String inner = text.substring(quote + 1, text.length() - 1);
            return switch (text.substring(0, quote)) {
                case "d" -> of(inner, Type.DATE);
                case "t" -> of(inner, Type.TIMESTAMP);
                case "z" -> of(inner, Type.TIMESTAMPTZ);
                case "m" ->
                        new Expression.Literal(
                                Value.of(Long.parseLong(inner)),
                                new Type.Interval(Type.Interval.Unit.MONTHS));
                case "u" ->
                        new Expression.Literal(
                                Value.of(Long.parseLong(inner)),
                                new Type.Interval(Type.Interval.Unit.MICROSECONDS));
                default -> new Expression.Literal(Value.of(inner), Type.TEXT);
            };
        }
        if (text.contains("e") || text.contains("N") || text.contains("I")) {
            return of(text, Type.DOUBLE);
        }
        if (text.contains(".")) {
            int scale = text.length() - text.indexOf('.') - 1;
            int digits = text.replaceAll("[^0-9]", "").length();
            return of(text, new Type.Decimal(Math.max(digits, 4), scale));
        }
        return text.endsWith("L")
                ? of(text.substring(0, text.length() - 1), Type.BIGINT)
                : of(text, Type.INTEGER);
    }

    private static Expression.Literal of(String text, Type type) {
        return new Expression.Literal(ValueText.parse(text, type, BERLIN), type);
    }

    private static String constant(Expression expression) {
        Value value =
                LaneValue.at(
                        Evaluator.of(expression, CONTEXT).evaluate(new Batch(1, List.of())), 0);
        return ValueText.format(value, expression.type(), BERLIN);
    }

    /// The call over columns: the example's row is one of some, the others are NULL or not selected.
    private static String overColumns(Expression expression) {
        List<Expression> literals = Expressions.operands(expression);
        if (!(expression instanceof Expression.Call call) || literals.isEmpty()) {
            return constant(expression);
        }
        boolean keepsFirst = call.function().name().startsWith("date_");
        RandomColumns columns = new RandomColumns(new Random(7));
        int size = 70;
        int at = 66;
        io.basaltdb.storage.vector.Selection selection =
                new io.basaltdb.storage.vector.Selection(new int[] {3, at}, 2);
        List<Vector> vectors = new ArrayList<>();
        List<Expression> arguments = new ArrayList<>();
        for (int i = 0; i < literals.size(); i++) {
            Expression.Literal literal = (Expression.Literal) literals.get(i);
            List<Value> values = new ArrayList<>();
            for (int row = 0; row < size; row++) {
                values.add(
                        row == at
                                ? literal.value()
                                : row == 3 ? Value.NULL : columns.value(literal.type()));
            }
            vectors.add(columns.vector(literal.type(), values, selection));
            arguments.add(
                    keepsFirst && i == 0 ? literal : new Expression.Column(i, literal.type()));
        }
        Expression.Call moved = new Expression.Call(call.function(), arguments, call.type());
        Vector result = Evaluator.of(moved, CONTEXT).evaluate(new Batch(size, vectors, selection));
        if (call.function().isStrict()) {
            assertEquals(
                    Value.NULL, LaneValue.at(result, 3), "NULL arguments of " + call.function());
        }
        return ValueText.format(LaneValue.at(result, at), call.type(), BERLIN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "substring('äbcd'; 2)|bcd",
                "substring('äbcd'; 1; 2)|äb",
                "substring('abc'; 0; 2)|a",
                "substring('abc'; -5; 7)|a",
                "substring('abc'; 9; 2)|",
                "substring('abc'; 2; 2147483647)|bc",
                "left('日本語'; 2)|日本",
                "left('abc'; -1)|ab",
                "right('日本語'; 2)|本語",
                "right('abc'; -1)|bc",
                "left('abc'; 9)|abc",
                "upper('straße äöü')|STRAßE ÄÖÜ",
                "lower('ÄÖÜ Abc')|äöü abc",
                "initcap('hello wORLD-foo')|Hello World-Foo",
                "trim('  a b ')|a b",
                "ltrim('xxay'; 'x')|ay",
                "rtrim('axyx'; 'xy')|a",
                "trim('äaä'; 'ä')|a",
                "length('日本語😀')|4",
                "octet_length('日本')|6",
                "bit_length('a')|8",
                "position('日本語'; '語')|3",
                "position('abc'; '')|1",
                "position('abc'; 'x')|0",
                "contains('abcdefghijklm'; 'klm')|true",
                "starts_with('abc'; 'ab')|true",
                "ends_with('abc'; 'bc')|true",
                "starts_with('a'; 'ab')|false",
                "replace('aXbXc'; 'X'; '--')|a--b--c",
                "replace('abc'; ''; 'x')|abc",
                "translate('12345'; '143'; 'ax')|a2x5",
                "lpad('hi'; 5; 'xy')|xyxhi",
                "rpad('hi'; 5; '.')|hi...",
                "lpad('hello'; 2)|he",
                "lpad('日'; 3; '本')|本本日",
                "reverse('a日😀')|😀日a",
                "repeat('ab'; 3)|ababab",
                "repeat('ab'; -1)|",
                "split_part('a,b,c'; ','; 2)|b",
                "split_part('a,b,c'; ','; -1)|c",
                "split_part('a,b,c'; ','; 9)|",
                "split_part('a,b,c'; ','; -9)|",
                "split_part('abc'; ''; 1)|abc",
                "ascii('日')|26085",
                "chr(26085)|日",
                "concat('a'; NULL; 1; true; 1.50)|a1true1.50",
                "concat_ws('-'; 'a'; NULL; 'b')|a-b",
                "like('a_c'; 'a\\_c')|true",
                "like('abc'; 'a!_c'; '!')|false",
                "like('a\\c'; 'a\\c'; '')|true",
                "ilike('ÄBC'; 'ä%')|true",
                "like('日本語'; '_本_')|true",
                "like('abcabc'; '%b%c')|true",
                "regexp_like('foobar'; 'o+b')|true",
                "regexp_like('FOO'; 'foo'; 'i')|true",
                "regexp_replace('abcabc'; 'b'; 'X')|aXcabc",
                "regexp_replace('abcabc'; 'b'; 'X'; 'g')|aXcaXc",
                "regexp_replace('https://www.example.com/a'; '^https?://(?:www\\.)?([^/]+)/.*$'; '\\1')|example.com",
                "regexp_extract('abc123'; '[0-9]+')|123",
                "regexp_extract('abc123'; '([a-z])([0-9])'; 2)|1",
                "regexp_extract('x'; '[0-9]+')|",
                "regexp_count('a1b22'; '[0-9]+')|2",
                "floor(-1.5)|-2",
                "ceil(-1.5)|-1",
                "round(2.5)|3",
                "round(-2.5)|-3",
                "round(2.345; 2)|2.350",
                "round(9.99; 1)|10.00",
                "round(1250; -2)|1300",
                "trunc(-2.99)|-2",
                "trunc(2.789; 1)|2.700",
                "round(2.5e0)|3",
                "round(-2.5e0)|-3",
                "round(0.49999999999999994e0)|0",
                "floor(-0.5e0)|-1",
                "round(1234.567e0; -2)|1200",
                "round(1e300; 5)|1e+300",
                "trunc(-1.9e0)|-1",
                "sign(-2.5)|-1",
                "sign(0)|0",
                "sign(-1e0)|-1",
                "sqrt(2.25)|1.5",
                "cbrt(27)|3",
                "exp(0)|1",
                "ln(1)|0",
                "log10(1000)|3",
                "log2(8)|3",
                "log(2; 8)|3",
                "power(2; 10)|1024",
                "power(2e0; 0.5e0)|1.4142135623730951",
                "sin(0)|0",
                "degrees(0e0)|0",
                "atan2(0; 1)|0",
                "pi()|3.141592653589793",
                "isnan(NaN)|true",
                "isfinite(1)|true",
                "isinf(Infinity)|true",
                "mod(-7; 3)|-1",
                "div(-7; 2)|-3",
                "divide(7; 2)|3",
                "divide(1.00; 3)|0.3333333333333",
                "multiply(1.25; 1.5)|1.875",
                "add(1.5; 1)|2.5",
                "gcd(12; -18)|6",
                "lcm(4; 6)|12",
                "abs(-5)|5",
                "negate(1.5)|-1.5",
                "bit_and(12; 10)|8",
                "bit_or(12; 10)|14",
                "xor(12; 10)|6",
                "bit_not(0)|-1",
                "shift_left(1; 4)|16",
                "shift_right(-8; 1)|-4",
                "bit_count(-1)|32",
                "bit_count(-1L)|64",
                "greatest(1; 3; 2)|3",
                "least('b'; 'a')|a",
                "greatest(1; 2.5)|2.5",
                "greatest(true; false)|true",
                "greatest(1e0; NaN)|NaN",
                "nullif(1; 1)|NULL",
                "nullif(1; 2)|1",
                "if(true; 1; 2)|1",
                "ifnull(NULL; 'x')|x",
                "md5('abc')|900150983cd24fb0d6963f7d28e17f72",
                "sha256('')|e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                "hex('abc')|616263",
                "hex(255)|FF",
                "to_hex(-1)|ffffffff",
                "unhex('616263')|abc",
                "typeof(1.5)|DECIMAL(4, 1)",
                "date_part('year'; d'2024-02-29')|2024",
                "date_part('dow'; d'2024-03-03')|0",
                "isodow(d'2024-03-03')|7",
                "week(d'2021-01-03')|53",
                "isoyear(d'2021-01-03')|2020",
                "doy(d'2024-12-31')|366",
                "quarter(d'2024-05-01')|2",
                "century(d'2000-12-31')|20",
                "century(d'2001-01-01')|21",
                "millennium(d'2001-01-01')|3",
                "decade(d'1999-01-01')|199",
                "century(d'0001-01-01 BC')|-1",
                "year(d'0001-01-01 BC')|0",
                "hour(t'2024-01-02 03:04:05.678')|3",
                "minute(t'1969-12-31 23:59:58')|59",
                "second(t'1969-12-31 23:59:58')|58",
                "millisecond(t'2024-01-02 03:04:05.678')|5678",
                "epoch(t'1970-01-02 00:00:00')|86400",
                "epoch(t'1969-12-31 23:59:59.5')|-0.5",
                "tounixtimestamp(t'1969-12-31 23:59:59.5')|-1",
                "epoch(d'1970-01-02')|86400",
                "hour(z'2024-01-02 03:04:05+01')|3",
                "hour(z'2024-01-02 03:04:05Z')|4",
                "date_part('day'; z'2024-01-01 23:30:00Z')|2",
                "date_trunc('month'; t'2024-02-29 12:00:00')|2024-02-01 00:00:00",
                "date_trunc('hour'; t'1969-12-31 23:59:59')|1969-12-31 23:00:00",
                "date_trunc('week'; d'2024-03-03')|2024-02-26",
                "date_trunc('day'; z'2024-07-01 23:30:00Z')|2024-07-02 00:00:00+02",
                "date_trunc('century'; d'2000-05-05')|1901-01-01",
                "date_diff('day'; d'2024-02-28'; d'2024-03-01')|2",
                "date_diff('month'; d'2024-01-31'; d'2024-02-01')|1",
                "date_diff('hour'; t'2024-01-01 00:59:00'; t'2024-01-01 01:01:00')|1",
                "date_diff('week'; d'2024-03-03'; d'2024-03-04')|1",
                "add(d'2024-01-31'; 1)|2024-02-01",
                "subtract(d'2024-03-01'; d'2024-02-01')|29",
                "add(d'2024-01-31'; m'1')|2024-02-29 00:00:00",
                "subtract(t'2024-03-31 10:00:00'; m'1')|2024-02-29 10:00:00",
                "add(t'2024-01-01 00:00:00'; u'1500000')|2024-01-01 00:00:01.5",
                "add(z'2024-03-30 02:30:00+01'; m'0')|2024-03-30 02:30:00+01",
                "subtract(t'2024-01-02 00:00:00'; t'2024-01-01 12:00:00')|12:00:00",
                "multiply(u'1000000'; 1.5)|00:00:01.5",
                "divide(m'13'; 2)|7 mons",
                "add(m'1'; m'14')|1 year 3 mons",
                "make_date(2024; 2; 29)|2024-02-29",
                "last_day(d'2024-02-01')|2024-02-29",
                "to_timestamp(1.5)|1970-01-01 01:00:01.5+01",
                "from_unixtime(86400)|1970-01-02 00:00:00",
                "epoch_ms(t'1970-01-01 00:00:01')|1000",
                "epoch_ms(1000L)|1970-01-01 00:00:01",
                "dayname(d'2024-03-03')|Sunday",
                "strftime(t'2024-03-03 13:04:05.678901'; '%Y-%m-%d %H:%M:%S.%f')|2024-03-03 13:04:05.678901",
                "strftime(t'2024-03-03 00:04:05.678901'; '%-d/%-m/%y %I:%M %p, %a %A %b %B, day %j, %%')|3/3/24 12:04 AM, Sun Sunday Mar March, day 063, %",
                "strftime('%F %T %g %w %u %V %G'; d'2021-01-03')|2021-01-03 00:00:00 000 0 7 53 2020",
                "strftime(z'2024-01-02 03:04:05+01'; '%H %s')|03 1704161045",
                "to_char(t'2024-03-03 13:04:05.678901'; 'YYYY-MM-DD HH24:MI:SS.US')|2024-03-03 13:04:05.678901",
                "to_char(t'2024-03-03 13:04:05.678901'; 'FMDD. FMMonth YY, HH12:MI am, Dy, Q')|3. March 24, 01:04 pm, Sun, 1",
                "to_char(d'2024-03-03'; 'Month/MON/day/D/ID/IW/DDD')|March    /MAR/sunday   /1/7/09/063",
                "to_char(d'2024-03-03'; 'YYYY\"MM\"MM')|2024MM03",
                "strptime('3 Mar 2024, 1:04:05.5 PM'; '%d %b %Y, %I:%M:%S.%f %p')|2024-03-03 13:04:05.5",
                "strptime('2024-060'; '%Y-%j')|2024-02-29 00:00:00",
                "strptime('999999999999'; '%s')|33658-09-27 01:46:39",
                "strftime(d'400000-02-29'; '%Y-%m-%d %H %s')|400000-02-29 00 12560618678400",
                "to_date('29/02/2024'; 'DD/MM/YYYY')|2024-02-29",
                "to_timestamp('2024-01-02 03:04'; 'YYYY-MM-DD HH24:MI')|2024-01-02 03:04:00+01",
                "monthname(d'2024-03-03')|March",
                "tostartofmonth(t'2024-03-03 10:00:00')|2024-03-01",
                "tostartoffiveminutes(t'2024-03-03 10:07:00')|2024-03-03 10:05:00",
                "tostartofhour(d'2024-03-03')|2024-03-03 00:00:00",
                "toyyyymm(d'2024-03-03')|202403",
                "tostartofday(d'2024-03-03')|2024-03-03 00:00:00",
                "time_bucket(u'900000000'; t'2024-03-03 10:22:00')|2024-03-03 10:15:00",
                "time_bucket(m'3'; d'2024-05-05')|2024-04-01",
                "time_bucket(u'604800000000'; d'2024-03-03')|2024-02-26"
            })
    void gives(String call, String expected) {
        Expression expression = parse(call);
        String wanted = expected == null ? "" : expected;
        assertEquals(wanted, constant(expression), call);
        assertEquals(wanted, overColumns(expression), call + " over columns");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "divide(1; 0)|22012|division by zero",
                "modulo(1.5; 0)|22012|division by zero",
                "divide(1e0; 0e0)|22012|division by zero",
                "add(2147483647; 1)|22003|INTEGER out of range: 2147483647 + 1",
                "multiply(9223372036854775807L; 2)|22003|BIGINT out of range",
                "negate(-2147483648)|22003|INTEGER out of range",
                "divide(-2147483648; -1)|22003|INTEGER out of range",
                "sqrt(-1)|22023|square root of -1",
                "ln(0)|22023|logarithm",
                "power(0; -1)|22023|zero",
                "acos(2)|22003|between -1 and 1",
                "substring('a'; 1; -1)|22023|negative",
                "split_part('a'; ','; 0)|22023|not 0",
                "chr(0)|54000|code point 0",
                "repeat('abc'; 2000000000)|54000|limit",
                "regexp_like('a'; '(')|2201B|regular expression",
                "like('a'; 'a\\')|22025|escape",
                "date_part('foo'; d'2024-01-01')|22023|foo",
                "make_date(2023; 2; 29)|22008|2023-2-29",
                "unhex('6')|22P02|hexadecimal",
                "unhex('ff')|22021|UTF-8",
                "shift_left(1; 31)|22003|INTEGER out of range",
                "lcm(2147483647; 2147483646)|22003|INTEGER",
                "to_timestamp(1e300)|22008|out of range"
            })
    void refuses(String call, String state, String part) {
        Expression expression = parse(call.replace("\\\\", "\\"));
        for (int i = 0; i < 2; i++) {
            boolean columns = i == 1;
            BasaltException e =
                    assertThrows(
                            BasaltException.class,
                            () -> {
                                if (columns) {
                                    overColumns(expression);
                                } else {
                                    constant(expression);
                                }
                            },
                            call);
            assertEquals(state, e.code().sqlState(), e.text());
            assertTrue(e.text().contains(part), e.text());
        }
        assertTrue(
                Expressions.isFallible(expression)
                        || call.startsWith("like")
                        || call.startsWith("date_part"),
                call);
        assertTrue(ConstantFolder.fold(expression).isEmpty(), call);
    }

    @Test
    void foldsWhatIsTheSameInEverySession() {
        assertEquals(Value.of(3L), ConstantFolder.fold(parse("add(1; 2)")).orElseThrow());
        assertEquals(
                Value.of(2024L), ConstantFolder.fold(parse("year(d'2024-01-01')")).orElseThrow());
        assertTrue(ConstantFolder.fold(parse("hour(z'2024-01-01 00:00:00')")).isEmpty());
        assertTrue(ConstantFolder.fold(parse("random()")).isEmpty());
        assertTrue(
                ConstantFolder.fold(new Expression.Slot(Expression.Slot.Kind.NOW, Type.TIMESTAMPTZ))
                        .isEmpty());
    }

    @Test
    void hashIsStable() {
        assertEquals(
                Value.of(HASH_OF_ABC),
                LaneValue.at(
                        Evaluator.of(parse("hash('abc')"), CONTEXT)
                                .evaluate(new Batch(1, List.of())),
                        0));
    }

    /// Stored hashes rely on it: never to be changed.
    private static final long HASH_OF_ABC = -8131083708640693741L;

    @Test
    void operatorConcatKeepsNull() {
        assertEquals("a1", constant(Expressions.call("||", List.of(literal("'a'"), literal("1")))));
        assertEquals(
                "NULL", constant(Expressions.call("||", List.of(literal("'a'"), literal("NULL")))));
    }

    @Test
    void slotsReadTheSession() {
        assertEquals(
                "2023-11-14 23:13:20+01",
                constant(new Expression.Slot(Expression.Slot.Kind.NOW, Type.TIMESTAMPTZ)));
        assertEquals(
                "2023-11-14 23:13:20",
                constant(
                        new Expression.Slot(Expression.Slot.Kind.LOCAL_TIMESTAMP, Type.TIMESTAMP)));
        assertEquals(
                "2023-11-14",
                constant(new Expression.Slot(Expression.Slot.Kind.CURRENT_DATE, Type.DATE)));
        assertEquals(
                "me", constant(new Expression.Slot(Expression.Slot.Kind.CURRENT_USER, Type.TEXT)));
    }

    @Test
    void randomDiffersFromRowToRow() {
        Vector vector =
                Evaluator.of(parse("random()"), CONTEXT).evaluate(new Batch(100, List.of()));
        assertTrue(LaneValue.at(vector, 0) instanceof Value.Floating(double a) && a >= 0 && a < 1);
        assertTrue(!LaneValue.at(vector, 0).equals(LaneValue.at(vector, 1)));
    }
}
