package io.basaltdb.formats.parquet;

import io.basaltdb.formats.parquet.page.ChunkReader;
import io.basaltdb.query.function.Scratch;
import org.jspecify.annotations.Nullable;

/// What was read of the pages of a flat column.
final class PageValues implements LeafValues {
    private final ChunkReader reader;
    private final boolean isFloat;
    private double[] doubles = {};
    private int rows;
    private @Nullable Bytes entries;

    PageValues(ChunkReader reader, boolean isFloat) {
        this.reader = reader;
        this.isFloat = isFloat;
    }

    /// Reads the next rows, which are the values from now on.
    void read(int count) {
        rows = count;
        reader.read(count);
    }

    @Override
    public long @Nullable [] validity() {
        return reader.validity();
    }

    @Override
    public long[] bits() {
        return reader.bits();
    }

    @Override
    public int[] ints() {
        return reader.ints();
    }

    @Override
    public long[] longs() {
        return reader.longs();
    }

    @Override
    public double[] doubles() {
        doubles = Scratch.doubles(doubles, rows);
        if (isFloat) {
            int[] bits = reader.ints();
            for (int i = 0; i < rows; i++) {
                doubles[i] = Float.intBitsToFloat(bits[i]);
            }
        } else {
            long[] bits = reader.longs();
            for (int i = 0; i < rows; i++) {
                doubles[i] = Double.longBitsToDouble(bits[i]);
            }
        }
        return doubles;
    }

    @Override
    public Bytes bytes() {
        byte[] heap = reader.heap(rows);
        return new Bytes(
                heap, reader.starts(), reader.lengths(), reader.heapFrom(), reader.heapTo());
    }

    @Override
    public @Nullable Codes codes() {
        if (!reader.isCoded()) {
            return null;
        }
        Bytes known = entries;
        if (known == null) {
            known =
                    new Bytes(
                            reader.entryHeap(), reader.entryStarts(), reader.entryLengths(), 0, 0);
            entries = known;
        }
        return new Codes(reader.codes(), known, reader.entryCount());
    }
}
