package io.basaltdb.query.session;

import io.basaltdb.storage.table.InsertToken;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a client sent for an insert under a token, as 128 bits: a statement with its parameters, or rows, whose hash says nothing of how they
/// were cut into batches or how their vectors lie.
final class ContentHash {
    private static final int BUFFER_BYTES = 8_192;
    private static final byte NULL = 0;
    private static final byte PRESENT = 1;

    private final List<MessageDigest> columns = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private long rowCount;

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    /// The token of that name for a statement with the parameters of one or more executions; null where the name is empty.
    static @Nullable InsertToken ofStatement(
            String name, String sql, List<List<Session.Parameter>> executions) {
        if (name.isEmpty()) {
            return null;
        }
        MessageDigest digest = digest();
        digest.update(sql.getBytes(StandardCharsets.UTF_8));
        for (List<Session.Parameter> parameters : executions) {
            for (Session.Parameter parameter : parameters) {
                byte[] text = text(parameter);
                digest.update(ByteBuffer.allocate(4).putInt(text.length).flip());
                digest.update(text);
            }
        }
        return token(name, digest);
    }

    private static byte[] text(Session.Parameter parameter) {
        String type = parameter.type().sql() + " ";
        return switch (parameter.value()) {
            case Value.Bytes(byte[] bytes) -> {
                byte[] before = type.getBytes(StandardCharsets.UTF_8);
                yield ByteBuffer.allocate(before.length + bytes.length)
                        .put(before)
                        .put(bytes)
                        .array();
            }
            case Value.Null _, Value.Bool _, Value.Whole _, Value.Wide _, Value.Floating _ ->
                    (type + parameter.value()).getBytes(StandardCharsets.UTF_8);
        };
    }

    private static InsertToken token(String name, MessageDigest digest) {
        ByteBuffer hash = ByteBuffer.wrap(digest.digest());
        return new InsertToken(name, hash.getLong(), hash.getLong());
    }

    /// Rows that follow those before.
    void add(Batch rows) {
        while (columns.size() < rows.columnCount()) {
            columns.add(digest());
        }
        for (int c = 0; c < rows.columnCount(); c++) {
            add(columns.get(c), rows.column(c), rows.selection(), rows.rowCount());
        }
        rowCount += rows.rowCount();
    }

    /// The token of that name for all rows.
    InsertToken token(String name) {
        MessageDigest all = digest();
        for (MessageDigest column : columns) {
            all.update(column.digest());
        }
        all.update(ByteBuffer.allocate(8).putLong(rowCount).flip());
        return token(name, all);
    }

    private void add(MessageDigest digest, Vector column, @Nullable Selection live, int count) {
        for (int i = 0; i < count; i++) {
            int lane = live == null ? i : live.rows()[i];
            if (buffer.remaining() < 32) {
                flush(digest);
            }
            if (column.isNull(lane)) {
                buffer.put(NULL);
            } else {
                buffer.put(PRESENT);
                put(digest, column, lane);
            }
        }
        flush(digest);
    }

    private void put(MessageDigest digest, Vector column, int lane) {
        switch (column) {
            case LongVector longs -> putWide(longs.values()[lane] >> 63, longs.values()[lane]);
            case WideVector wide -> putWide(wide.high()[lane], wide.low()[lane]);
            case DoubleVector doubles -> buffer.putDouble(doubles.values()[lane]);
            case BitVector bits -> buffer.put(bits.get(lane) ? PRESENT : NULL);
            case BytesVector text ->
                    putBytes(digest, text.heap(), text.start()[lane], text.length()[lane]);
            case DictionaryVector dictionary ->
                    put(digest, dictionary.dictionary().values(), dictionary.codes()[lane]);
            case ConstantVector constant -> put(digest, constant.value());
        }
    }

    private void put(MessageDigest digest, Value value) {
        switch (value) {
            case Value.Null _ -> throw new AssertionError("nulls are told before");
            case Value.Whole(long whole) -> putWide(whole >> 63, whole);
            case Value.Wide(long high, long low) -> putWide(high, low);
            case Value.Floating(double real) -> buffer.putDouble(real);
            case Value.Bool(boolean bool) -> buffer.put(bool ? PRESENT : NULL);
            case Value.Bytes(byte[] bytes) -> putBytes(digest, bytes, 0, bytes.length);
        }
    }

    private void putWide(long high, long low) {
        buffer.putLong(high);
        buffer.putLong(low);
    }

    private void putBytes(MessageDigest digest, byte[] heap, int start, int length) {
        buffer.putInt(length);
        if (length > buffer.remaining()) {
            flush(digest);
            digest.update(heap, start, length);
        } else {
            buffer.put(heap, start, length);
        }
    }

    private void flush(MessageDigest digest) {
        digest.update(buffer.flip());
        buffer.clear();
    }
}
