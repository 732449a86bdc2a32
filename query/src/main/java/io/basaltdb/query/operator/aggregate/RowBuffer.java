package io.basaltdb.query.operator.aggregate;

import io.basaltdb.query.operator.OperatorContext;
import io.basaltdb.storage.memory.LongArrays;
import io.basaltdb.storage.memory.Reservation;
import java.util.ArrayList;
import java.util.List;

/// Rows of one partition that wait to be grouped, as chunks of flat columns; their keys as words where those suffice, else as columns too, with their hashes.
final class RowBuffer implements AutoCloseable {
    private static final int FIRST_ROWS = 64;
    private static final int GROWTH = 8;
    private static final FlatColumn[] NO_COLUMNS = {};
    private static final int MOST_ROWS = LongArrays.UNIT;

    /// Rows after which the chunk's size is looked at again: with the texts of a batch's few rows, not with each.
    private static final int MEASURED_ROWS = 256;

    private final AggregateShape shape;
    private final KeyLayout layout;
    private final LongArrays arrays;
    private final Reservation reservation;
    private final List<Chunk> chunks = new ArrayList<>();
    private long fullChunkBytes;
    private long rowCount;
    private int unmeasuredRows;

    /// @param arrays where those of full chunks come from
    RowBuffer(AggregateShape shape, KeyLayout layout, LongArrays arrays, Reservation reservation) {
        this.shape = shape;
        this.layout = layout;
        this.arrays = arrays;
        this.reservation = reservation;
    }

    private static final class Chunk {
        private final FlatColumn[] keys;
        private final FlatColumn[] inputs;
        private final int capacity;
        private final long[] words;
        private final long[] hashes;
        private int count;

        Chunk(AggregateShape shape, KeyLayout layout, int capacity, LongArrays arrays) {
            this.keys = layout.wordsSuffice ? NO_COLUMNS : shape.newKeyColumns();
            this.inputs = shape.newInputColumns();
            this.capacity = capacity;
            this.words = arrays.take(layout.wordsSuffice ? capacity * layout.wordCount : 0);
            this.hashes = new long[layout.wordsSuffice ? 0 : capacity];
            for (FlatColumn column : keys) {
                column.reserveRows(capacity, arrays);
            }
            for (FlatColumn column : inputs) {
                column.reserveRows(capacity, arrays);
            }
        }

        void release(LongArrays arrays) {
            arrays.give(words);
            for (FlatColumn column : keys) {
                column.release(arrays);
            }
            for (FlatColumn column : inputs) {
                column.release(arrays);
            }
        }

        long bytes() {
            long bytes = 8L * (words.length + hashes.length) + 64;
            for (FlatColumn column : keys) {
                bytes += column.ownBytes();
            }
            for (FlatColumn column : inputs) {
                bytes += column.ownBytes();
            }
            return bytes;
        }
    }

    long bytes() {
        return reservation.bytes();
    }

    long rowCount() {
        return rowCount;
    }

    /// Takes the rows `rows[begin … end − 1]` of the block.
    void append(RowBlock block, KeyBlock keys, int[] rows, int begin, int end) {
        for (int from = begin; from < end; ) {
            Chunk chunk = chunks.isEmpty() ? newChunk(FIRST_ROWS) : chunks.getLast();
            if (chunk.count == chunk.capacity) {
                fullChunkBytes += chunk.bytes();
                chunk = newChunk(Math.min(MOST_ROWS, GROWTH * chunk.capacity));
            }
            int to = Math.min(end, from + chunk.capacity - chunk.count);
            append(chunk, block, keys, rows, from, to);
            from = to;
        }
        rowCount += end - begin;
        unmeasuredRows += end - begin;
        if (unmeasuredRows >= MEASURED_ROWS || chunks.getLast().count < MEASURED_ROWS) {
            reservation.resize(fullChunkBytes + chunks.getLast().bytes());
            unmeasuredRows = 0;
        }
    }

    private Chunk newChunk(int capacity) {
        // What its columns will take at least; texts are added as they come.
        reservation.grow(
                8L
                        * capacity
                        * ((layout.wordsSuffice ? layout.wordCount : 1 + shape.keyColumns().length)
                                + shape.inputColumns().size()));
        Chunk chunk = new Chunk(shape, layout, capacity, arrays);
        unmeasuredRows = 0;
        chunks.add(chunk);
        return chunk;
    }

    private void append(
            Chunk chunk, RowBlock block, KeyBlock keys, int[] rows, int begin, int end) {
        if (layout.wordsSuffice) {
            int stride = layout.wordCount;
            copy(keys.words, rows, begin, end, stride, chunk.words, chunk.count * stride);
        } else {
            for (int i = 0; i < chunk.keys.length; i++) {
                chunk.keys[i].append(keys.columns[i], rows, begin, end, chunk.count);
            }
            copy(keys.hashes, rows, begin, end, 1, chunk.hashes, chunk.count);
        }
        for (int i = 0; i < chunk.inputs.length; i++) {
            chunk.inputs[i].append(block.inputs[i], rows, begin, end, chunk.count);
        }
        chunk.count += end - begin;
    }

    private static void copy(
            long[] from, int[] rows, int begin, int end, int stride, long[] to, int first) {
        int at = first;
        if (stride == 1) {
            for (int i = begin; i < end; i++) {
                to[at++] = from[rows[i]];
            }
            return;
        }
        for (int i = begin; i < end; i++) {
            int row = rows[i] * stride;
            for (int w = 0; w < stride; w++) {
                to[at++] = from[row + w];
            }
        }
    }

    /// Groups all rows into the table and forgets them.
    ///
    /// @param block and `keys`: scratch of the one who drains; the block's columns are replaced
    void drainInto(GroupTable table, RowBlock block, KeyBlock keys, OperatorContext context) {
        long left = rowCount;
        for (Chunk chunk : chunks) {
            context.checkCancelled();
            block.begin(chunk.count);
            System.arraycopy(chunk.inputs, 0, block.inputs, 0, chunk.inputs.length);
            if (layout.wordsSuffice) {
                keys.take(chunk.words, chunk.count);
            } else {
                keys.encode(chunk.keys, chunk.count, chunk.hashes);
            }
            int before = table.count();
            table.add(block, keys);
            left -= chunk.count;
            if (chunk.count == MOST_ROWS && 2 * (table.count() - before) > MOST_ROWS) {
                // Most rows make groups, so that the others will too.
                table.expect((int) Math.min(left, Integer.MAX_VALUE / 8));
            }
        }
        close();
    }

    @Override
    public void close() {
        for (Chunk chunk : chunks) {
            chunk.release(arrays);
        }
        chunks.clear();
        fullChunkBytes = 0;
        rowCount = 0;
        reservation.close();
    }
}
