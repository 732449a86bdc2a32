package io.basaltdb.query.function;

import io.basaltdb.query.kernel.Bits;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;

/// Reads BOOLEAN vectors of any form as bit words.
public final class BitLanes {
    private long[] spread = new long[0];

    /// The words of the first `size` lanes; a null lane holds anything.
    public long[] read(Vector vector, int size) {
        return switch (vector) {
            case BitVector flat -> flat.words();
            case ConstantVector constant -> {
                spread = Scratch.longs(spread, Validity.words(size));
                boolean value = constant.value() instanceof Value.Bool(boolean bit) && bit;
                Bits.fill(spread, value ? -1L : 0, Validity.words(size));
                yield spread;
            }
            case DictionaryVector coded -> {
                spread = Scratch.longs(spread, Validity.words(size));
                BitVector values = (BitVector) coded.dictionary().values();
                Bits.gather(values.words(), coded.codes(), spread, size);
                yield spread;
            }
            // A bare NULL has no other lanes than null ones.
            case LongVector _ -> {
                spread = Scratch.longs(spread, Validity.words(size));
                yield spread;
            }
            case DoubleVector _, WideVector _, BytesVector _ ->
                    throw new AssertionError("not BOOLEAN: " + vector.type().sql());
        };
    }
}
