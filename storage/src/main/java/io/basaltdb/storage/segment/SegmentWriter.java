package io.basaltdb.storage.segment;

import io.basaltdb.storage.encoding.ByteSink;
import io.basaltdb.storage.encoding.BytesTable;
import io.basaltdb.storage.encoding.EncodingChooser;
import io.basaltdb.storage.encoding.EncodingScratch;
import io.basaltdb.storage.encoding.LongProfile;
import io.basaltdb.storage.encoding.ValueHash;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.AppendWriter;
import io.basaltdb.storage.segment.SegmentName.Stretch;
import io.basaltdb.storage.type.Physical;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes one segment: cuts vectors into granules, encodes and checksums each, and ends with the index. For one thread.
public final class SegmentWriter {
    /// The longest string.
    public static final int MAX_VALUE_BYTES = 16 << 20;

    /// Blocks of numbers at the beginning that are compressed on trial, and then one in so many.
    private static final int COMPRESSION_TRIALS = 4;

    private static final int COMPRESSION_PERIOD = 32;

    private final AppendWriter file;
    private final SegmentName name;
    private final Type type;
    private final long mostRows;
    private final int rowsPerGranule;
    private final GranuleBuffer buffer;
    private final boolean keepsFirstValues;
    private final EncodingScratch scratch;
    private final ByteSink block;
    private final ByteSink spare;
    private final DistinctSketch sketch = new DistinctSketch();
    private final List<Value> firstValues = new ArrayList<>();
    private ZoneMaps zones;
    private int[] lengths;
    private int[] checksums;
    private final long startPosition;
    private long rowsTaken;
    private long decodedBytes;
    private int granule;
    private int flushed;
    private int compressed;

    /// Whether the strings that are written are in the sketch already.
    private boolean sketched;

    /// Granules whose strings are still only codes; null where it is decided that they get no dictionary of their own.
    private @Nullable CodedGranules coded;

    private @Nullable DictionaryMarks dictionary;

    /// @param expectedRows rows that the segment will have, as far as anybody knows
    /// @param mostRows rows that it may have
    /// @param keepsFirstValues whether [#firstValues] is asked for
    /// @param scratch may be that of other segments, as long as one thread writes them all
    public SegmentWriter(
            AppendWriter file,
            SegmentName name,
            Type type,
            long expectedRows,
            long mostRows,
            int rowsPerGranule,
            boolean keepsFirstValues,
            SegmentScratch scratch) {
        this.file = file;
        this.name = name;
        this.type = type;
        this.mostRows = mostRows;
        this.rowsPerGranule = rowsPerGranule;
        this.scratch = scratch.encoding;
        this.block = scratch.block;
        this.spare = scratch.spare;
        this.buffer = new GranuleBuffer(type, rowsPerGranule);
        this.keepsFirstValues = keepsFirstValues;
        int granules = (int) ((expectedRows + rowsPerGranule - 1) / rowsPerGranule);
        zones = new ZoneMaps(type.physical(), granules);
        lengths = new int[granules];
        checksums = new int[granules];
        startPosition = file.position();
        if (type.physical() == Physical.BYTES) {
            CodedGranules strings = new CodedGranules();
            buffer.useTable(strings.table());
            coded = strings;
        }
    }

    /// Says that values come as codes into so many dictionaries, by turns.
    public void expectDictionaries(int count) {
        buffer.expectDictionaries(count);
    }

    /// Copies the rows, all or the selected ones.
    public void append(Vector values, @Nullable Selection rows) {
        int count = rows == null ? values.size() : rows.count();
        if (count > mostRows - rowsTaken) {
            throw new BasaltException(
                    ErrorCode.INTERNAL,
                    name.column() + " got more rows than the " + mostRows + " of its part");
        }
        int from = 0;
        while (from < count) {
            from += buffer.append(values, rows, from);
            if (buffer.isFull()) {
                flush();
            }
        }
        rowsTaken += count;
    }

    /// Makes room for the marks of one more granule than are there.
    private void makeRoom() {
        if (flushed > lengths.length) {
            resize(Math.max(16, 2 * lengths.length));
        }
    }

    private void resize(int granules) {
        lengths = Arrays.copyOf(lengths, granules);
        checksums = Arrays.copyOf(checksums, granules);
        zones = new ZoneMaps(zones, granules);
    }

    /// Bytes of memory that the strings and codes take whose form is not decided yet, about.
    public long heldBytes() {
        CodedGranules strings = coded;
        return strings == null ? 0 : strings.heldBytes();
    }

    private void flush() {
        buffer.fillNulls();
        decodedBytes += decodedBytes();
        flushed++;
        makeRoom();
        CodedGranules strings = coded;
        if (strings == null) {
            flushValues();
            buffer.clear();
            return;
        }
        strings.add(buffer);
        buffer.clear();
        if (strings.isFull()
                || EncodingChooser.givesUpDictionary(strings.rows(), strings.table().size())) {
            giveUpDictionary(strings);
        }
    }

    /// Writes all granules so far with their strings, and goes on like that.
    private void giveUpDictionary(CodedGranules strings) {
        coded = null;
        BytesTable table = strings.table();
        sketchTable(table);
        sketched = true;
        for (int g = 0; g < strings.size(); g++) {
            strings.restore(g, buffer);
            for (int i = 0; i < buffer.count; i++) {
                int code = buffer.codes[i];
                boolean valid = Validity.isValid(buffer.validity, i);
                buffer.bytes.add(
                        i,
                        table.heap(),
                        valid ? table.start(code) : 0,
                        valid ? table.length(code) : 0);
            }
            flushValues();
        }
        sketched = false;
        buffer.clear();
        buffer.useTable(null);
    }

    /// Adds the distinct strings, whose hashes are known.
    private void sketchTable(BytesTable table) {
        for (int code = 0; code < table.size(); code++) {
            sketch.add(table.hash(code));
        }
    }

    /// Writes the sorted dictionary and all granules by their strings' places in it.
    private void writeDictionary(CodedGranules strings) {
        coded = null;
        BytesTable table = strings.table();
        int[] sorted = table.sortedCodes();
        int[] ranks = new int[sorted.length];
        for (int rank = 0; rank < sorted.length; rank++) {
            ranks[sorted[rank]] = rank;
        }
        sketchTable(table);
        dictionary = DictionaryWriter.write(file, name, table, sorted, scratch);
        for (int g = 0; g < strings.size(); g++) {
            strings.restore(g, buffer);
            buffer.fillNulls();
            zones.set(granule, GranuleBounds.ofCodes(buffer, table, sorted, ranks));
            if (keepsFirstValues) {
                boolean valid = Validity.isValid(buffer.validity, 0);
                Value first = valid ? GranuleBounds.value(table, buffer.codes[0]) : Value.NULL;
                firstValues.add(Bounds.lower(first, Bounds.ZONE_BYTES + 1));
            }
            block.clear();
            block.putByte(GranuleBlock.PLAIN);
            GranuleBlock.writeCodes(buffer, ranks, scratch, block);
            writeBlock();
        }
        buffer.clear();
    }

    private void flushValues() {
        LongProfile profile = profile();
        zones.set(granule, GranuleBounds.of(buffer, profile));
        if (keepsFirstValues) {
            firstValues.add(Bounds.lower(firstValue(), Bounds.ZONE_BYTES + 1));
        }
        sketchValues(profile);
        block.clear();
        block.putByte(GranuleBlock.PLAIN);
        GranuleBlock.writeValues(buffer, profile, scratch, block);
        writeBlock();
    }

    /// What bounds, sketch and encoding of plain numbers start from.
    private @Nullable LongProfile profile() {
        return type.physical() == Physical.LONG && buffer.nullCount < buffer.count
                ? LongProfile.of(buffer.longs, buffer.count, scratch)
                : null;
    }

    /// Strings are compressed by their encoding; codes and numbers as a whole.
    private void writeBlock() {
        boolean numbers = type.physical() != Physical.BYTES || dictionary != null;
        if (numbers && triesCompression()) {
            compressed += GranuleBlock.compress(block, scratch, spare) ? 1 : 0;
        }
        lengths[granule] = block.size();
        checksums[granule] =
                name.checksum(Stretch.GRANULE, granule, block.array(), 0, block.size());
        file.append(block.array(), 0, block.size());
        granule++;
    }

    /// Trying costs more than the rest of the writing, so it goes on only where it has paid.
    private boolean triesCompression() {
        return granule < COMPRESSION_TRIALS
                || compressed * 2 > granule
                || granule % COMPRESSION_PERIOD == 0;
    }

    private Value firstValue() {
        if (!Validity.isValid(buffer.validity, 0)) {
            return Value.NULL;
        }
        return switch (type.physical()) {
            case LONG -> Value.of(buffer.longs[0]);
            case WIDE -> Value.of(buffer.high[0], buffer.longs[0]);
            case DOUBLE -> Value.of(buffer.doubles[0]);
            case BITS -> Value.of((buffer.bits[0] & 1) != 0);
            case BYTES -> {
                int from = buffer.bytes.start[0];
                int to = from + buffer.bytes.length[0];
                yield new Value.Bytes(Arrays.copyOfRange(buffer.bytes.heap, from, to));
            }
        };
    }

    private void sketchValues(@Nullable LongProfile profile) {
        int count = buffer.count;
        if (buffer.nullCount == count) {
            return;
        }
        switch (type.physical()) {
            case LONG -> {
                if (profile != null) {
                    sketch.addAll(buffer.longs, count, profile.min(), profile.max());
                }
            }
            case WIDE -> {
                for (int i = 0; i < count; i++) {
                    sketch.add(ValueHash.wide(buffer.high[i], buffer.longs[i]));
                }
            }
            case DOUBLE -> {
                for (int i = 0; i < count; i++) {
                    sketch.add(ValueHash.floating(buffer.doubles[i]));
                }
            }
            case BITS -> {
                int set = Validity.count(buffer.bits, count);
                addBit(set > 0, 1);
                addBit(set < count, 0);
            }
            case BYTES -> {
                if (!sketched) {
                    sketchStrings(count);
                }
            }
        }
    }

    private void addBit(boolean occurs, long bit) {
        if (occurs) {
            sketch.add(ValueHash.whole(bit));
        }
    }

    private void sketchStrings(int count) {
        for (int i = 0; i < count; i++) {
            if (Validity.isValid(buffer.validity, i)) {
                sketch.add(
                        ValueHash.bytes(
                                buffer.bytes.heap, buffer.bytes.start[i], buffer.bytes.length[i]));
            }
        }
    }

    private long decodedBytes() {
        return switch (type.physical()) {
            case LONG, DOUBLE -> 8L * buffer.count;
            case WIDE -> 16L * buffer.count;
            case BITS -> 8L * Validity.words(buffer.count);
            case BYTES -> 8L * buffer.count + buffer.stringBytes;
        };
    }

    /// Writes the last granule and the index.
    ///
    /// @param rowCount rows of the part
    public SegmentSummary finish(long rowCount) {
        if (rowsTaken != rowCount) {
            throw new BasaltException(
                    ErrorCode.INTERNAL,
                    name.column() + " got " + rowsTaken + " rows, its part has " + rowCount);
        }
        if (buffer.count > 0) {
            flush();
        }
        decideDictionary();
        assert granule == flushed && granule == (rowCount + rowsPerGranule - 1) / rowsPerGranule;
        if (granule < lengths.length) {
            resize(granule);
        }
        SegmentIndex index = new SegmentIndex(startPosition, dictionary, lengths, checksums, zones);
        block.clear();
        index.write(block);
        long indexPosition = file.position();
        int checksum = name.checksum(Stretch.INDEX, 0, block.array(), 0, block.size());
        file.append(block.array(), 0, block.size());
        return new SegmentSummary(
                startPosition,
                indexPosition,
                block.size(),
                checksum,
                zones.union(),
                file.position() - startPosition,
                decodedBytes,
                sketch.toBytes());
    }

    private void decideDictionary() {
        CodedGranules strings = coded;
        if (strings == null) {
            return;
        }
        BytesTable table = strings.table();
        if (EncodingChooser.usesDictionary(
                strings.rows(), table.size(), table.heapSize(), strings.valueBytes())) {
            writeDictionary(strings);
        } else {
            giveUpDictionary(strings);
        }
    }

    /// The value of each granule's first row, strings cut to one byte more than a zone map keeps; after [#finish].
    public List<Value> firstValues() {
        return List.copyOf(firstValues);
    }
}
