package io.basaltdb.query.operator.aggregate;

import io.basaltdb.query.kernel.Hashing;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.memory.Reservation;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Vector;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// APPROX_COUNT_DISTINCT: exact up to 256 distinct hashes per group, HyperLogLog with 4,096 registers above (standard error 1.6 %). Which of the two a
/// group has depends on its set of values alone, so the answer does not depend on the order of the rows.
final class ApproximateCountAccumulator implements Accumulator {
    private static final int EXACT = 256;
    private static final int INDEX_BITS = 12;
    private static final int REGISTERS = 1 << INDEX_BITS;

    /// Begins the bytes of a state, with the version and the form behind it.
    private static final byte MARK = 'D';

    private static final byte VERSION = 1;
    private static final int HEADER_BYTES = 3;

    private final AccumulatorMaker.ApproximateCount call;
    private final Reservation reservation;

    /// Per group: its hashes in an open table while they are few.
    private long[] @Nullable [] exact = {};

    private int[] exactCount = {};
    private byte[] @Nullable [] registers = {};
    private long[] hashes = {};

    ApproximateCountAccumulator(AccumulatorMaker.ApproximateCount call, Reservation reservation) {
        this.call = call;
        this.reservation = reservation;
    }

    @Override
    public void ensure(int groupCount) {
        if (groupCount > exact.length) {
            int size = Math.max(groupCount, 2 * exact.length);
            reservation.grow(20L * (size - exact.length));
            exact = Arrays.copyOf(exact, size);
            exactCount = Arrays.copyOf(exactCount, size);
            registers = Arrays.copyOf(registers, size);
        }
    }

    @Override
    public void add(RowBlock block, int @Nullable [] groups) {
        if (call.ofStates()) {
            addStates(block, groups);
            return;
        }
        hashes = FlatColumn.grown(hashes, block.count);
        hash(block);
        long[] rows = call.mask() < 0 ? null : block.mask(call.mask());
        for (int i = 0; i < block.count; i++) {
            if (rows == null || (rows[i >> 6] >>> i & 1) != 0) {
                add(groups == null ? 0 : groups[i], hashes[i]);
            }
        }
    }

    private void addStates(RowBlock block, int @Nullable [] groups) {
        FlatColumn column = block.inputs[call.input()];
        long[] rows = call.mask() < 0 ? null : block.mask(call.mask());
        for (int i = 0; i < block.count; i++) {
            if (rows == null || (rows[i >> 6] >>> i & 1) != 0) {
                read(
                        groups == null ? 0 : groups[i],
                        column.heap,
                        column.start[i],
                        column.length[i]);
            }
        }
    }

    private void hash(RowBlock block) {
        FlatColumn column = block.inputs[call.input()];
        switch (column.physical) {
            case LONG, DOUBLE, BITS ->
                    Hashing.longs(block.ordered(call.input()), hashes, block.count);
            case WIDE -> {
                for (int i = 0; i < block.count; i++) {
                    hashes[i] = Hashing.mix(Hashing.combine(column.high(i), column.longs[i]));
                }
            }
            case BYTES -> {
                for (int i = 0; i < block.count; i++) {
                    hashes[i] =
                            column.isNull(i)
                                    ? 0
                                    : Hashing.bytes(column.heap, column.start[i], column.length[i]);
                }
            }
        }
    }

    private void add(int group, long hash) {
        // 0 marks a free slot.
        long entry = hash == 0 ? 1 : hash;
        byte[] wide = registers[group];
        if (wide != null) {
            set(wide, entry);
            return;
        }
        long[] table = exact[group];
        if (table == null || 2 * exactCount[group] >= table.length) {
            table = enlarge(group, table);
        }
        if (insert(table, entry) && ++exactCount[group] > EXACT) {
            widen(group);
        }
    }

    private static boolean insert(long[] table, long entry) {
        int slot = (int) entry & (table.length - 1);
        while (table[slot] != 0) {
            if (table[slot] == entry) {
                return false;
            }
            slot = (slot + 1) & (table.length - 1);
        }
        table[slot] = entry;
        return true;
    }

    private long[] enlarge(int group, long @Nullable [] table) {
        int size = table == null ? 8 : 2 * table.length;
        reservation.grow(8L * size + 16);
        long[] larger = new long[size];
        if (table != null) {
            for (long entry : table) {
                if (entry != 0) {
                    insert(larger, entry);
                }
            }
            reservation.shrink(8L * table.length + 16);
        }
        exact[group] = larger;
        return larger;
    }

    private byte[] widen(int group) {
        byte[] wide = registers[group];
        if (wide == null) {
            reservation.grow(REGISTERS + 16);
            wide = new byte[REGISTERS];
            long[] table = exact[group];
            if (table != null) {
                for (long entry : table) {
                    if (entry != 0) {
                        set(wide, entry);
                    }
                }
                reservation.shrink(8L * table.length + 16);
            }
            exact[group] = null;
            registers[group] = wide;
        }
        return wide;
    }

    private static void set(byte[] registers, long hash) {
        int index = (int) (hash >>> (64 - INDEX_BITS));
        int rank = Math.min(64 - INDEX_BITS, Long.numberOfLeadingZeros(hash << INDEX_BITS)) + 1;
        registers[index] = (byte) Math.max(registers[index], rank);
    }

    @Override
    public void merge(Accumulator other, int[] from, int[] to, int count) {
        ApproximateCountAccumulator source = (ApproximateCountAccumulator) other;
        for (int i = 0; i < count; i++) {
            byte[] theirs = source.registers[from[i]];
            long[] table = source.exact[from[i]];
            if (theirs != null) {
                raise(widen(to[i]), theirs, 0);
            } else if (table != null) {
                for (long entry : table) {
                    if (entry != 0) {
                        add(to[i], entry);
                    }
                }
            }
        }
    }

    private static void raise(byte[] mine, byte[] theirs, int start) {
        for (int r = 0; r < REGISTERS; r++) {
            mine[r] = (byte) Math.max(mine[r], theirs[start + r]);
        }
    }

    /// The bytes of a group's state, as the package specifies them.
    private byte[] write(int group) {
        byte[] wide = registers[group];
        if (wide != null) {
            byte[] state = new byte[HEADER_BYTES + REGISTERS];
            state[0] = MARK;
            state[1] = VERSION;
            state[2] = 1;
            System.arraycopy(wide, 0, state, HEADER_BYTES, REGISTERS);
            return state;
        }
        long[] table = exact[group];
        long[] entries =
                table == null ? new long[0] : Arrays.stream(table).filter(e -> e != 0).toArray();
        Arrays.sort(entries);
        ByteBuffer out =
                ByteBuffer.allocate(HEADER_BYTES + 8 * entries.length)
                        .order(ByteOrder.LITTLE_ENDIAN);
        out.put(MARK).put(VERSION).put((byte) 0);
        for (long entry : entries) {
            out.putLong(entry);
        }
        return out.array();
    }

    /// Adds the values of a state that [#write] wrote.
    private void read(int group, byte[] heap, int start, int length) {
        int body = length - HEADER_BYTES;
        boolean known = body >= 0 && heap[start] == MARK && heap[start + 1] == VERSION;
        boolean isWide = known && heap[start + 2] == 1 && body == REGISTERS;
        boolean isExact = known && heap[start + 2] == 0 && body % 8 == 0 && body / 8 <= EXACT;
        if (isWide) {
            raise(widen(group), heap, start + HEADER_BYTES);
        } else if (isExact) {
            ByteBuffer in =
                    ByteBuffer.wrap(heap, start + HEADER_BYTES, body)
                            .order(ByteOrder.LITTLE_ENDIAN);
            while (in.hasRemaining()) {
                add(group, in.getLong());
            }
        } else {
            throw new BasaltException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the bytes are not a state that approx_count_distinct_state gave");
        }
    }

    private long estimate(int group) {
        byte[] wide = registers[group];
        if (wide == null) {
            return exactCount[group];
        }
        double sum = 0;
        int zeros = 0;
        for (byte rank : wide) {
            sum += Math.scalb(1.0, -rank);
            zeros += rank == 0 ? 1 : 0;
        }
        double raw = 0.7213 / (1 + 1.079 / REGISTERS) * REGISTERS * REGISTERS / sum;
        boolean fewValues = raw <= 2.5 * REGISTERS && zeros > 0;
        return Math.round(fewValues ? REGISTERS * Math.log((double) REGISTERS / zeros) : raw);
    }

    @Override
    public Vector result(int first, int count) {
        if (call.givesState()) {
            byte[][] states = new byte[count][];
            for (int i = 0; i < count; i++) {
                states[i] = write(first + i);
            }
            return StateBytes.vector(states);
        }
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = estimate(first + i);
        }
        return new LongVector(Type.BIGINT, count, values, null);
    }
}
