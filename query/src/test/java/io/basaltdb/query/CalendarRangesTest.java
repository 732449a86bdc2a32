package io.basaltdb.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.basaltdb.storage.DatabaseOptions;
import io.basaltdb.storage.io.MemoryDisk;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Comparisons of calendar functions with literals, which become ranges of the bare column, against the same comparisons with values from rows.
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class CalendarRangesTest {
    private static final long SEED = Long.getLong("test.seed", System.nanoTime());
    private static final List<String> OPERATORS = List.of("=", "<", "<=", ">", ">=", "<>");

    @Test
    void rangesAreExact() {
        System.out.println("CalendarRangesTest: -Dtest.seed=" + SEED);
        Random random = new Random(SEED);
        try (TestSessions sessions =
                new TestSessions(
                        new MemoryDisk("the test", 1L << 28), DatabaseOptions.defaults())) {
            TestSessions.Client client = sessions.client();
            client.run("CREATE TABLE c (t TIMESTAMP, n TIMESTAMP(9), d DATE) ORDER BY (t)");
            client.run(
                    "INSERT INTO c SELECT x, CAST(x AS TIMESTAMP(9)), CAST(x AS DATE) FROM"
                            + " (SELECT TIMESTAMP '2023-12-20 00:00:00' + INTERVAL '1' HOUR * (r.i * 7)"
                            + " AS x FROM range(0, 900) AS r (i))");
            client.run("INSERT INTO c VALUES (NULL, NULL, NULL)");
            for (int i = 0; i < 120; i++) {
                compare(client, random);
            }
        }
    }

    private static void compare(TestSessions.Client client, Random random) {
        String column = List.of("t", "n", "d").get(random.nextInt(3));
        LocalDate day = LocalDate.of(2023, 12, 15).plusDays(random.nextInt(300));
        day = random.nextInt(3) == 0 ? day.withDayOfMonth(1) : day;
        String call;
        String literal;
        switch (random.nextInt(5)) {
            case 0 -> {
                call = (random.nextBoolean() ? "year(" : "extract(year FROM ") + column + ")";
                literal = Integer.toString(2022 + random.nextInt(4));
            }
            case 1 -> {
                call = "toYYYYMM(" + column + ")";
                literal = Integer.toString(day.getYear() * 100 + random.nextInt(15));
            }
            case 2 -> {
                call = "toYYYYMMDD(" + column + ")";
                literal = day.toString().replace("-", "");
            }
            case 3 -> {
                call = List.of("to_date(", "toStartOfMonth(").get(random.nextInt(2)) + column + ")";
                literal = "DATE '" + day + "'";
            }
            default -> {
                String unit =
                        List.of("day", "week", "month", "quarter", "year").get(random.nextInt(5));
                call = "date_trunc('" + unit + "', " + column + ")";
                literal =
                        column.equals("d")
                                ? "DATE '" + day + "'"
                                : "TIMESTAMP '"
                                        + day
                                        + (random.nextBoolean() ? " 00" : " 07")
                                        + ":00:00'";
            }
        }
        String operator = OPERATORS.get(random.nextInt(OPERATORS.size()));
        String direct = call + " " + operator + " " + literal;
        String slow =
                "SELECT count(*) FROM c, (SELECT min("
                        + literal
                        + ") AS v FROM c) AS w WHERE "
                        + call
                        + " "
                        + operator
                        + " w.v";
        assertEquals(
                client.rows(slow), client.rows("SELECT count(*) FROM c WHERE " + direct), direct);
    }
}
