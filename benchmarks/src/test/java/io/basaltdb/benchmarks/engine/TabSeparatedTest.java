package io.basaltdb.benchmarks.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.basaltdb.benchmarks.answer.Answer;
import io.basaltdb.benchmarks.answer.AnswerRow;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;

class TabSeparatedTest {
    private static Answer parse(String text) {
        return TabSeparated.parse(text.getBytes(StandardCharsets.UTF_8), row -> true);
    }

    @Test
    void cellsBecomeWhatTheirTypesSay() {
        Answer answer =
                parse(
                        """
                        n\tu\tm\tx\tday\ttime\tyes\ttext
                        Nullable(Int64)\tUInt8\tDecimal(15, 2)\tFloat64\tDate32\tDateTime64(6)\tBool\tLowCardinality(Nullable(String))
                        -7\t200\t1.50\t-inf\t2024-02-29\t2024-02-29 23:59:58.5\ttrue\té
                        """);
        assertEquals("[n, u, m, x, day, time, yes, text]", answer.labels().toString());
        AnswerRow row = answer.rows().getFirst();
        assertEquals(BigDecimal.valueOf(-7), row.cell(0));
        assertEquals(BigDecimal.valueOf(200), row.cell(1));
        assertEquals(new BigDecimal("1.50"), row.cell(2));
        assertEquals(Double.NEGATIVE_INFINITY, row.cell(3));
        assertEquals(LocalDate.of(2024, 2, 29), row.cell(4));
        assertEquals(LocalDateTime.parse("2024-02-29T23:59:58.5"), row.cell(5));
        assertEquals(true, row.cell(6));
        assertEquals("é", row.cell(7));
    }

    @Test
    void nullsAndEmptyTextsAndEscapesAreToldApart() {
        Answer answer = parse("t\nNullable(String)\n\\N\n\na\\tb\\\\N\\n\n");
        assertEquals(3, answer.rows().size());
        assertNull(answer.rows().get(0).cell(0));
        assertEquals("", answer.rows().get(1).cell(0));
        assertEquals("a\tb\\N\n", answer.rows().get(2).cell(0));
    }

    @Test
    void unwantedRowsAreLeftOut() {
        Answer answer =
                TabSeparated.parse(
                        "n\nInt8\n1\n2\n3\n".getBytes(StandardCharsets.UTF_8),
                        row -> !BigDecimal.TWO.equals(row.cell(0)));
        assertEquals(2, answer.rows().size());
    }

    @Test
    void statementsWithoutRowsHaveNoColumns() {
        assertEquals(0, parse("").labels().size());
    }
}
