package io.basaltdb.query.function;

import io.basaltdb.query.kernel.Gather;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads vectors of one `long` per lane, whatever their form, as a flat array. Keeps the array for forms that must be spread out; what it gives is lent until
/// the next reading.
public final class LongLanes {
    private long[] spread = new long[0];
    private @Nullable Value filledWith;
    private int magnitudeBits;

    /// The values of the first `size` lanes; a null lane holds anything.
    public long[] read(Vector vector, int size) {
        return switch (vector) {
            case LongVector flat -> {
                magnitudeBits = flat.magnitudeBits();
                yield flat.values();
            }
            case ConstantVector constant -> fill(constant.value(), size);
            case DictionaryVector coded -> {
                LongVector values = (LongVector) coded.dictionary().values();
                magnitudeBits = values.magnitudeBits();
                filledWith = null;
                spread = Scratch.longs(spread, size);
                Gather.longs(values.values(), coded.codes(), spread, size);
                yield spread;
            }
            case DoubleVector _, WideVector _, BitVector _, BytesVector _ ->
                    throw new AssertionError("no long lanes: " + vector.type().sql());
        };
    }

    private long[] fill(Value value, int size) {
        long number = value instanceof Value.Whole(long whole) ? whole : 0;
        magnitudeBits = 64 - Long.numberOfLeadingZeros(number ^ (number >> 63));
        if (!value.equals(filledWith) || spread.length < size) {
            spread = Scratch.longs(spread, size);
            Arrays.fill(spread, number);
            filledWith = value;
        }
        return spread;
    }

    /// A bound on what was read last, as [LongVector#magnitudeBits()].
    public int magnitudeBits() {
        return magnitudeBits;
    }
}
