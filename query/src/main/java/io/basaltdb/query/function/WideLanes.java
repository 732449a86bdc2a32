package io.basaltdb.query.function;

import io.basaltdb.query.kernel.Gather;
import io.basaltdb.query.kernel.Wide;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import java.math.BigInteger;
import java.util.Arrays;

/// Reads exact numbers of any form as two flat arrays, the halves of 128-bit numbers.
public final class WideLanes {
    private static final BigInteger LOW_MASK =
            BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    private final LongLanes longs = new LongLanes();
    private long[] highSpread = new long[0];
    private long[] lowSpread = new long[0];
    private long[] high = new long[0];
    private long[] low = new long[0];

    /// Makes [#high()] and [#low()] hold the first `size` lanes; a null lane holds anything.
    public void read(Vector vector, int size) {
        switch (vector) {
            case WideVector wide -> {
                high = wide.high();
                low = wide.low();
            }
            case ConstantVector constant -> fill(constant.value(), size);
            case DictionaryVector coded
                    when coded.dictionary().values() instanceof WideVector v -> {
                highSpread = Scratch.longs(highSpread, size);
                lowSpread = Scratch.longs(lowSpread, size);
                Gather.longs(v.high(), coded.codes(), highSpread, size);
                Gather.longs(v.low(), coded.codes(), lowSpread, size);
                high = highSpread;
                low = lowSpread;
            }
            case LongVector _, DictionaryVector _ -> {
                low = longs.read(vector, size);
                highSpread = Scratch.longs(highSpread, size);
                Wide.extend(low, highSpread, size);
                high = highSpread;
            }
            case DoubleVector _, BitVector _, BytesVector _ ->
                    throw new AssertionError("no exact numbers: " + vector.type().sql());
        }
    }

    private void fill(Value value, int size) {
        highSpread = Scratch.longs(highSpread, size);
        lowSpread = Scratch.longs(lowSpread, size);
        long top = 0;
        long bottom = 0;
        if (value instanceof Value.Whole(long whole)) {
            top = whole >> 63;
            bottom = whole;
        } else if (value instanceof Value.Wide(long h, long l)) {
            top = h;
            bottom = l;
        }
        Arrays.fill(highSpread, 0, size, top);
        Arrays.fill(lowSpread, 0, size, bottom);
        high = highSpread;
        low = lowSpread;
    }

    public long[] high() {
        return high;
    }

    public long[] low() {
        return low;
    }

    /// The number of that lane, for paths that are slow anyway.
    public BigInteger get(int row) {
        return big(high[row], low[row]);
    }

    static BigInteger big(long high, long low) {
        return high == low >> 63
                ? BigInteger.valueOf(low)
                : BigInteger.valueOf(high).shiftLeft(64).or(BigInteger.valueOf(low).and(LOW_MASK));
    }

    /// Whether some lane of the vector may need more than one `long`.
    static boolean isWide(Vector vector) {
        return vector instanceof WideVector
                || (vector instanceof ConstantVector constant
                        && constant.value() instanceof Value.Wide)
                || (vector instanceof DictionaryVector coded
                        && coded.dictionary().values() instanceof WideVector);
    }
}
