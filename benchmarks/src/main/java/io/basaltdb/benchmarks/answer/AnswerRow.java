package io.basaltdb.benchmarks.answer;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One row of an answer. A cell is null, Boolean, BigDecimal (every exact number), Double, String, LocalDate,
/// LocalTime, LocalDateTime or Instant.
public final class AnswerRow {
    private final @Nullable Object[] cells;

    public AnswerRow(@Nullable Object... cells) {
        this.cells = cells.clone();
    }

    public int size() {
        return cells.length;
    }

    public @Nullable Object cell(int column) {
        return cells[column];
    }

    @Override
    public String toString() {
        return Arrays.toString(cells);
    }
}
