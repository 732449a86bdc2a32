package io.basaltdb.benchmarks.answer;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The part of an answer that the query determines, as bytes: doubles with all their bits, decimals with their scale.
///
/// Rows that are equal in the ordering columns count as a multiset. Of rows that a LIMIT may have chosen among equals,
/// only the ordering columns count, and the number of rows where there are none.
public final class AnswerDigest {
    private AnswerDigest() {}

    /// SHA-256 over the determined bytes, in hexadecimal.
    public static String of(QueryShape shape, Answer answer) {
        MessageDigest digest = sha256();
        int[] order = shape.orderColumns(answer);
        List<AnswerRow> rows = answer.rows();
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, rows.size()));
        for (AnswerRow row : rows) {
            digest.update(bytes(row, order));
        }
        for (int start = 0; start < rows.size(); ) {
            int end = groupEnd(rows, start, order);
            boolean cut = shape.limited() && (start == 0 || end == rows.size());
            if (!cut) {
                updateUnordered(digest, rows.subList(start, end));
            }
            start = end;
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static int groupEnd(List<AnswerRow> rows, int start, int[] order) {
        byte[] key = bytes(rows.get(start), order);
        int end = start + 1;
        while (end < rows.size() && Arrays.equals(key, bytes(rows.get(end), order))) {
            end++;
        }
        return end;
    }

    private static void updateUnordered(MessageDigest digest, List<AnswerRow> rows) {
        List<byte[]> encoded = new ArrayList<>();
        for (AnswerRow row : rows) {
            int[] all = new int[row.size()];
            Arrays.setAll(all, i -> i);
            encoded.add(bytes(row, all));
        }
        encoded.sort(Arrays::compareUnsigned);
        for (byte[] row : encoded) {
            digest.update(row);
        }
    }

    private static byte[] bytes(AnswerRow row, int[] columns) {
        StringBuilder text = new StringBuilder();
        for (int column : columns) {
            append(text, row.cell(column));
        }
        return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    /// Kind, length and value, so that no two different rows have the same bytes.
    private static void append(StringBuilder out, @Nullable Object cell) {
        String text =
                switch (cell) {
                    case null -> "";
                    case Double number -> Long.toHexString(Double.doubleToLongBits(number));
                    case BigDecimal number -> number.toString();
                    default -> cell.toString();
                };
        String kind = cell == null ? "null" : cell.getClass().getSimpleName();
        out.append(kind).append(':').append(text.length()).append(':').append(text).append(';');
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this Java has no SHA-256", missing);
        }
    }
}
