package io.basaltdb.query.function;

import io.basaltdb.query.kernel.Hashing;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `hash(…)`: 64 bits of one or several values, the same in every vector form, process and release. Equal values of one type hash alike, NULL too.
final class HashLoop implements ScalarLoop {
    private final LongLanes longs = new LongLanes();
    private final DoubleLanes doubles = new DoubleLanes();
    private final WideLanes wide = new WideLanes();
    private final BitLanes bits = new BitLanes();
    private final BytesLanes bytes = new BytesLanes();
    private long[] one = new long[0];
    private long[] out = new long[0];

    @Override
    public Vector evaluate(List<Vector> arguments, int size, @Nullable Selection selection) {
        out = Scratch.longs(out, size);
        one = Scratch.longs(one, size);
        for (int i = 0; i < arguments.size(); i++) {
            hash(arguments.get(i), size);
            if (i == 0) {
                System.arraycopy(one, 0, out, 0, size);
            } else {
                for (int row = 0; row < size; row++) {
                    out[row] = Hashing.combine(out[row], one[row]);
                }
            }
        }
        return new LongVector(Type.BIGINT, size, out, null);
    }

    private void hash(Vector vector, int size) {
        if (vector instanceof ConstantVector constant && constant.value().isNull()) {
            Arrays.fill(one, 0, size, Hashing.NULL);
            return;
        }
        switch (vector.type().physical()) {
            case LONG -> Hashing.longs(longs.read(vector, size), one, size);
            case WIDE -> wide(vector, size);
            case DOUBLE -> {
                double[] values = doubles.read(vector, size);
                for (int i = 0; i < size; i++) {
                    one[i] = Hashing.mix(Hashing.bits(values[i]));
                }
            }
            case BITS -> {
                long[] words = bits.read(vector, size);
                for (int i = 0; i < size; i++) {
                    one[i] = Hashing.mix(words[i >> 6] >>> i & 1);
                }
            }
            case BYTES -> {
                bytes.read(vector, size);
                Hashing.bytes(bytes.heap(), bytes.start(), bytes.length(), one, size);
            }
        }
        nulls(vector.validity(), size);
    }

    /// A number that fits one `long` hashes as that, whichever way it lies.
    private void wide(Vector vector, int size) {
        wide.read(vector, size);
        for (int i = 0; i < size; i++) {
            long high = wide.high()[i];
            long low = wide.low()[i];
            long hash = Hashing.mix(low);
            one[i] = high == low >> 63 ? hash : Hashing.combine(hash, high);
        }
    }

    private void nulls(long @Nullable [] validity, int size) {
        for (int i = 0; validity != null && i < size; i++) {
            one[i] = Validity.isValid(validity, i) ? one[i] : Hashing.NULL;
        }
    }
}
