package io.basaltdb.query.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.Vector;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/// DOUBLE to DECIMAL against the digits that Double.toString writes.
final class FloatCastTest {
    private static final int COUNT = 4000;

    @RepeatedTest(40)
    void takesTheShortestDigits(RepetitionInfo info) {
        Random random = new Random(6400 + info.getCurrentRepetition());
        int precision = 1 + random.nextInt(38);
        int scale = random.nextInt(Math.min(precision, 20) + 1);
        Type.Decimal type = new Type.Decimal(precision, scale);
        double[] values = new double[COUNT];
        for (int i = 0; i < COUNT; i++) {
            values[i] = value(random);
        }
        Vector vector = new DoubleVector(Type.DOUBLE, COUNT, values, null);
        Vector found =
                Casts.loop(Type.DOUBLE, type, true, ZoneOffset.UTC)
                        .evaluate(List.of(vector), COUNT, null);
        for (int i = 0; i < COUNT; i++) {
            double value = values[i];
            assertEquals(
                    expected(value, precision, scale),
                    LaneValue.at(found, i),
                    () -> value + " as " + type.sql());
        }
    }

    /// Decimals of few and of many digits, halves of the last digit, neighbours of them, and anything.
    private static double value(Random random) {
        BigDecimal decimal =
                BigDecimal.valueOf(random.nextLong() >> random.nextInt(64), random.nextInt(22));
        double near = decimal.doubleValue();
        return switch (random.nextInt(5)) {
            case 0 -> Math.nextUp(near);
            case 1 -> Math.nextDown(near);
            case 2 -> Double.longBitsToDouble(random.nextLong());
            default -> near;
        };
    }

    private static Value expected(double value, int precision, int scale) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Value.NULL;
        }
        BigDecimal decimal =
                new BigDecimal(Double.toString(value)).setScale(scale, RoundingMode.HALF_UP);
        return decimal.precision() > precision && decimal.signum() != 0
                ? Value.NULL
                : Value.of(decimal.unscaledValue());
    }
}
