package io.basaltdb.benchmarks.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AnswerCheckTest {
    private static final QueryShape UNORDERED = new QueryShape(List.of(), false);
    private static final QueryShape BY_KEY = new QueryShape(List.of("key"), false);
    private static final QueryShape TOP_BY_KEY = new QueryShape(List.of("key"), true);
    private static final QueryShape ANY_ROWS = new QueryShape(List.of(), true);

    @Test
    void rowsWithoutOrderAreAMultiset() throws SQLException {
        Answer left = answer(row(1, "a"), row(1, "b"), row(1, "a"));
        assertTrue(
                difference(UNORDERED, left, answer(row(1, "b"), row(1, "a"), row(1, "a")))
                        .isEmpty());
        assertTrue(
                difference(UNORDERED, left, answer(row(1, "b"), row(1, "b"), row(1, "a")))
                        .isPresent());
        assertTrue(difference(UNORDERED, left, answer(row(1, "a"), row(1, "b"))).isPresent());
    }

    @Test
    void orderedRowsMayChangePlacesOnlyAmongEquals() throws SQLException {
        Answer left = answer(row(2, "a"), row(2, "b"), row(1, "c"));
        assertTrue(
                difference(BY_KEY, left, answer(row(2, "b"), row(2, "a"), row(1, "c"))).isEmpty());
        assertTrue(
                difference(BY_KEY, left, answer(row(2, "b"), row(1, "c"), row(2, "a")))
                        .isPresent());
        assertTrue(
                difference(BY_KEY, left, answer(row(2, "b"), row(2, "x"), row(1, "c")))
                        .isPresent());
    }

    @Test
    void rowsCutAmongEqualsMustBeInTheWholeResult() throws SQLException {
        Answer whole = answer(row(3, "a"), row(2, "b"), row(2, "c"), row(2, "d"));
        Answer left = answer(row(3, "a"), row(2, "b"));
        assertTrue(difference(TOP_BY_KEY, left, answer(row(3, "a"), row(2, "d")), whole).isEmpty());
        assertTrue(
                difference(TOP_BY_KEY, left, answer(row(3, "a"), row(2, "x")), whole).isPresent());
        assertTrue(
                difference(TOP_BY_KEY, left, answer(row(3, "a"), row(1, "b")), whole).isPresent());
        assertTrue(
                difference(
                                TOP_BY_KEY,
                                answer(row(2, "b"), row(2, "c")),
                                answer(row(2, "d"), row(2, "d")),
                                whole)
                        .isPresent());
    }

    @Test
    void anyRowsOfTheWholeResultWillDo() throws SQLException {
        Answer whole = answer(row(3, "a"), row(2, "b"), row(2, "c"));
        Answer left = answer(row(3, "a"));
        assertTrue(difference(ANY_ROWS, left, answer(row(2, "c")), whole).isEmpty());
        assertTrue(difference(ANY_ROWS, left, answer(row(2, "a")), whole).isPresent());
    }

    @Test
    void numbersCompareByValue() {
        assertTrue(Cells.same(new BigDecimal("1.50"), new BigDecimal("1.5")));
        assertFalse(Cells.same(new BigDecimal("1.50"), new BigDecimal("1.5000000001")));
        assertTrue(Cells.same(1.0, 1.0 + 1e-12));
        assertFalse(Cells.same(1.0, 1.0 + 1e-8));
        assertTrue(Cells.same(new BigDecimal("0.333333333333"), 1.0 / 3));
        assertTrue(Cells.same(Double.NaN, Double.NaN));
        assertFalse(Cells.same(null, ""));
        assertTrue(Cells.same(LocalDate.EPOCH, LocalDate.EPOCH.atStartOfDay()));
    }

    @Test
    void digestsCoverWhatIsDetermined() {
        Answer left = answer(row(2, "a"), row(2, "b"), row(1, "c"));
        Answer swapped = answer(row(2, "b"), row(2, "a"), row(1, "c"));
        Answer otherTail = answer(row(2, "a"), row(2, "b"), row(1, "x"));
        assertEquals(AnswerDigest.of(BY_KEY, left), AnswerDigest.of(BY_KEY, swapped));
        assertNotEquals(AnswerDigest.of(BY_KEY, left), AnswerDigest.of(BY_KEY, otherTail));
        assertEquals(AnswerDigest.of(TOP_BY_KEY, left), AnswerDigest.of(TOP_BY_KEY, otherTail));
        assertNotEquals(
                AnswerDigest.of(UNORDERED, answer(row(1.0, ""))),
                AnswerDigest.of(UNORDERED, answer(row(Math.nextUp(1.0), ""))));
    }

    private static Optional<String> difference(QueryShape shape, Answer expected, Answer found)
            throws SQLException {
        return difference(shape, expected, found, expected);
    }

    private static Optional<String> difference(
            QueryShape shape, Answer expected, Answer found, Answer whole) throws SQLException {
        return AnswerCheck.difference(
                shape,
                expected,
                found,
                wanted ->
                        new Answer(whole.labels(), whole.rows().stream().filter(wanted).toList()));
    }

    private static AnswerRow row(Object key, @Nullable Object value) {
        return new AnswerRow(key instanceof Integer i ? BigDecimal.valueOf(i) : key, value);
    }

    private static Answer answer(AnswerRow... rows) {
        return new Answer(List.of("key", "value"), new ArrayList<>(List.of(rows)));
    }
}
