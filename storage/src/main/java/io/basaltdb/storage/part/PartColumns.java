package io.basaltdb.storage.part;

import io.basaltdb.storage.encoding.ByteSink;
import io.basaltdb.storage.encoding.ByteSource;
import io.basaltdb.storage.encoding.ValueBytes;
import io.basaltdb.storage.segment.SegmentSummary;
import io.basaltdb.storage.type.Value;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// What the database keeps of the columns of a part, as bytes: a database of very many parts has millions of columns, and makes an object only of one that
/// somebody asks for. Immutable.
///
/// Number of columns (varint), then per column: id, number of NULLs (varints), lower and upper bound (values; NULL where there is none), bytes in the
/// file, bytes in memory, length of the sketch (varints; 0 where it is not kept any more), the sketch.
public final class PartColumns implements Iterable<PartColumnSummary> {
    private static final int MAX_COLUMNS = 1 << 16;

    private final byte[] bytes;

    /// @param bytes that [#toBytes] made, and a checksum has vouched for; not to be written any more
    public PartColumns(byte[] bytes) {
        this.bytes = bytes;
        size();
    }

    static PartColumns of(List<PartColumn> columns, List<SegmentSummary> segments) {
        ByteSink sink = new ByteSink(columns.size() * 64);
        sink.putVarint(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            put(PartColumnSummary.of(columns.get(i).columnId(), segments.get(i)), sink);
        }
        return new PartColumns(sink.toBytes());
    }

    private static void put(PartColumnSummary column, ByteSink sink) {
        Value min = column.min();
        Value max = column.max();
        sink.putVarint(column.columnId());
        sink.putVarint(column.nullCount());
        ValueBytes.write(min == null ? Value.NULL : min, sink);
        ValueBytes.write(max == null ? Value.NULL : max, sink);
        sink.putVarint(column.encodedBytes());
        sink.putVarint(column.decodedBytes());
        sink.putVarint(column.sketch().length);
        sink.putBytes(column.sketch(), 0, column.sketch().length);
    }

    /// Not to be written.
    public byte[] toBytes() {
        return bytes;
    }

    public int size() {
        return new ByteSource(bytes).getCount(MAX_COLUMNS);
    }

    /// The same without distinct-count sketches: whoever has added them to those of the table needs them no more.
    public PartColumns withoutSketches() {
        ByteSource source = new ByteSource(bytes);
        ByteSink sink = new ByteSink(bytes.length);
        int count = source.getCount(MAX_COLUMNS);
        sink.putVarint(count);
        for (int i = 0; i < count; i++) {
            int at = source.position();
            source.getVarint();
            skipNumbers(source);
            sink.putBytes(bytes, at, source.position() - at);
            sink.putByte(0);
            source.skip(source.getCount(source.remaining()));
        }
        return sink.size() == bytes.length ? this : new PartColumns(sink.toBytes());
    }

    /// Steps from behind the id to the length of the sketch.
    private static void skipNumbers(ByteSource source) {
        source.getVarint();
        ValueBytes.skip(source);
        ValueBytes.skip(source);
        source.getVarint();
        source.getVarint();
    }

    /// Takes what a sketch is of, and its bytes.
    public interface SketchConsumer {
        void sketch(int columnId, byte[] sketch);
    }

    /// Hands out the distinct-count sketches that are kept.
    public void forEachSketch(SketchConsumer consumer) {
        ByteSource source = new ByteSource(bytes);
        for (int left = source.getCount(MAX_COLUMNS); left > 0; left--) {
            int columnId = source.getCount(Integer.MAX_VALUE);
            skipNumbers(source);
            byte[] sketch = source.getBytes(source.getCount(source.remaining()));
            if (sketch.length > 0) {
                consumer.sketch(columnId, sketch);
            }
        }
    }

    /// What is known of that column, or null where the part does not have it.
    public @Nullable PartColumnSummary find(int columnId) {
        ByteSource source = new ByteSource(bytes);
        for (int left = source.getCount(MAX_COLUMNS); left > 0; left--) {
            int at = source.position();
            if (source.getVarint() == columnId) {
                return get(new ByteSource(bytes, at, bytes.length - at));
            }
            skipNumbers(source);
            source.skip(source.getCount(source.remaining()));
        }
        return null;
    }

    private static PartColumnSummary get(ByteSource source) {
        int columnId = source.getCount(Integer.MAX_VALUE);
        long nullCount = source.getVarint();
        Value min = ValueBytes.read(source);
        Value max = ValueBytes.read(source);
        return new PartColumnSummary(
                columnId,
                nullCount,
                min.isNull() ? null : min,
                max.isNull() ? null : max,
                source.getVarint(),
                source.getVarint(),
                source.getBytes(source.getCount(source.remaining())));
    }

    @Override
    public Iterator<PartColumnSummary> iterator() {
        ByteSource source = new ByteSource(bytes);
        int count = source.getCount(MAX_COLUMNS);
        return new Iterator<>() {
            private int left = count;

            @Override
            public boolean hasNext() {
                return left > 0;
            }

            @Override
            public PartColumnSummary next() {
                if (left-- <= 0) {
                    throw new NoSuchElementException();
                }
                return get(source);
            }
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PartColumns that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
