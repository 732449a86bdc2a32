package io.basaltdb.protocol.ipc;

import io.basaltdb.protocol.frame.FrameBuffer;
import java.util.List;

/// Writes encapsulated Arrow messages.
public final class IpcWriter {
    private IpcWriter() {}

    /// Appends a schema message.
    public static void writeSchema(FrameBuffer out, WireSchema schema) {
        FlatWriter flat = new FlatWriter();
        int header = new SchemaWriter(flat).write(schema);
        writeMetadata(out, flat, Arrow.HEADER_SCHEMA, header, 0);
    }

    /// A schema message by itself.
    public static byte[] schemaBytes(WireSchema schema) {
        FrameBuffer out = new FrameBuffer(512);
        writeSchema(out, schema);
        return out.toByteArray();
    }

    /// Appends a record batch message. Every column has `rowCount` rows.
    public static void writeRecordBatch(FrameBuffer out, int rowCount, List<ColumnBuffer> columns) {
        BodyLayout layout = new BodyLayout(columns, rowCount);
        FlatWriter flat = new FlatWriter();
        int header = recordBatch(flat, rowCount, layout);
        writeMetadata(out, flat, Arrow.HEADER_RECORD_BATCH, header, layout.bodyBytes());
        writeBody(out, columns);
    }

    /// Appends a dictionary batch message: the values replace those of dictionary `id`, or with
    /// `isDelta` follow them.
    public static void writeDictionaryBatch(
            FrameBuffer out, long id, boolean isDelta, ColumnBuffer values) {
        List<ColumnBuffer> columns = List.of(values);
        BodyLayout layout = new BodyLayout(columns, values.rowCount());
        FlatWriter flat = new FlatWriter();
        int data = recordBatch(flat, values.rowCount(), layout);
        flat.beginTable(Arrow.DICTIONARY_BATCH_SLOTS);
        flat.addLong(Arrow.DICTIONARY_BATCH_ID, id);
        flat.addReference(Arrow.DICTIONARY_BATCH_DATA, data);
        flat.addByte(Arrow.DICTIONARY_BATCH_DELTA, isDelta ? 1 : 0);
        int header = flat.endTable();
        writeMetadata(out, flat, Arrow.HEADER_DICTIONARY_BATCH, header, layout.bodyBytes());
        writeBody(out, columns);
    }

    private static int recordBatch(FlatWriter flat, int rowCount, BodyLayout layout) {
        int nodes = flat.pairs(layout.rowCounts(), layout.nullCounts());
        int buffers = flat.pairs(layout.bufferOffsets(), layout.bufferBytes());
        flat.beginTable(Arrow.BATCH_SLOTS);
        flat.addLong(Arrow.BATCH_LENGTH, rowCount);
        flat.addReference(Arrow.BATCH_NODES, nodes);
        flat.addReference(Arrow.BATCH_BUFFERS, buffers);
        return flat.endTable();
    }

    private static void writeMetadata(
            FrameBuffer out, FlatWriter flat, int headerType, int header, long bodyBytes) {
        flat.beginTable(Arrow.MESSAGE_SLOTS);
        flat.addLong(Arrow.MESSAGE_BODY_LENGTH, bodyBytes);
        flat.addReference(Arrow.MESSAGE_HEADER, header);
        flat.addShort(Arrow.MESSAGE_VERSION, Arrow.VERSION_5);
        flat.addByte(Arrow.MESSAGE_HEADER_TYPE, headerType);
        flat.finish(flat.endTable());
        out.putInt(Arrow.CONTINUATION);
        out.putInt(flat.position());
        flat.writeTo(out);
    }

    private static void writeBody(FrameBuffer out, List<ColumnBuffer> columns) {
        for (ColumnBuffer column : columns) {
            if (column.hasValidityBuffer()) {
                column.writeValidity(out);
            }
            column.writeValues(out);
        }
    }
}
