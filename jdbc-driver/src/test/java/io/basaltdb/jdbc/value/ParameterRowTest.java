package io.basaltdb.jdbc.value;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A row's bytes do not depend on the rows before it.
final class ParameterRowTest {
    private static Parameter draw(Random random) {
        return switch (random.nextInt(8)) {
            case 0, 1 -> Parameter.of(random.nextLong());
            case 2, 3 -> Parameter.of("text ".repeat(random.nextInt(5)));
            case 4 -> Parameter.of(random.nextDouble());
            case 5 -> Parameter.of(random.nextBoolean());
            case 6 -> Parameter.of(BigDecimal.valueOf(random.nextInt(100_000), random.nextInt(3)));
            default -> Parameter.NULL;
        };
    }

    @Test
    void writesEachRowAsIfItWereTheFirst() {
        Random random = new Random(1);
        ParameterRow rows = new ParameterRow();
        @Nullable Parameter[] row = {};
        for (int i = 0; i < 2_000; i++) {
            if (row.length == 0 || random.nextInt(4) == 0) {
                row = new @Nullable Parameter[1 + random.nextInt(3)];
                for (int p = 0; p < row.length; p++) {
                    row[p] = draw(random);
                }
            } else {
                row[random.nextInt(row.length)] = draw(random);
            }
            assertArrayEquals(new ParameterRow().bytes(row), rows.bytes(row), "row " + i);
        }
        assertEquals(0, rows.bytes(new @Nullable Parameter[0]).length);
    }
}
