package io.basaltdb.storage.encoding;

import io.basaltdb.storage.vector.Selection;
import org.jspecify.annotations.Nullable;

/// The encodings of strings. A block is the encoding's id (one byte) and what it wrote.
public sealed interface BytesEncoding extends Encoding
        permits ConstantBytes, PlainBytes, DictionaryBytes {
    void encode(BytesBlock values, int count, EncodingScratch scratch, ByteSink sink);

    /// Fills `out`. Start and length of every value are written, and lie inside the heap; of the heap, the bytes of the wanted
    /// values (null: all) are there, the others may be anything.
    void decode(
            ByteSource source,
            int count,
            @Nullable Selection wanted,
            EncodingScratch scratch,
            BytesBlock out);

    /// Writes a block in the encoding that the chooser takes.
    ///
    /// @param count number of values, 1 … [Batch#MAX_ROWS]
    static void write(BytesBlock values, int count, EncodingScratch scratch, ByteSink sink) {
        int distinct = DictionaryBytes.countDistinct(values, count, scratch);
        write(EncodingChooser.bytes(count, distinct), values, count, scratch, sink);
    }

    static void write(
            BytesEncoding encoding,
            BytesBlock values,
            int count,
            EncodingScratch scratch,
            ByteSink sink) {
        sink.putByte(encoding.id());
        encoding.encode(values, count, scratch, sink);
    }

    static BytesEncoding read(
            ByteSource source,
            int count,
            @Nullable Selection wanted,
            EncodingScratch scratch,
            BytesBlock out) {
        BytesEncoding encoding = byId(source.getByte());
        encoding.decode(source, count, wanted, scratch, out);
        return encoding;
    }

    static BytesEncoding byId(int id) {
        return switch (id) {
            case ConstantBytes.ID -> ConstantBytes.INSTANCE;
            case PlainBytes.ID -> PlainBytes.INSTANCE;
            case DictionaryBytes.ID -> DictionaryBytes.INSTANCE;
            default -> throw ByteSource.malformed("unknown encoding " + id + " of strings");
        };
    }
}
