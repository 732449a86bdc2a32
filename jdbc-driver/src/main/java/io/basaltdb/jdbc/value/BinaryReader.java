package io.basaltdb.jdbc.value;

import io.basaltdb.protocol.ipc.WireColumn;
import java.util.Arrays;

/// VARBINARY; its text is that of the database, hexadecimal digits behind `\x`.
final class BinaryReader extends ColumnReader {
    private static final String DIGITS = "0123456789abcdef";

    BinaryReader(SqlType type) {
        super(type);
    }

    @Override
    public Object object(WireColumn column, int row) {
        return bytes(column, row);
    }

    @Override
    public String string(WireColumn column, int row) {
        return hexadecimal(bytes(column, row));
    }

    static String hexadecimal(byte[] bytes) {
        StringBuilder text = new StringBuilder(2 + 2 * bytes.length).append("\\x");
        for (byte one : bytes) {
            text.append(DIGITS.charAt(one >> 4 & 15)).append(DIGITS.charAt(one & 15));
        }
        return text.toString();
    }

    @Override
    public byte[] bytes(WireColumn column, int row) {
        int start = column.textOffset(row);
        return Arrays.copyOfRange(column.textBytes(row), start, start + column.textLength(row));
    }
}
