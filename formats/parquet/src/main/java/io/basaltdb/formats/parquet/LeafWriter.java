package io.basaltdb.formats.parquet;

import io.basaltdb.storage.nested.ElementReader;
import io.basaltdb.storage.type.InetBytes;
import io.basaltdb.storage.type.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The values and levels of one leaf in one row group: a page that grows, and the packed ones before it.
final class LeafWriter {
    private static final int PAGE_BYTES = 1 << 20;
    private static final int PAGE_VALUES = 1 << 20;
    private static final int MAX_BOUND_BYTES = 64;

    private final WrittenLeaf leaf;
    private final PageCompression compression;

    /// The texts that stand for numbers; none: numbers are written as they are.
    private final byte[][] labels;

    /// Whether the values are given as those of INET.
    private final boolean isAddress;

    private final SnappyBlock snappy = new SnappyBlock();
    private final LevelsWriter definitions;
    private final LevelsWriter repetitions;
    private final ByteBuilder values = new ByteBuilder();
    private final ByteBuilder page = new ByteBuilder();
    private final ByteBuilder packed = new ByteBuilder();

    /// Pages that are complete, with their headers.
    private final ByteBuilder pages = new ByteBuilder();

    private byte[] text = {};
    private int bitCount;
    private long levelCount;
    private long nullCount;
    private long plainBytes;
    private boolean hasBounds;
    private boolean boundsAreKnown;
    private long min;
    private long max;
    private byte[] minText = {};
    private byte[] maxText = {};

    LeafWriter(WrittenLeaf leaf, PageCompression compression) {
        this(leaf, compression, List.of(), false);
    }

    /// @param labels texts of a leaf of type TEXT, whose values are given as their places
    LeafWriter(WrittenLeaf leaf, PageCompression compression, List<String> labels) {
        this(leaf, compression, labels, false);
    }

    /// Of a leaf of type TEXT, whose values are given as those of INET.
    static LeafWriter ofAddresses(WrittenLeaf leaf, PageCompression compression) {
        return new LeafWriter(leaf, compression, List.of(), true);
    }

    private LeafWriter(
            WrittenLeaf leaf, PageCompression compression, List<String> labels, boolean isAddress) {
        this.isAddress = isAddress;
        this.leaf = leaf;
        this.compression = compression;
        this.labels =
                labels.stream()
                        .map(label -> label.getBytes(StandardCharsets.UTF_8))
                        .toArray(byte[][]::new);
        this.definitions = new LevelsWriter(leaf.definition());
        this.repetitions = new LevelsWriter(leaf.repetition());
        clear();
    }

    WrittenLeaf leaf() {
        return leaf;
    }

    private void clear() {
        pages.clear();
        levelCount = 0;
        nullCount = 0;
        plainBytes = 0;
        hasBounds = false;
        boundsAreKnown = leaf.hasBounds();
    }

    /// Bytes that are held.
    long sizeBytes() {
        return (long) pages.size() + values.size();
    }

    /// Begins a row, and perhaps a page with it.
    void beginRow() {
        if (values.size() >= PAGE_BYTES || definitions.count() >= PAGE_VALUES) {
            endPage();
        }
    }

    /// No value: something at that level is NULL or empty.
    void addNull(int repetition, int definition) {
        repetitions.add(repetition);
        definitions.add(definition);
        nullCount++;
    }

    private void level(int repetition) {
        repetitions.add(repetition);
        definitions.add(leaf.definition());
    }

    /// The element at that place, which is not NULL and ends before `end`.
    void addElement(int repetition, byte[] heap, int at, int end) {
        if (labels.length > 0) {
            addLong(repetition, ElementReader.whole(heap, at));
            return;
        }
        switch (leaf.type().physical()) {
            case LONG -> addLong(repetition, ElementReader.whole(heap, at));
            case DOUBLE ->
                    addDouble(
                            repetition,
                            leaf.type() instanceof Type.Real
                                    ? ElementReader.real(heap, at)
                                    : ElementReader.floating(heap, at));
            case WIDE ->
                    addWide(repetition, ElementReader.high(heap, at), ElementReader.low(heap, at));
            case BITS -> addBoolean(repetition, ElementReader.truth(heap, at));
            case BYTES -> {
                if (text.length < end - at) {
                    text = new byte[2 * (end - at)];
                }
                addBytes(repetition, text, 0, ElementReader.text(heap, at, end, text));
            }
        }
    }

    void addLong(int repetition, long value) {
        if (labels.length > 0) {
            byte[] label = labels[(int) value];
            addBytes(repetition, label, 0, label.length);
            return;
        }
        level(repetition);
        long written = leaf.inFile(value);
        values.putLow(written, leaf.valueBytes());
        if (boundsAreKnown) {
            min = hasBounds ? Math.min(min, written) : written;
            max = hasBounds ? Math.max(max, written) : written;
            hasBounds = true;
        }
    }

    void addDouble(int repetition, double value) {
        level(repetition);
        if (leaf.type() instanceof Type.Real) {
            values.putInt(Float.floatToRawIntBits((float) value));
        } else {
            values.putLong(Double.doubleToRawLongBits(value));
        }
    }

    void addWide(int repetition, long high, long low) {
        level(repetition);
        values.putBigEndian(leaf.type() instanceof Type.Uuid ? high ^ Long.MIN_VALUE : high);
        values.putBigEndian(low);
    }

    void addBoolean(int repetition, boolean value) {
        level(repetition);
        if (bitCount % Byte.SIZE == 0) {
            values.put(0);
        }
        if (value) {
            values.array()[values.size() - 1] |= (byte) (1 << bitCount % Byte.SIZE);
        }
        bitCount++;
    }

    void addBytes(int repetition, byte[] heap, int start, int count) {
        if (isAddress) {
            byte[] written = InetBytes.text(heap, start, count).getBytes(StandardCharsets.US_ASCII);
            addText(repetition, written, 0, written.length);
        } else {
            addText(repetition, heap, start, count);
        }
    }

    private void addText(int repetition, byte[] heap, int start, int count) {
        level(repetition);
        values.putInt(count);
        values.put(heap, start, count);
        if (boundsAreKnown) {
            boundText(heap, start, count);
        }
    }

    /// Long texts have no bounds: they would be as long as the texts.
    private void boundText(byte[] heap, int start, int count) {
        int end = start + count;
        boolean isLeast =
                !hasBounds
                        || java.util.Arrays.compareUnsigned(
                                        heap, start, end, minText, 0, minText.length)
                                < 0;
        boolean isGreatest =
                !hasBounds
                        || java.util.Arrays.compareUnsigned(
                                        heap, start, end, maxText, 0, maxText.length)
                                > 0;
        if ((isLeast || isGreatest) && count > MAX_BOUND_BYTES) {
            boundsAreKnown = false;
            return;
        }
        if (isLeast) {
            minText = java.util.Arrays.copyOfRange(heap, start, end);
        }
        if (isGreatest) {
            maxText = java.util.Arrays.copyOfRange(heap, start, end);
        }
        hasBounds = true;
    }

    private void endPage() {
        int count = definitions.count();
        if (count == 0) {
            return;
        }
        page.clear();
        repetitions.write(page);
        definitions.write(page);
        page.put(values);
        packed.clear();
        compression.pack(page, snappy, packed);
        int head = pages.size();
        CompactWriter out = new CompactWriter(pages);
        out.begin();
        out.i32(1, 0);
        out.i32(2, page.size());
        out.i32(3, packed.size());
        out.begin(5);
        out.i32(1, count);
        out.i32(2, ParquetFooter.PLAIN);
        out.i32(3, ParquetFooter.RLE);
        out.i32(4, ParquetFooter.RLE);
        out.end();
        out.end();
        plainBytes += pages.size() - head + page.size();
        pages.put(packed);
        levelCount += count;
        definitions.clear();
        repetitions.clear();
        values.clear();
        bitCount = 0;
    }

    /// Completes the row group.
    ///
    /// @param position where its pages will stand in the file
    WrittenChunk end(long position) {
        endPage();
        byte[] least = new byte[0];
        byte[] greatest = new byte[0];
        boolean areKnown = boundsAreKnown && hasBounds;
        if (areKnown) {
            least = leaf.isText() ? minText : bytes(min);
            greatest = leaf.isText() ? maxText : bytes(max);
        }
        return new WrittenChunk(
                leaf,
                position,
                levelCount,
                nullCount,
                plainBytes,
                pages.size(),
                areKnown ? List.of(least, greatest) : List.of());
    }

    private byte[] bytes(long value) {
        byte[] bytes = new byte[leaf.valueBytes()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (value >>> (8 * i));
        }
        return bytes;
    }

    /// Hands the pages of the row group out, and forgets it.
    void drain(PageTarget target) {
        target.write(pages.array(), pages.size());
        clear();
    }

    /// Where pages go.
    interface PageTarget {
        void write(byte[] bytes, int count);
    }
}
