package io.basaltdb.query.operator.aggregate;

import io.basaltdb.query.operator.OperatorContext;
import io.basaltdb.storage.memory.Reservation;
import java.util.ArrayList;
import java.util.List;

/// Rows of one partition that wait to be grouped, as chunks of flat columns with the hashes of their keys.
final class RowBuffer implements AutoCloseable {
    private static final int FIRST_ROWS = 64;
    private static final int MOST_ROWS = 4096;

    /// Rows after which the chunk's size is looked at again: with the texts of a batch's few rows, not with each.
    private static final int MEASURED_ROWS = 256;

    private final AggregateShape shape;
    private final Reservation reservation;
    private final List<Chunk> chunks = new ArrayList<>();
    private long fullChunkBytes;
    private int unmeasuredRows;

    RowBuffer(AggregateShape shape, Reservation reservation) {
        this.shape = shape;
        this.reservation = reservation;
    }

    private static final class Chunk {
        private final FlatColumn[] keys;
        private final FlatColumn[] inputs;
        private final int capacity;
        private final long[] hashes;
        private int count;

        Chunk(AggregateShape shape, int capacity) {
            this.keys = shape.newKeyColumns();
            this.inputs = shape.newInputColumns();
            this.capacity = capacity;
            this.hashes = new long[capacity];
            for (FlatColumn column : keys) {
                column.reserveRows(capacity);
            }
            for (FlatColumn column : inputs) {
                column.reserveRows(capacity);
            }
        }

        long bytes() {
            long bytes = 8L * hashes.length + 64;
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

    /// Takes the rows `rows[begin … end − 1]` of the block.
    void append(RowBlock block, long[] hashes, int[] rows, int begin, int end) {
        for (int from = begin; from < end; ) {
            Chunk chunk = chunks.isEmpty() ? newChunk(FIRST_ROWS) : chunks.getLast();
            if (chunk.count == chunk.capacity) {
                fullChunkBytes += chunk.bytes();
                chunk = newChunk(Math.min(MOST_ROWS, 2 * chunk.capacity));
            }
            int to = Math.min(end, from + chunk.capacity - chunk.count);
            append(chunk, block, hashes, rows, from, to);
            from = to;
        }
        unmeasuredRows += end - begin;
        if (unmeasuredRows >= MEASURED_ROWS || chunks.getLast().count < MEASURED_ROWS) {
            reservation.resize(fullChunkBytes + chunks.getLast().bytes());
            unmeasuredRows = 0;
        }
    }

    private Chunk newChunk(int capacity) {
        // What its columns will take at least; texts are added as they come.
        reservation.grow(
                8L * capacity * (1 + shape.keyColumns().length + shape.inputColumns().size()));
        Chunk chunk = new Chunk(shape, capacity);
        unmeasuredRows = 0;
        chunks.add(chunk);
        return chunk;
    }

    private static void append(
            Chunk chunk, RowBlock block, long[] hashes, int[] rows, int begin, int end) {
        for (int i = 0; i < chunk.keys.length; i++) {
            chunk.keys[i].append(block.keys[i], rows, begin, end, chunk.count);
        }
        for (int i = 0; i < chunk.inputs.length; i++) {
            chunk.inputs[i].append(block.inputs[i], rows, begin, end, chunk.count);
        }
        for (int i = begin; i < end; i++) {
            chunk.hashes[chunk.count + i - begin] = hashes[rows[i]];
        }
        chunk.count += end - begin;
    }

    /// Groups all rows into the table and forgets them.
    ///
    /// @param block and `keys`: scratch of the one who drains; the block's columns are replaced
    void drainInto(GroupTable table, RowBlock block, KeyBlock keys, OperatorContext context) {
        for (Chunk chunk : chunks) {
            context.checkCancelled();
            block.begin(chunk.count);
            System.arraycopy(chunk.inputs, 0, block.inputs, 0, chunk.inputs.length);
            keys.encode(chunk.keys, chunk.count, chunk.hashes);
            table.add(block, keys);
        }
        close();
    }

    @Override
    public void close() {
        chunks.clear();
        fullChunkBytes = 0;
        reservation.close();
    }
}
