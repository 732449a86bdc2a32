package io.basaltdb.storage.segment;

import io.basaltdb.storage.encoding.BitEncoding;
import io.basaltdb.storage.encoding.BlockCompression;
import io.basaltdb.storage.encoding.ByteSource;
import io.basaltdb.storage.encoding.BytesBlock;
import io.basaltdb.storage.encoding.BytesEncoding;
import io.basaltdb.storage.encoding.DoubleEncoding;
import io.basaltdb.storage.encoding.EncodingScratch;
import io.basaltdb.storage.encoding.LongEncoding;
import io.basaltdb.storage.type.Physical;
import io.basaltdb.storage.type.Ranges;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decodes granules of one segment for one thread, into arrays that it uses again: what it hands out is lent until the next [#seek].
///
/// Nothing is fetched before it is needed: where the zone map answers, no byte of the granule is read.
public final class SegmentCursor {
    private static final BytesBlock NO_BYTES = new BytesBlock();
    private static final int[] EVERY_ROW = new int[Batch.MAX_ROWS];
    private static final long[] NO_LONGS = {};

    /// Where fewer than one row in so many is wanted, only these are decoded.
    private static final int ROWS_PER_WANTED = 64;

    /// Intervals whose bounds are searched without reading the whole dictionary.
    private static final int FEW_BOUNDS = 4;

    private static final double[] NO_DOUBLES = {};

    static {
        for (int i = 0; i < EVERY_ROW.length; i++) {
            EVERY_ROW[i] = i;
        }
    }

    private final SegmentReader segment;
    private final Type type;
    private final Physical physical;
    private final CursorScratch shared;
    private final EncodingScratch scratch;
    private final ByteSource source = new ByteSource();
    private final long[] validity = new long[Validity.words(Batch.MAX_ROWS)];
    private final long[] longs;
    private final long[] high;
    private final double[] doubles;
    private final long[] bits;
    private final BytesBlock bytes;
    private final long[] flags;
    private final List<int[]> rowArrays = new ArrayList<>();
    private int lentRows;
    private byte[] block = new byte[1 << 12];
    private byte[] plain = new byte[0];
    private long bytesRead;

    private int granule = -1;
    private int rows;

    /// Whether the block of the granule stands in `block` or `plain`, `source` at its values.
    private boolean fetched;

    private boolean hasNulls;
    private int valuesPosition;
    private boolean narrow;
    private boolean decoded;
    private @Nullable Ranges compiledRanges;
    private @Nullable RangeFilter compiled;
    private RangeFilter.@Nullable OfBytes compiledBytes;

    /// Where the granules hold codes: their dictionary, a reader of its blocks, and the codes of the granule.
    private final @Nullable SegmentDictionary dictionary;

    private SegmentDictionary.@Nullable Block dictionaryBlock;

    private final int[] codes;

    SegmentCursor(SegmentReader segment, CursorScratch shared) {
        this.segment = segment;
        this.shared = shared;
        this.scratch = shared.encoding;
        this.flags = shared.flags;
        this.type = segment.type();
        this.physical = type.physical();
        boolean wide = physical == Physical.WIDE;
        int max = Batch.MAX_ROWS;
        dictionary = segment.dictionary();
        boolean coded = dictionary != null;
        codes = new int[coded ? max : 0];
        bytes = physical == Physical.BYTES ? new BytesBlock() : NO_BYTES;
        longs = coded || wide || physical == Physical.LONG ? new long[max] : NO_LONGS;
        high = wide ? new long[max] : NO_LONGS;
        doubles = physical == Physical.DOUBLE ? new double[max] : NO_DOUBLES;
        bits = physical == Physical.BITS ? new long[Validity.words(max)] : NO_LONGS;
    }

    public void seek(int newGranule) {
        assert newGranule >= 0 && newGranule < segment.granuleCount();
        granule = newGranule;
        rows = segment.rowCount(newGranule);
        fetched = false;
        decoded = false;
        lentRows = 0;
    }

    /// Encoded bytes fetched so far, those of a dictionary that was read as a whole left out.
    public long bytesRead() {
        return bytesRead + (dictionaryBlock == null ? 0 : dictionaryBlock.bytesRead());
    }

    /// The rows among `among` (null: all) whose value is allowed.
    public Selection select(Ranges ranges, @Nullable Selection among) {
        ZoneMap zone = segment.index().zones().get(granule);
        if (!zone.mayMatch(ranges)) {
            return new Selection(EVERY_ROW, 0);
        }
        if (zone.allMatch(ranges)) {
            return among == null ? new Selection(EVERY_ROW, rows) : among;
        }
        try {
            compile(ranges);
            if (dictionary != null && filterIsEmpty() && !ranges.includesNull()) {
                return new Selection(EVERY_ROW, 0); // no string of the part is allowed
            }
            fetch();
            if (among == null && !decoded && !hasNulls) {
                Selection byRuns = selectRuns();
                if (byRuns != null) {
                    return byRuns;
                }
            }
            makeFlags(ranges, zone, among);
        } catch (RuntimeException e) {
            throw segment.located(granule, e);
        }
        if (hasNulls) {
            mergeNulls(flags, validity, rows, ranges.includesNull() ? 1 : 0);
        }
        int[] chosen = freshRows();
        int count =
                among == null
                        ? compact(flags, rows, chosen)
                        : compact(flags, among.rows(), among.count(), chosen);
        return new Selection(chosen, count);
    }

    /// Looks at each run of equal values once; null where the values do not lie in runs.
    private @Nullable Selection selectRuns() {
        RangeFilter filter = compiled;
        if (filter == null || (physical != Physical.LONG && dictionary == null)) {
            return null;
        }
        long[] ends = shared.keys();
        int end = source.position() + source.remaining();
        int runs = LongEncoding.readRuns(source, rows, scratch, longs, ends);
        if (runs == 0) {
            return null;
        }
        source.expectEnd();
        source.reset(source.array(), valuesPosition, end - valuesPosition);
        if (dictionary == null) {
            long min = segment.index().zones().min(granule);
            long max = segment.index().zones().max(granule);
            filter.flags(longs, runs, min, max, flags);
        } else {
            checkCodes(longs, runs, dictionary.size());
            filter.flags(longs, runs, 0, dictionary.size() - 1L, flags);
        }
        int[] chosen = freshRows();
        return new Selection(chosen, spread(flags, ends, runs, chosen));
    }

    /// The rows of the runs whose flag is set.
    private static int spread(long[] flags, long[] ends, int runs, int[] out) {
        int size = 0;
        int from = 0;
        for (int run = 0; run < runs; run++) {
            int to = (int) ends[run];
            if (flags[run] != 0) {
                for (int row = from; row < to; row++) {
                    out[size++] = row;
                }
            }
            from = to;
        }
        return size;
    }

    @SuppressWarnings("ReferenceEquality") // the caller hands in the same object for each granule
    private void compile(Ranges ranges) {
        if (ranges == compiledRanges) {
            return;
        }
        compiledRanges = ranges;
        switch (physical) {
            case LONG, DOUBLE, BITS -> compiled = RangeFilter.of(physical, ranges);
            case WIDE -> compiled = RangeFilter.of(Physical.LONG, ranges);
            case BYTES -> {
                if (dictionary == null) {
                    compiledBytes = new RangeFilter.OfBytes(ranges);
                } else {
                    compiled = compileCodes(ranges, dictionary);
                }
            }
        }
    }

    private boolean filterIsEmpty() {
        RangeFilter filter = compiled;
        return filter != null && filter.isEmpty();
    }

    /// A few bounds are looked up in the blocks that they may stand in; for many the whole dictionary is read.
    private RangeFilter compileCodes(Ranges ranges, SegmentDictionary strings) {
        Dictionary known = strings.known();
        if (known == null && (strings.isSmall() || ranges.intervals().size() > FEW_BOUNDS)) {
            known = strings.whole();
        }
        return known != null
                ? CodeRanges.of(ranges, known)
                : CodeRanges.of(ranges, strings, block());
    }

    private SegmentDictionary.Block block() {
        SegmentDictionary.Block reader = dictionaryBlock;
        if (reader == null) {
            SegmentDictionary strings = dictionary;
            assert strings != null;
            reader = strings.new Block(scratch);
            dictionaryBlock = reader;
        }
        return reader;
    }

    private void makeFlags(Ranges ranges, ZoneMap zone, @Nullable Selection among) {
        fetch();
        if (zone.min() == null) {
            return; // every row is NULL
        }
        RangeFilter filter = compiled;
        RangeFilter.OfBytes bytesFilter = compiledBytes;
        switch (physical) {
            case LONG -> {
                decode(null);
                long min = segment.index().zones().min(granule);
                long max = segment.index().zones().max(granule);
                assert filter != null;
                filter.flags(longs, rows, min, max, flags);
            }
            case DOUBLE -> {
                decode(null);
                assert filter != null;
                doubleFlags(filter, zone);
            }
            case WIDE -> {
                decode(null);
                assert filter != null;
                if (narrow) {
                    filter.flags(longs, rows, Long.MIN_VALUE, Long.MAX_VALUE, flags);
                } else {
                    RangeFilter.wideFlags(ranges, high, longs, rows, flags);
                }
            }
            case BITS -> {
                decode(null);
                assert filter != null;
                bitFlags(
                        bits,
                        rows,
                        filter.containsKey(0) ? 1 : 0,
                        filter.containsKey(1) ? 1 : 0,
                        flags);
            }
            case BYTES -> {
                if (dictionary != null) {
                    decode(null);
                    assert filter != null;
                    filter.flags(longs, rows, 0, dictionary.size() - 1L, flags);
                    return;
                }
                decode(among);
                assert bytesFilter != null;
                bytesFilter.flags(
                        bytes,
                        among == null ? EVERY_ROW : among.rows(),
                        among == null ? rows : among.count(),
                        flags);
            }
        }
    }

    private void doubleFlags(RangeFilter filter, ZoneMap zone) {
        long[] keyOfRow = shared.keys();
        for (int i = 0; i < rows; i++) {
            keyOfRow[i] = RangeFilter.key(doubles[i]);
        }
        filter.flags(keyOfRow, rows, keyOf(zone.min()), keyOf(zone.max()), flags);
    }

    private static long keyOf(@Nullable Value bound) {
        assert bound != null;
        return RangeFilter.key(((Value.Floating) bound).value());
    }

    private static void bitFlags(long[] words, int count, long ofFalse, long ofTrue, long[] out) {
        for (int i = 0; i < count; i++) {
            long bit = words[i >> 6] >>> i & 1;
            out[i] = (ofTrue & bit) | (ofFalse & (bit ^ 1));
        }
    }

    private static void mergeNulls(long[] flags, long[] validity, int count, long ofNull) {
        for (int i = 0; i < count; i++) {
            long valid = validity[i >> 6] >>> i & 1;
            flags[i] = (flags[i] & valid) | (ofNull & (valid ^ 1));
        }
    }

    /// The rows whose flag is set.
    private static int compact(long[] flags, int count, int[] out) {
        int size = 0;
        for (int i = 0; i < count; i++) {
            out[size] = i;
            size += (int) flags[i];
        }
        return size;
    }

    /// The candidates whose flag is set.
    private static int compact(long[] flags, int[] candidates, int count, int[] out) {
        int size = 0;
        for (int i = 0; i < count; i++) {
            int row = candidates[i];
            out[size] = row;
            size += (int) flags[row];
        }
        return size;
    }

    /// An array for a result, not used since the last [#seek].
    private int[] freshRows() {
        if (lentRows == rowArrays.size()) {
            rowArrays.add(new int[Batch.MAX_ROWS]);
        }
        return rowArrays.get(lentRows++);
    }

    /// The values, a lane per row; lanes that `wanted` leaves out may hold anything (null: all are wanted).
    public Vector read(@Nullable Selection wanted) {
        ZoneMaps zones = segment.index().zones();
        if (zones.isAllNull(granule)) {
            return new ConstantVector(type, rows, Value.NULL);
        }
        if (zones.isConstant(granule)) {
            Value value = zones.get(granule).min();
            assert value != null;
            return new ConstantVector(type, rows, value);
        }
        return readEncoded(wanted);
    }

    /// The values as their bytes say, even where the zone map would answer.
    Vector readStored() {
        if (segment.index().zones().nullCount(granule) < rows) {
            return readEncoded(null);
        }
        try {
            fetch();
            source.expectEnd();
        } catch (RuntimeException e) {
            throw segment.located(granule, e);
        }
        return new ConstantVector(type, rows, Value.NULL);
    }

    private Vector readEncoded(@Nullable Selection wanted) {
        try {
            fetch();
            decode(wanted);
            if (dictionary != null) {
                return codedVector(dictionary, wanted);
            }
        } catch (RuntimeException e) {
            throw segment.located(granule, e);
        }
        return vector();
    }

    private Vector codedVector(SegmentDictionary strings, @Nullable Selection wanted) {
        long[] valid = hasNulls ? validity : null;
        Dictionary known = strings.known();
        if (known == null && (wanted == null || readsWhole(strings, wanted))) {
            known = strings.whole();
        }
        if (known != null) {
            return new DictionaryVector(rows, codes, known, valid);
        }
        assert wanted != null;
        readStrings(wanted);
        return new BytesVector(type, rows, bytes.heap, bytes.start, bytes.length, valid);
    }

    /// Reading block by block stops to pay when a fourth of the blocks would have been read, counting those that were.
    private boolean readsWhole(SegmentDictionary strings, Selection wanted) {
        return strings.isSmall()
                || block().blocksRead() + wanted.count() > strings.marks().blockCount() / 4;
    }

    /// Copies the wanted strings out of the blocks that hold them; the other lanes are empty.
    private void readStrings(Selection wanted) {
        SegmentDictionary.Block reader = block();
        Arrays.fill(bytes.start, 0, rows, 0);
        Arrays.fill(bytes.length, 0, rows, 0);
        bytes.clear();
        for (int i = 0; i < wanted.count(); i++) {
            int row = wanted.rows()[i];
            if (!hasNulls || Validity.isValid(validity, row)) {
                int at = reader.find(codes[row]);
                BytesBlock strings = reader.strings;
                bytes.add(row, strings.heap, strings.start[at], strings.length[at]);
            }
        }
    }

    private Vector vector() {
        long[] valid = hasNulls ? validity : null;
        return switch (physical) {
            case LONG -> new LongVector(type, rows, longs, valid, magnitudeBits());
            case DOUBLE -> new DoubleVector(type, rows, doubles, valid);
            case BITS -> new BitVector(type, rows, bits, valid);
            case BYTES -> new BytesVector(type, rows, bytes.heap, bytes.start, bytes.length, valid);
            case WIDE ->
                    narrow
                            ? new LongVector(type, rows, longs, valid)
                            : new WideVector(type, rows, high, longs, valid);
        };
    }

    private int magnitudeBits() {
        long min = segment.index().zones().min(granule);
        long max = segment.index().zones().max(granule);
        return Long.SIZE - Long.numberOfLeadingZeros((min ^ (min >> 63)) | (max ^ (max >> 63)));
    }

    private void fetch() {
        if (fetched) {
            return;
        }
        int length = segment.index().length(granule);
        if (block.length < length) {
            block = new byte[Math.max(length, block.length * 2)];
        }
        segment.fetch(granule, block);
        bytesRead += length;
        source.reset(block, 0, length);
        int form = source.getByte();
        if (form == GranuleBlock.COMPRESSED) {
            decompress();
        } else if (form != GranuleBlock.PLAIN) {
            throw ByteSource.malformed("unknown form " + form + " of a block");
        }
        readNulls();
        valuesPosition = source.position();
        fetched = true;
    }

    /// No compressed byte stands for more than 255.
    private void decompress() {
        int length = source.getInt();
        int packed = source.remaining();
        if (length < 0 || length / 256 > packed) {
            throw ByteSource.malformed("a plain length of " + length + " bytes");
        }
        if (plain.length < length) {
            plain = new byte[Math.max(length, plain.length * 2)];
        }
        BlockCompression.decompress(block, source.position(), packed, plain, 0, length);
        source.reset(plain, 0, length);
    }

    private void readNulls() {
        int nullCount = segment.index().zones().nullCount(granule);
        int nulls = source.getByte();
        hasNulls = nulls != GranuleBlock.NO_NULLS;
        int found =
                switch (nulls) {
                    case GranuleBlock.NO_NULLS -> 0;
                    case GranuleBlock.ALL_NULL -> {
                        Arrays.fill(validity, 0);
                        yield rows;
                    }
                    case GranuleBlock.SOME_NULLS -> {
                        BitEncoding.read(source, rows, scratch, validity);
                        yield rows - Validity.count(validity, rows);
                    }
                    default -> throw ByteSource.malformed("unknown form " + nulls + " of NULLs");
                };
        if (found != nullCount) {
            throw ByteSource.malformed(found + " NULLs, expected " + nullCount);
        }
    }

    private void decode(@Nullable Selection wanted) {
        if (decoded) {
            return;
        }
        int end = source.position() + source.remaining();
        byte[] array = source.array();
        boolean some = wanted != null && wanted.count() <= rows / ROWS_PER_WANTED;
        switch (physical) {
            case LONG -> decodeLongs(some ? wanted : null);
            case DOUBLE -> decodeDoubles(some ? wanted : null);
            case BITS -> BitEncoding.read(source, rows, scratch, bits);
            case BYTES -> {
                if (dictionary == null) {
                    BytesEncoding.read(source, rows, wanted, scratch, bytes);
                } else {
                    decodeLongs(some ? wanted : null);
                    narrowCodes(some ? wanted : null, dictionary.size());
                }
            }
            case WIDE -> readWide();
        }
        source.expectEnd();
        decoded =
                switch (physical) {
                    case LONG, DOUBLE -> !some;
                    case BYTES ->
                            dictionary != null ? !some : wanted == null || wanted.count() == rows;
                    case BITS, WIDE -> true;
                };
        source.reset(array, valuesPosition, end - valuesPosition);
    }

    private void decodeDoubles(@Nullable Selection some) {
        if (some == null) {
            DoubleEncoding.read(source, rows, scratch, doubles);
        } else {
            DoubleEncoding.readSome(source, rows, some.rows(), some.count(), scratch, doubles);
        }
    }

    private void decodeLongs(@Nullable Selection some) {
        if (some == null) {
            LongEncoding.read(source, rows, scratch, longs);
        } else {
            LongEncoding.readSome(source, rows, some.rows(), some.count(), scratch, longs);
        }
    }

    /// Lanes that are not decoded keep a code of an earlier granule, which is one of the same dictionary.
    private void narrowCodes(@Nullable Selection some, int size) {
        if (some == null) {
            narrow(longs, rows, size, codes);
            return;
        }
        for (int i = 0; i < some.count(); i++) {
            int row = some.rows()[i];
            long code = longs[row];
            if (code < 0 || code >= size) {
                throw ByteSource.malformed("a code outside the dictionary of " + size);
            }
            codes[row] = (int) code;
        }
    }

    private static void narrow(long[] values, int count, int size, int[] out) {
        checkCodes(values, count, size);
        for (int i = 0; i < count; i++) {
            out[i] = (int) values[i];
        }
    }

    private static void checkCodes(long[] values, int count, int size) {
        long wrong = 0;
        for (int i = 0; i < count; i++) {
            long code = values[i];
            wrong |= code | size - 1 - code;
        }
        if (wrong < 0) {
            throw ByteSource.malformed("a code outside the dictionary of " + size);
        }
    }

    private void readWide() {
        int form = source.getByte();
        if (form != GranuleBlock.NARROW && form != GranuleBlock.WIDE) {
            throw ByteSource.malformed("unknown form " + form + " of wide numbers");
        }
        narrow = form == GranuleBlock.NARROW;
        LongEncoding.read(source, rows, scratch, longs);
        if (!narrow) {
            LongEncoding.read(source, rows, scratch, high);
        }
    }
}
