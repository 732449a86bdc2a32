package io.basaltdb.storage.segment;

import io.basaltdb.storage.encoding.ByteSink;
import io.basaltdb.storage.encoding.ByteSource;
import io.basaltdb.storage.encoding.ValueHash;

/// Estimates how many distinct values were seen, in a kilobyte, to about 3 %: a HyperLogLog of 1024 registers. Sketches of parts
/// are merged without looking at the values again. For one thread.
///
/// A register keeps, of all hashes that begin with its ten bits, the greatest position of the first one bit in the rest.
///
/// As bytes: 0 and per register one byte; or, where that is shorter, 1, the number of registers above 0 as a varint, and per such
/// register its index (two bytes) and its value (one byte).
public final class DistinctSketch {
    private static final int INDEX_BITS = 10;
    private static final int REGISTERS = 1 << INDEX_BITS;
    private static final int MAX_VALUE = Long.SIZE - INDEX_BITS + 1;
    private static final int DENSE = 0;
    private static final int SPARSE = 1;

    /// The bias correction of the harmonic mean for this many registers.
    private static final double ALPHA = 0.7213 / (1 + 1.079 / REGISTERS);

    private final byte[] registers = new byte[REGISTERS];

    /// Adds a value by its hash from [io.basaltdb.storage.encoding.ValueHash].
    public void add(long hash) {
        int index = (int) (hash >>> (Long.SIZE - INDEX_BITS));
        long rest = hash << INDEX_BITS | 1L << (INDEX_BITS - 1);
        byte value = (byte) (Long.numberOfLeadingZeros(rest) + 1);
        if (value > registers[index]) {
            registers[index] = value;
        }
    }

    /// Adds the first `count` numbers, which lie from `min` to `max`. Equal neighbours, and values from a range of 64, cost next to nothing.
    void addAll(long[] values, int count, long min, long max) {
        if (min == max) {
            add(ValueHash.whole(min));
            return;
        }
        if (max - min >= 0 && max - min < Long.SIZE) {
            addSmallRange(values, count, min);
            return;
        }
        long before = values[0];
        add(ValueHash.whole(before));
        for (int i = 1; i < count; i++) {
            long value = values[i];
            if (value != before) {
                add(ValueHash.whole(value));
                before = value;
            }
        }
    }

    private void addSmallRange(long[] values, int count, long min) {
        long seen = 0;
        for (int i = 0; i < count; i++) {
            seen |= 1L << (values[i] - min);
        }
        for (long left = seen; left != 0; left &= left - 1) {
            add(ValueHash.whole(min + Long.numberOfTrailingZeros(left)));
        }
    }

    /// Sees from now on what the other saw too.
    public void merge(DistinctSketch other) {
        for (int i = 0; i < REGISTERS; i++) {
            registers[i] = (byte) Math.max(registers[i], other.registers[i]);
        }
    }

    /// A sketch that has seen the same.
    public DistinctSketch copy() {
        DistinctSketch copy = new DistinctSketch();
        copy.merge(this);
        return copy;
    }

    public long estimate() {
        double sum = 0;
        int zeros = 0;
        for (byte register : registers) {
            sum += Math.scalb(1.0, -register);
            zeros += register == 0 ? 1 : 0;
        }
        double raw = ALPHA * REGISTERS * REGISTERS / sum;
        if (raw <= 2.5 * REGISTERS && zeros > 0) {
            return Math.round(REGISTERS * Math.log((double) REGISTERS / zeros));
        }
        return Math.round(raw);
    }

    public byte[] toBytes() {
        int used = 0;
        for (byte register : registers) {
            used += register > 0 ? 1 : 0;
        }
        ByteSink sink = new ByteSink(REGISTERS + 1);
        if (3 * used + 2 < REGISTERS) {
            sink.putByte(SPARSE);
            sink.putVarint(used);
            for (int i = 0; i < REGISTERS; i++) {
                if (registers[i] > 0) {
                    sink.putShort(i);
                    sink.putByte(registers[i]);
                }
            }
        } else {
            sink.putByte(DENSE);
            sink.putBytes(registers, 0, REGISTERS);
        }
        return sink.toBytes();
    }

    /// @throws io.basaltdb.storage.error.BasaltException SEGMENT_CORRUPT where [#toBytes] cannot have made the bytes
    public static DistinctSketch fromBytes(byte[] bytes) {
        DistinctSketch sketch = new DistinctSketch();
        sketch.merge(bytes);
        return sketch;
    }

    /// Sees from now on what another saw too, whose [bytes][#toBytes] these are.
    ///
    /// @throws io.basaltdb.storage.error.BasaltException SEGMENT_CORRUPT where [#toBytes] cannot have made them
    public void merge(byte[] bytes) {
        ByteSource source = new ByteSource(bytes);
        int form = source.getByte();
        if (form == DENSE) {
            for (int i = 0; i < REGISTERS; i++) {
                raise(i, source.getByte());
            }
        } else if (form == SPARSE) {
            for (int left = source.getCount(REGISTERS); left > 0; left--) {
                raise(source.getShort(), source.getByte());
            }
        } else {
            throw ByteSource.malformed("unknown form " + form + " of a sketch");
        }
        source.expectEnd();
    }

    private void raise(int index, int value) {
        if (index >= REGISTERS || value > MAX_VALUE) {
            throw ByteSource.malformed("value " + value + " of register " + index + " in a sketch");
        }
        if (value > registers[index]) {
            registers[index] = (byte) value;
        }
    }
}
