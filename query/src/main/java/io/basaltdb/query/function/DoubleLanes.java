package io.basaltdb.query.function;

import io.basaltdb.query.kernel.Arithmetic;
import io.basaltdb.query.kernel.Gather;
import io.basaltdb.storage.type.Physical;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import java.math.BigDecimal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads numbers of any type and form as a flat array of `double`: exact numbers are rounded once, to the nearest.
public final class DoubleLanes {
    /// Powers of ten that a `double` holds exactly.
    private static final int MAX_EXACT_SCALE = 22;

    private final LongLanes longs = new LongLanes();
    private double[] spread = new double[0];
    private @Nullable Value filledWith;

    /// The values of the first `size` lanes; a null lane holds anything.
    public double[] read(Vector vector, int size) {
        return switch (vector) {
            case DoubleVector flat -> flat.values();
            case ConstantVector constant -> fill(constant, size);
            case DictionaryVector coded -> readCoded(coded, size);
            case LongVector flat -> convert(flat.values(), flat.type(), size);
            case WideVector wide -> {
                claim(size);
                for (int i = 0; i < size; i++) {
                    spread[i] = wide(wide.high()[i], wide.low()[i], Numbers.scale(wide.type()));
                }
                yield spread;
            }
            case BitVector _, BytesVector _ ->
                    throw new AssertionError("no numbers: " + vector.type().sql());
        };
    }

    private void claim(int size) {
        filledWith = null;
        spread = Scratch.doubles(spread, size);
    }

    private double[] readCoded(DictionaryVector coded, int size) {
        if (coded.dictionary().values() instanceof DoubleVector values) {
            claim(size);
            Gather.doubles(values.values(), coded.codes(), spread, size);
            return spread;
        }
        if (coded.dictionary().values() instanceof WideVector values) {
            claim(size);
            int scale = Numbers.scale(values.type());
            for (int i = 0; i < size; i++) {
                int code = coded.codes()[i];
                spread[i] = wide(values.high()[code], values.low()[code], scale);
            }
            return spread;
        }
        return convert(longs.read(coded, size), coded.type(), size);
    }

    private double[] convert(long[] values, Type type, int size) {
        claim(size);
        int scale = Numbers.scale(type);
        if (scale == 0) {
            Arithmetic.toDouble(values, spread, size);
        } else if (Arithmetic.magnitudeBits(values, size) <= 53 && scale <= MAX_EXACT_SCALE) {
            Arithmetic.toDouble(values, Math.pow(10, scale), spread, size);
        } else {
            for (int i = 0; i < size; i++) {
                spread[i] = wide(values[i] >> 63, values[i], scale);
            }
        }
        return spread;
    }

    private static double wide(long high, long low, int scale) {
        return high == low >> 63 && Math.abs(low) <= 1L << 53 && scale <= MAX_EXACT_SCALE
                ? low / Math.pow(10, scale)
                : new BigDecimal(WideLanes.big(high, low), scale).doubleValue();
    }

    private double[] fill(ConstantVector constant, int size) {
        if (!constant.value().equals(filledWith) || spread.length < size) {
            spread = Scratch.doubles(spread, size);
            Arrays.fill(spread, value(constant.value(), constant.type()));
            filledWith = constant.value();
        }
        return spread;
    }

    /// One number as a `double`; 0 for NULL.
    public static double value(Value value, Type type) {
        return switch (value) {
            case Value.Floating(double number) -> number;
            case Value.Whole(long number) when type.physical() != Physical.DOUBLE ->
                    wide(number >> 63, number, Numbers.scale(type));
            case Value.Wide(long high, long low) -> wide(high, low, Numbers.scale(type));
            case Value.Null _, Value.Bool _, Value.Whole _, Value.Bytes _ -> 0;
        };
    }
}
