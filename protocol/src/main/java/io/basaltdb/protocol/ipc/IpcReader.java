package io.basaltdb.protocol.ipc;

import io.basaltdb.protocol.frame.ProtocolException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the messages of one stream behind its schema, and keeps the dictionaries that they fill.
/// Used by one thread.
///
/// Batches are views over the arrays they were read from, so these must stay as they are.
public final class IpcReader {
    private static final long NO_ID = -1;

    private final WireSchema schema;
    private final Map<Long, WireDictionary> dictionaries = new HashMap<>();

    public IpcReader(WireSchema schema) {
        this.schema = schema;
    }

    /// The schema of the message that fills `[start, end)`.
    public static WireSchema readSchema(byte[] bytes, int start, int end) {
        return schemaOf(IpcMessage.at(bytes, start, end));
    }

    /// Whether the message that fills `[start, end)` is a schema.
    public static boolean isSchema(byte[] bytes, int start, int end) {
        return IpcMessage.at(bytes, start, end).is(Arrow.HEADER_SCHEMA);
    }

    static WireSchema schemaOf(IpcMessage message) {
        if (!message.is(Arrow.HEADER_SCHEMA)) {
            throw new ProtocolException("an Arrow message is no schema");
        }
        return SchemaReader.read(message.header());
    }

    public WireSchema schema() {
        return schema;
    }

    /// The rows of the message that fills `[start, end)`, or null if it fills a dictionary.
    public @Nullable WireBatch read(byte[] bytes, int start, int end) {
        IpcMessage message = IpcMessage.at(bytes, start, end);
        if (message.is(Arrow.HEADER_DICTIONARY_BATCH)) {
            readDictionary(message);
            return null;
        }
        if (!message.is(Arrow.HEADER_RECORD_BATCH)) {
            throw new ProtocolException("an Arrow message is neither dictionary nor record batch");
        }
        BatchParser parser = new BatchParser(message, message.header(), schema.size());
        return new WireBatch(parser.rowCount(), parser.columns(schema.fields(), dictionaries));
    }

    private void readDictionary(IpcMessage message) {
        FlatTable header = message.header();
        long id = header.longAt(Arrow.DICTIONARY_BATCH_ID, 0);
        if (!isKnown(id)) {
            throw new ProtocolException("an Arrow dictionary " + id + " that no column has");
        }
        FlatTable data = header.need(Arrow.DICTIONARY_BATCH_DATA, "the values of a dictionary");
        WireField field = WireField.of("dictionary " + id, WireType.UTF8, false);
        BatchParser parser = new BatchParser(message, data, 1);
        WireColumn values = parser.columns(List.of(field), Map.of()).get(0);
        if (!values.isAllValid()) {
            throw new ProtocolException("an Arrow dictionary " + id + " holds nulls");
        }
        boolean isDelta = header.byteAt(Arrow.DICTIONARY_BATCH_DELTA, 0) != 0;
        WireDictionary dictionary = isDelta ? dictionaries.get(id) : null;
        if (dictionary == null) {
            dictionary = new WireDictionary();
            dictionaries.put(id, dictionary);
        }
        dictionary.append(values, message.bodyBytes());
    }

    private boolean isKnown(long id) {
        for (WireField field : schema.fields()) {
            if (id != NO_ID && field.dictionary() == id) {
                return true;
            }
        }
        return false;
    }
}
