package io.basaltdb.query.expression;

import io.basaltdb.query.function.BitLanes;
import io.basaltdb.query.function.BytesLanes;
import io.basaltdb.query.function.DoubleLanes;
import io.basaltdb.query.function.LaneValidity;
import io.basaltdb.query.function.LongLanes;
import io.basaltdb.query.function.Scratch;
import io.basaltdb.query.function.WideLanes;
import io.basaltdb.query.kernel.Bits;
import io.basaltdb.query.kernel.Gather;
import io.basaltdb.query.kernel.Wide;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Puts one vector together from rows of several: the branches of CASE and COALESCE. A wide DECIMAL stays one `long` per lane until a number needs two.
final class LaneAssembler {
    private final Type type;
    private final LaneValidity own = new LaneValidity();
    private final LongLanes longs = new LongLanes();
    private final DoubleLanes doubles = new DoubleLanes();
    private final WideLanes wide = new WideLanes();
    private final BitLanes bits = new BitLanes();
    private final BytesLanes bytes = new BytesLanes();
    private int size;
    private boolean hasNulls;
    private boolean isWide;
    private int magnitudeBits;
    private long[] validity = new long[0];
    private long[] low = new long[0];
    private long[] high = new long[0];
    private long[] mask = new long[0];
    private double[] floating = new double[0];
    private byte[] heap = new byte[0];
    private int used;
    private int[] start = new int[0];
    private int[] length = new int[0];

    LaneAssembler(Type type) {
        this.type = type;
    }

    void begin(int lanes) {
        size = lanes;
        hasNulls = false;
        isWide = false;
        magnitudeBits = 0;
        used = 0;
        switch (type.physical()) {
            case LONG, WIDE -> low = Scratch.longs(low, lanes);
            case DOUBLE -> floating = Scratch.doubles(floating, lanes);
            case BITS -> low = Scratch.longs(low, Validity.words(lanes));
            case BYTES -> {
                start = Scratch.ints(start, lanes);
                length = Scratch.ints(length, lanes);
                Arrays.fill(start, 0, lanes, 0);
                Arrays.fill(length, 0, lanes, 0);
            }
        }
    }

    /// Takes those rows of the vector.
    void put(Vector vector, Selection rows) {
        if (rows.count() == 0) {
            return;
        }
        putValidity(vector, rows);
        if (vector instanceof ConstantVector constant && constant.value().isNull()) {
            return;
        }
        switch (type.physical()) {
            case LONG, WIDE -> putNumbers(vector, rows);
            case DOUBLE ->
                    Gather.doublesAtRows(
                            doubles.read(vector, size), rows.rows(), rows.count(), floating);
            case BITS -> {
                mask = Scratch.longs(mask, Validity.words(size));
                Bits.fromRows(rows.rows(), rows.count(), mask, size);
                Bits.blend(bits.read(vector, size), mask, low, Validity.words(size));
            }
            case BYTES -> putBytes(vector, rows);
        }
    }

    private void putValidity(Vector vector, Selection rows) {
        long[] words = vector.validity();
        if (words == null) {
            return;
        }
        if (!hasNulls) {
            validity = own.writable(null, size);
            hasNulls = true;
        }
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.rows()[i];
            validity[row >> 6] &= ~((~words[row >> 6] >>> row & 1) << row);
        }
    }

    private void putNumbers(Vector vector, Selection rows) {
        if (isWide || isWide(vector)) {
            widen();
            wide.read(vector, size);
            Gather.longsAtRows(wide.high(), rows.rows(), rows.count(), high);
            Gather.longsAtRows(wide.low(), rows.rows(), rows.count(), low);
            return;
        }
        Gather.longsAtRows(longs.read(vector, size), rows.rows(), rows.count(), low);
        magnitudeBits = Math.max(magnitudeBits, longs.magnitudeBits());
    }

    private static boolean isWide(Vector vector) {
        return switch (vector) {
            case WideVector _ -> true;
            case ConstantVector constant -> constant.value() instanceof Value.Wide;
            case DictionaryVector coded -> coded.dictionary().values() instanceof WideVector;
            case LongVector _, DoubleVector _, BitVector _, BytesVector _ -> false;
        };
    }

    private void widen() {
        if (!isWide) {
            isWide = true;
            high = Scratch.longs(high, size);
            Wide.extend(low, high, size);
        }
    }

    private void putBytes(Vector vector, Selection rows) {
        bytes.read(vector, size);
        if (vector instanceof ConstantVector) {
            int at = append(bytes.heap(), 0, bytes.length()[0]);
            for (int i = 0; i < rows.count(); i++) {
                start[rows.rows()[i]] = at;
                length[rows.rows()[i]] = bytes.length()[0];
            }
            return;
        }
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.rows()[i];
            start[row] = append(bytes.heap(), bytes.start()[row], bytes.length()[row]);
            length[row] = bytes.length()[row];
        }
    }

    private int append(byte[] from, int at, int count) {
        if (heap.length - used < count) {
            long room = Math.max(2L * heap.length, (long) used + count + 1024);
            if ((long) used + count > Integer.MAX_VALUE - 8) {
                throw new BasaltException(
                        ErrorCode.PROGRAM_LIMIT, "texts of one batch need more than 2 GiB");
            }
            heap = Arrays.copyOf(heap, (int) Math.min(room, Integer.MAX_VALUE - 8));
        }
        System.arraycopy(from, at, heap, used, count);
        int result = used;
        used += count;
        return result;
    }

    Vector finish() {
        long @Nullable [] valid = hasNulls ? validity : null;
        return switch (type.physical()) {
            case LONG, WIDE ->
                    isWide
                            ? new WideVector(type, size, high, low, valid)
                            : new LongVector(type, size, low, valid, magnitudeBits);
            case DOUBLE -> new DoubleVector(type, size, floating, valid);
            case BITS -> new BitVector(type, size, low, valid);
            case BYTES -> new BytesVector(type, size, heap, start, length, valid);
        };
    }
}
