package io.basaltdb.query.operator.aggregate;

import io.basaltdb.storage.memory.Reservation;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The states of all calls that are a few longs, in one array, a row of `stride` longs per group: a row of the input touches one or two cache
/// lines whatever the number of calls. Sums and counts of all rows are added up to six in one loop.
///
/// A sum has 128 bits, kept as high · 2^64 + low with a *signed* low word. While the bounds of the values prove that no low word can overflow, only low words
/// are touched; then, and for good, the carries are computed too.
final class LongStates implements Accumulator {
    private static final int FIRST_GROUPS = 16;
    private static final long NEVER_NARROW = Long.MAX_VALUE;
    private static final long NARROW_LIMIT = 1L << 62;
    private static final long MOST_EXPECTED_LONGS = 1L << 26;
    private static final int LONGEST_RUN = 6;

    /// What a count adds per row.
    private static final long[] ONES = new long[Batch.MAX_ROWS];

    static {
        Arrays.fill(ONES, 1);
    }

    private final Slot[] slots;
    private final int stride;
    private final Reservation reservation;

    /// What a new group's row holds.
    private final long[] initial;

    /// Bound on every low word of that slot's sums; above [#NARROW_LIMIT] nothing is proven.
    private final long[] lowBound;

    // Of the run that is being added.
    private final long[][] runValues = new long[LONGEST_RUN][];
    private final int[] runOffsets = new int[LONGEST_RUN];

    private long[] states;
    private int groupCount;

    /// What is kept per group.
    enum Op {
        COUNT(1, 0),
        SUM(2, 0),
        /// Sum of wide numbers, 192 bits, of the batches in which some need two words; the others go to [#SUM].
        WIDE_SUM(3, 0),
        /// Sum of squares of longs, 192 bits.
        SQUARES(3, 0),
        MIN(1, Long.MAX_VALUE),
        MAX(1, Long.MIN_VALUE),
        AND(1, -1),
        OR(1, 0),
        XOR(1, 0);

        private final int words;
        private final long neutral;

        Op(int words, long neutral) {
            this.words = words;
            this.neutral = neutral;
        }

        int words() {
            return words;
        }
    }

    /// @param input of [AggregateShape#inputColumns], −1 for COUNT
    /// @param mask of [AggregateShape#masks], −1 where all rows count
    record Slot(Op op, int input, int mask, int offset) {}

    LongStates(AggregateShape shape, Reservation reservation) {
        this(shape.slots(), shape.stride(), reservation);
    }

    private LongStates(List<Slot> slotList, int stride, Reservation reservation) {
        this.slots = slotList.toArray(Slot[]::new);
        this.stride = stride;
        this.reservation = reservation;
        this.initial = new long[stride];
        this.lowBound = new long[slots.length];
        for (Slot slot : slots) {
            initial[slot.offset()] = slot.op().neutral;
        }
        reservation.grow(8L * stride * FIRST_GROUPS);
        states = new long[stride * FIRST_GROUPS];
    }

    @Override
    public void ensure(int count) {
        if (stride == 0 || count <= groupCount) {
            return;
        }
        int needed = Math.multiplyExact(count, stride);
        if (needed > states.length) {
            grow(Math.max(needed, states.length <= 1 << 29 ? 2 * states.length : needed));
        }
        for (Slot slot : slots) {
            long neutral = slot.op().neutral;
            if (neutral != 0) {
                for (int group = groupCount; group < count; group++) {
                    states[group * stride + slot.offset()] = neutral;
                }
            }
        }
        groupCount = count;
    }

    /// Makes room for the states of so many groups.
    void expect(int count) {
        long size = (long) count * stride;
        if (size > states.length && size <= MOST_EXPECTED_LONGS) {
            grow((int) size);
        }
    }

    private void grow(int size) {
        reservation.grow(8L * size);
        int before = states.length;
        states = Arrays.copyOf(states, size);
        reservation.shrink(8L * before);
    }

    @Override
    public void add(RowBlock block, int @Nullable [] groups) {
        for (int i = 0; i < slots.length; ) {
            i += groups == null ? addToOne(block, i) : addSlots(block, groups, i);
        }
    }

    /// Adds the block to the slot at that index, perhaps together with some behind it; returns how many.
    private int addSlots(RowBlock block, int[] groups, int index) {
        int run = addRun(block, groups, index);
        if (run > 0) {
            return run;
        }
        Slot slot = slots[index];
        int n = block.count;
        long[] mask = slot.mask() < 0 ? null : block.mask(slot.mask());
        int offset = slot.offset();
        switch (slot.op()) {
            case COUNT -> {
                assert mask != null : "else it is part of a run";
                LongStateKernels.countMasked(mask, groups, n, states, stride, offset);
            }
            case SUM -> addSum(block, groups, index, mask);
            case WIDE_SUM -> addWide(block, groups, slot, mask);
            case SQUARES ->
                    LongStateKernels.squares(
                            values(block, slot, mask, 0), groups, n, states, stride, offset);
            case MIN ->
                    LongStateKernels.min(
                            ordered(block, slot, mask), groups, n, states, stride, offset);
            case MAX ->
                    LongStateKernels.max(
                            ordered(block, slot, mask), groups, n, states, stride, offset);
            case AND ->
                    LongStateKernels.and(
                            values(block, slot, mask, -1), groups, n, states, stride, offset);
            case OR ->
                    LongStateKernels.or(
                            values(block, slot, mask, 0), groups, n, states, stride, offset);
            case XOR ->
                    LongStateKernels.xor(
                            values(block, slot, mask, 0), groups, n, states, stride, offset);
        }
        return 1;
    }

    private static long[] values(RowBlock block, Slot slot, long @Nullable [] mask, long neutral) {
        long[] values = block.inputs[slot.input()].longs;
        return mask == null ? values : block.masked(values, mask, neutral);
    }

    private static long[] ordered(RowBlock block, Slot slot, long @Nullable [] mask) {
        long[] values = block.ordered(slot.input());
        return mask == null ? values : block.masked(values, mask, slot.op().neutral);
    }

    private void addSum(RowBlock block, int[] groups, int index, long @Nullable [] mask) {
        Slot slot = slots[index];
        if (!block.inputs[slot.input()].isOneWord()) {
            return;
        }
        long[] values = values(block, slot, mask, 0);
        if (staysNarrow(block, index)) {
            LongStateKernels.sumNarrow(values, groups, block.count, states, stride, slot.offset());
        } else {
            LongStateKernels.sum(values, groups, block.count, states, stride, slot.offset());
        }
    }

    /// Adds to counts and narrow sums of all rows that stand side by side from `index` on, in one loop: while groups are few, a loop waits for the memory
    /// of its states, and waits no longer for several. Returns how many there were.
    private int addRun(RowBlock block, int[] groups, int index) {
        assert block.count <= ONES.length;
        int count = 0;
        while (count < LONGEST_RUN && index + count < slots.length) {
            long[] values = plain(block, index + count);
            if (values == null) {
                break;
            }
            runValues[count] = values;
            runOffsets[count] = slots[index + count].offset();
            count++;
        }
        if (count == 1 && slots[index].op() == Op.COUNT) {
            LongStateKernels.count(groups, block.count, states, stride, runOffsets[0]);
        } else if (count > 0) {
            addRun(runValues, runOffsets, count, groups, block.count);
        }
        return count;
    }

    /// What is added to the slot where every row counts and no carry can come; else null.
    private long @Nullable [] plain(RowBlock block, int index) {
        Slot slot = slots[index];
        if (slot.mask() >= 0 && block.mask(slot.mask()) != null) {
            return null;
        }
        if (slot.op() == Op.COUNT) {
            return ONES;
        }
        boolean isPlain =
                slot.op() == Op.SUM
                        && block.inputs[slot.input()].isOneWord()
                        && staysNarrow(block, index);
        return isPlain ? block.inputs[slot.input()].longs : null;
    }

    private void addRun(long[][] in, int[] to, int size, int[] groups, int n) {
        switch (size) {
            case 1 -> LongStateKernels.sumNarrow(in[0], groups, n, states, stride, to[0]);
            case 2 ->
                    LongStateKernels.sumNarrow2(
                            in[0], in[1], groups, n, states, stride, to[0], to[1]);
            case 3 ->
                    LongStateKernels.sumNarrow3(
                            in[0], in[1], in[2], groups, n, states, stride, to[0], to[1], to[2]);
            case 4 ->
                    LongStateKernels.sumNarrow4(
                            in[0], in[1], in[2], in[3], groups, n, states, stride, to[0], to[1],
                            to[2], to[3]);
            case 5 ->
                    LongStateKernels.sumNarrow5(
                            in[0], in[1], in[2], in[3], in[4], groups, n, states, stride, to[0],
                            to[1], to[2], to[3], to[4]);
            default ->
                    LongStateKernels.sumNarrow6(
                            in[0], in[1], in[2], in[3], in[4], in[5], groups, n, states, stride,
                            to[0], to[1], to[2], to[3], to[4], to[5]);
        }
    }

    /// Whether the low words surely still fit after this block; counts the block if so.
    private boolean staysNarrow(RowBlock block, int index) {
        int bits = block.inputs[slots[index].input()].magnitudeBits;
        long bound = lowBound[index];
        if (bits > 48 || bound > NARROW_LIMIT) {
            lowBound[index] = NEVER_NARROW;
            return false;
        }
        bound += (long) block.count << bits;
        lowBound[index] = bound > NARROW_LIMIT ? NEVER_NARROW : bound;
        return bound <= NARROW_LIMIT;
    }

    private void addWide(RowBlock block, int[] groups, Slot slot, long @Nullable [] mask) {
        FlatColumn column = block.inputs[slot.input()];
        if (column.isOneWord()) {
            return;
        }
        for (int i = 0; i < block.count; i++) {
            if (mask == null || (mask[i >> 6] >>> i & 1) != 0) {
                LongStateKernels.addWide(
                        states,
                        groups[i] * stride + slot.offset(),
                        column.high(i),
                        column.longs[i]);
            }
        }
    }

    /// As [#addSlots], for rows that all belong to group 0.
    private int addToOne(RowBlock block, int index) {
        Slot slot = slots[index];
        int n = block.count;
        long[] mask = slot.mask() < 0 ? null : block.mask(slot.mask());
        int at = slot.offset();
        switch (slot.op()) {
            case COUNT -> states[at] += mask == null ? n : Validity.count(mask, n);
            case SUM -> {
                if (!block.inputs[slot.input()].isOneWord()) {
                    return 1;
                }
                long[] values = values(block, slot, mask, 0);
                if (block.inputs[slot.input()].magnitudeBits <= 48) {
                    long sum = LongStateKernels.sum(values, n);
                    LongStateKernels.add(states, at, sum >> 63, sum);
                } else {
                    LongStateKernels.sumInto(values, n, states, at);
                }
                lowBound[index] = NEVER_NARROW;
            }
            case WIDE_SUM -> addWide(block, new int[n], slot, mask);
            case SQUARES ->
                    LongStateKernels.squares(
                            values(block, slot, mask, 0), new int[n], n, states, stride, at);
            case MIN ->
                    states[at] =
                            Math.min(
                                    states[at],
                                    LongStateKernels.min(ordered(block, slot, mask), n));
            case MAX ->
                    states[at] =
                            Math.max(
                                    states[at],
                                    LongStateKernels.max(ordered(block, slot, mask), n));
            case AND -> states[at] &= LongStateKernels.and(values(block, slot, mask, -1), n);
            case OR -> states[at] |= LongStateKernels.or(values(block, slot, mask, 0), n);
            case XOR -> states[at] ^= LongStateKernels.xor(values(block, slot, mask, 0), n);
        }
        return 1;
    }

    @Override
    public void merge(Accumulator other, int[] from, int[] to, int count) {
        LongStates source = (LongStates) other;
        for (int s = 0; s < slots.length; s++) {
            lowBound[s] = NEVER_NARROW;
            Slot slot = slots[s];
            for (int i = 0; i < count; i++) {
                merge(
                        slot.op(),
                        source.states,
                        from[i] * stride + slot.offset(),
                        to[i] * stride + slot.offset());
            }
        }
    }

    private void merge(Op op, long[] other, int from, int to) {
        switch (op) {
            case COUNT -> states[to] += other[from];
            case SUM -> {
                // (high, signed low) as a plain 128-bit number.
                long low = other[from];
                LongStateKernels.add(states, to, other[from + 1] + (low >> 63), low);
            }
            case WIDE_SUM, SQUARES -> LongStateKernels.addTriple(states, to, other, from);
            case MIN -> states[to] = Math.min(states[to], other[from]);
            case MAX -> states[to] = Math.max(states[to], other[from]);
            case AND -> states[to] &= other[from];
            case OR -> states[to] |= other[from];
            case XOR -> states[to] ^= other[from];
        }
    }

    /// Makes that the group's state.
    void set(int group, long[] state) {
        System.arraycopy(state, 0, states, group * stride, stride);
    }

    /// One long of a group's state.
    long get(int group, int offset) {
        return states[group * stride + offset];
    }

    /// High word of a SUM as a plain 128-bit number; its low word is [#get].
    long sumHigh(int group, int offset) {
        int at = group * stride + offset;
        return states[at + 1] + (states[at] >> 63);
    }

    @Override
    public Vector result(int first, int count) {
        throw new AssertionError("has the states of several calls");
    }
}
