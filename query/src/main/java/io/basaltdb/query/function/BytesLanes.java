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

/// Reads TEXT vectors of any form as a heap with a start and a length per lane. Copies no bytes.
public final class BytesLanes {
    private static final byte[] EMPTY = new byte[0];

    private int[] startSpread = new int[0];
    private int[] lengthSpread = new int[0];
    private byte[] heap = EMPTY;
    private int[] start = startSpread;
    private int[] length = lengthSpread;

    /// Makes [#heap()], [#start()] and [#length()] hold the first `size` lanes; a null lane holds some run inside the heap.
    public void read(Vector vector, int size) {
        switch (vector) {
            case BytesVector flat -> set(flat.heap(), flat.start(), flat.length());
            case ConstantVector constant -> {
                byte[] value =
                        constant.value() instanceof Value.Bytes(byte[] bytes) ? bytes : EMPTY;
                claim(size);
                Arrays.fill(startSpread, 0, size, 0);
                Arrays.fill(lengthSpread, 0, size, value.length);
                set(value, startSpread, lengthSpread);
            }
            case DictionaryVector coded -> {
                BytesVector values = (BytesVector) coded.dictionary().values();
                claim(size);
                Gather.ints(values.start(), coded.codes(), startSpread, size);
                Gather.ints(values.length(), coded.codes(), lengthSpread, size);
                set(values.heap(), startSpread, lengthSpread);
            }
            case LongVector _, DoubleVector _, WideVector _, BitVector _ ->
                    throw new AssertionError("not TEXT: " + vector.type().sql());
        }
    }

    private void claim(int size) {
        startSpread = Scratch.ints(startSpread, size);
        lengthSpread = Scratch.ints(lengthSpread, size);
    }

    private void set(byte[] bytes, int[] starts, int[] lengths) {
        heap = bytes;
        start = starts;
        length = lengths;
    }

    public byte[] heap() {
        return heap;
    }

    public int[] start() {
        return start;
    }

    public int[] length() {
        return length;
    }
}
