package io.basaltdb.storage.segment;

import io.basaltdb.storage.encoding.BytesBlock;
import io.basaltdb.storage.encoding.BytesTable;
import io.basaltdb.storage.type.Physical;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.Dictionary;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The granule that is being filled: values of one column, flat, from vectors of any form and size. For one thread.
///
/// Only the arrays of the column's physical form are used. A lane that is NULL repeats its neighbour, so that it costs the encodings
/// nothing; a string that is NULL is empty.
final class GranuleBuffer {
    final Type type;
    final int capacity;
    final long[] validity = new long[Validity.words(Batch.MAX_ROWS)];

    /// LONG; low halves of WIDE.
    final long[] longs;

    /// High halves of WIDE.
    final long[] high;

    final double[] doubles;
    final long[] bits;
    final BytesBlock bytes;

    /// Codes into [#table], while there is one; for BYTES they stand in place of the strings.
    final int[] codes;

    /// Bytes of the strings appended since [#clear].
    long stringBytes;

    int count;
    int nullCount;

    private static final long[] NO_LONGS = {};
    private static final double[] NO_DOUBLES = {};
    private static final int[] NO_INTS = {};

    /// The lanes that are being copied; where they are consecutive numbers are copied from `firstLane` on instead.
    private final int[] lanes = new int[Batch.MAX_ROWS];

    private int firstLane;
    private boolean consecutive;

    /// Distinct strings of the column so far; null where strings are kept as they are.
    private @Nullable BytesTable table;

    /// Dictionaries seen before, and the codes that their entries have here, -1 where one was not met yet.
    private @Nullable Dictionary[] knownDictionaries = new @Nullable Dictionary[1];

    private int[][] knownCodes = new int[1][];

    /// Where the one seen last stands, and where the next new one comes.
    private int lastKnown;

    private int nextKnown;

    GranuleBuffer(Type type, int capacity) {
        this.type = type;
        this.capacity = capacity;
        int rows = Batch.MAX_ROWS;
        Physical physical = type.physical();
        boolean wide = physical == Physical.WIDE;
        longs = wide || physical == Physical.LONG ? new long[rows] : NO_LONGS;
        high = wide ? new long[rows] : NO_LONGS;
        doubles = physical == Physical.DOUBLE ? new double[rows] : NO_DOUBLES;
        bits = physical == Physical.BITS ? new long[Validity.words(rows)] : NO_LONGS;
        bytes = new BytesBlock();
        codes = physical == Physical.BYTES ? new int[rows] : NO_INTS;
    }

    /// Turns strings into codes of that table from now on; null: keeps them as they are.
    void useTable(@Nullable BytesTable newTable) {
        assert count == 0 && type.physical() == Physical.BYTES;
        table = newTable;
        expectDictionaries(knownDictionaries.length);
    }

    /// Remembers so many dictionaries from now on.
    void expectDictionaries(int dictionaries) {
        knownDictionaries = new @Nullable Dictionary[dictionaries];
        knownCodes = new int[dictionaries][];
        lastKnown = 0;
        nextKnown = 0;
    }

    boolean isFull() {
        return count == capacity;
    }

    void clear() {
        count = 0;
        nullCount = 0;
        stringBytes = 0;
        bytes.clear();
        Arrays.fill(bits, 0);
    }

    /// Copies rows `from` … of the vector (of the selection, where there is one) until they end or the granule is full; returns the number
    /// of rows copied.
    int append(Vector values, @Nullable Selection rows, int from) {
        int available = (rows == null ? values.size() : rows.count()) - from;
        int taken = Math.min(available, capacity - count);
        firstLane = from;
        consecutive = rows == null;
        if (rows != null) {
            System.arraycopy(rows.rows(), from, lanes, 0, taken);
        } else if (values.validity() != null || !isNumbers(values)) {
            for (int i = 0; i < taken; i++) {
                lanes[i] = from + i;
            }
        }
        gatherValidity(values.validity(), taken);
        gather(values, taken);
        count += taken;
        return taken;
    }

    /// Vectors whose lanes are copied as they stand, where all are taken.
    private static boolean isNumbers(Vector values) {
        return values instanceof LongVector || values instanceof DoubleVector;
    }

    private void gatherValidity(long @Nullable [] source, int taken) {
        if (source == null) {
            setAllValid(taken);
            return;
        }
        for (int i = 0; i < taken; i++) {
            if (Validity.isValid(source, lanes[i])) {
                Validity.setValid(validity, count + i);
            } else {
                Validity.setNull(validity, count + i);
                nullCount++;
            }
        }
    }

    /// Sets the bits of the rows from `count` to `count + taken - 1`.
    private void setAllValid(int taken) {
        int row = count;
        int end = count + taken;
        while (row < end && (row & 63) != 0) {
            Validity.setValid(validity, row++);
        }
        for (; row + 64 <= end; row += 64) {
            validity[row >> 6] = -1L;
        }
        for (; row < end; row++) {
            Validity.setValid(validity, row);
        }
    }

    private void gather(Vector values, int taken) {
        switch (values) {
            case DictionaryVector dictionary -> {
                BytesTable codeTable = table;
                if (codeTable != null) {
                    gatherCodes(dictionary, codeTable, taken);
                    return;
                }
                for (int i = 0; i < taken; i++) {
                    lanes[i] = dictionary.codes()[lanes[i]];
                }
                consecutive = false;
                gather(dictionary.dictionary().values(), taken);
            }
            case ConstantVector constant -> fill(constant.value(), taken);
            case LongVector vector -> gatherLongs(vector.values(), taken);
            case DoubleVector vector -> gatherDoubles(vector.values(), taken);
            case WideVector vector -> gatherWides(vector.high(), vector.low(), taken);
            case BitVector vector -> gatherBits(vector.words(), taken);
            case BytesVector vector -> gatherBytes(vector, taken);
        }
    }

    private void gatherLongs(long[] source, int taken) {
        if (consecutive) {
            System.arraycopy(source, firstLane, longs, count, taken);
        } else {
            for (int i = 0; i < taken; i++) {
                longs[count + i] = source[lanes[i]];
            }
        }
        if (high.length > 0) {
            for (int i = 0; i < taken; i++) {
                high[count + i] = longs[count + i] >> 63;
            }
        }
    }

    private void gatherDoubles(double[] source, int taken) {
        if (consecutive) {
            System.arraycopy(source, firstLane, doubles, count, taken);
        } else {
            for (int i = 0; i < taken; i++) {
                doubles[count + i] = source[lanes[i]];
            }
        }
    }

    private void gatherWides(long[] sourceHigh, long[] sourceLow, int taken) {
        for (int i = 0; i < taken; i++) {
            high[count + i] = sourceHigh[lanes[i]];
            longs[count + i] = sourceLow[lanes[i]];
        }
    }

    private void gatherBits(long[] words, int taken) {
        for (int i = 0; i < taken; i++) {
            int lane = lanes[i];
            setBit(count + i, (words[lane >> 6] >>> lane & 1) != 0);
        }
    }

    private void setBit(int row, boolean value) {
        if (value) {
            Validity.setValid(bits, row);
        } else {
            Validity.setNull(bits, row);
        }
    }

    /// The codes here of that dictionary's entries, as far as they are known.
    private int[] knownCodes(Dictionary dictionary) {
        if (knownDictionaries[lastKnown] == dictionary) {
            return knownCodes[lastKnown];
        }
        for (int i = 0; i < knownDictionaries.length; i++) {
            if (knownDictionaries[i] == dictionary) {
                lastKnown = i;
                return knownCodes[i];
            }
        }
        int[] codes = new int[dictionary.size()];
        Arrays.fill(codes, -1);
        lastKnown = nextKnown;
        knownDictionaries[lastKnown] = dictionary;
        knownCodes[lastKnown] = codes;
        nextKnown = (nextKnown + 1) % knownDictionaries.length;
        return codes;
    }

    /// Looks every entry of the dictionary up once, however often it occurs.
    private void gatherCodes(DictionaryVector vector, BytesTable codeTable, int taken) {
        Dictionary dictionary = vector.dictionary();
        int[] known = knownCodes(dictionary);
        BytesVector entries = (BytesVector) dictionary.values();
        for (int i = 0; i < taken; i++) {
            int row = count + i;
            if (!Validity.isValid(validity, row)) {
                codes[row] = 0;
                continue;
            }
            int entry = vector.codes()[lanes[i]];
            int code = known[entry];
            if (code < 0) {
                code =
                        codeTable.add(
                                entries.heap(), entries.start()[entry], entries.length()[entry]);
                known[entry] = code;
            }
            codes[row] = code;
            stringBytes += entries.length()[entry];
        }
    }

    /// A string that equals the one before it is not looked up: in sorted rows many do.
    private void gatherCodes(BytesVector vector, BytesTable codeTable, int taken) {
        byte[] heap = vector.heap();
        int code = -1;
        int codeStart = 0;
        int codeLength = -1;
        for (int i = 0; i < taken; i++) {
            int row = count + i;
            int lane = lanes[i];
            if (!Validity.isValid(validity, row)) {
                codes[row] = 0;
                continue;
            }
            int start = vector.start()[lane];
            int length = vector.length()[lane];
            if (length != codeLength || !BytesTable.equal(heap, codeStart, heap, start, length)) {
                code = codeTable.add(heap, start, length);
                codeStart = start;
                codeLength = length;
            }
            codes[row] = code;
            stringBytes += length;
        }
    }

    private void gatherBytes(BytesVector vector, int taken) {
        BytesTable codeTable = table;
        if (codeTable != null) {
            gatherCodes(vector, codeTable, taken);
            return;
        }
        if (consecutive && vector.validity() == null) {
            int end = bytes.heapSize;
            if (bytes.addAll(
                    count, vector.heap(), vector.start(), vector.length(), firstLane, taken)) {
                stringBytes += bytes.heapSize - end;
                return;
            }
        }
        for (int i = 0; i < taken; i++) {
            int row = count + i;
            int lane = lanes[i];
            int length = Validity.isValid(validity, row) ? vector.length()[lane] : 0;
            bytes.add(row, vector.heap(), vector.start()[lane], length);
            stringBytes += length;
        }
    }

    private void fill(Value value, int taken) {
        switch (value) {
            case Value.Null _ -> fillNull(taken);
            case Value.Bool(boolean bit) -> {
                for (int i = 0; i < taken; i++) {
                    setBit(count + i, bit);
                }
            }
            case Value.Whole(long whole) -> {
                Arrays.fill(longs, count, count + taken, whole);
                if (high.length > 0) {
                    Arrays.fill(high, count, count + taken, whole >> 63);
                }
            }
            case Value.Wide(long highHalf, long lowHalf) -> {
                Arrays.fill(high, count, count + taken, highHalf);
                Arrays.fill(longs, count, count + taken, lowHalf);
            }
            case Value.Floating(double number) ->
                    Arrays.fill(doubles, count, count + taken, number);
            case Value.Bytes(byte[] text) -> fillBytes(text, taken);
        }
    }

    private void fillBytes(byte[] text, int taken) {
        BytesTable codeTable = table;
        if (codeTable != null) {
            int code = codeTable.add(text, 0, text.length);
            Arrays.fill(codes, count, count + taken, code);
        } else {
            for (int i = 0; i < taken; i++) {
                bytes.add(count + i, text, 0, text.length);
            }
        }
        stringBytes += (long) taken * text.length;
    }

    private void fillNull(int taken) {
        if (table != null) {
            Arrays.fill(codes, count, count + taken, 0);
        } else if (type.physical() == Physical.BYTES) {
            for (int i = 0; i < taken; i++) {
                bytes.add(count + i, bytes.heap, 0, 0);
            }
        }
    }

    /// Gives every NULL lane the value of the lane before it, and those in front the first value.
    void fillNulls() {
        if (nullCount == 0 || nullCount == count) {
            return;
        }
        int last = 0;
        while (!Validity.isValid(validity, last)) {
            last++;
        }
        for (int i = 0; i < count; i++) {
            if (Validity.isValid(validity, i)) {
                last = i;
            } else {
                copyLane(last, i);
            }
        }
    }

    private void copyLane(int from, int to) {
        switch (type.physical()) {
            case LONG -> longs[to] = longs[from];
            case DOUBLE -> doubles[to] = doubles[from];
            case WIDE -> {
                longs[to] = longs[from];
                high[to] = high[from];
            }
            case BITS -> setBit(to, Validity.isValid(bits, from));
            case BYTES -> codes[to] = codes[from];
        }
    }
}
