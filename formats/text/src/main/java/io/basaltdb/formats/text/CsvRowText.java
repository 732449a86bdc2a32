package io.basaltdb.formats.text;

import io.basaltdb.query.expression.ValueText;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Value;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;

/// Rows as CSV, so that reading them gives the same values: what reads as NULL without quotes is quoted where it is text.
record CsvRowText(CsvDialect dialect, Schema schema) implements RowText {
    @Override
    public String head() {
        if (Boolean.FALSE.equals(dialect.header())) {
            return "";
        }
        StringBuilder line = new StringBuilder();
        for (int c = 0; c < schema.size(); c++) {
            if (c > 0) {
                line.append((char) dialect.delimiter());
            }
            text(schema.field(c).name(), line);
        }
        return line.append('\n').toString();
    }

    @Override
    public void append(List<Value> row, StringBuilder out) {
        for (int c = 0; c < row.size(); c++) {
            if (c > 0) {
                out.append((char) dialect.delimiter());
            }
            Value value = row.get(c);
            if (value.isNull()) {
                out.append(new String(dialect.nullText(), StandardCharsets.UTF_8));
            } else {
                text(ValueText.format(value, schema.type(c), ZoneOffset.UTC), out);
            }
        }
        out.append('\n');
    }

    private void text(String value, StringBuilder out) {
        char quote = (char) dialect.quote();
        if (isPlain(value)) {
            out.append(value);
            return;
        }
        out.append(quote)
                .append(value.replace(String.valueOf(quote), String.valueOf(quote) + quote))
                .append(quote);
    }

    private boolean isPlain(String value) {
        if (value.equals(new String(dialect.nullText(), StandardCharsets.UTF_8))) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == dialect.delimiter() || c == dialect.quote() || c == '\n' || c == '\r') {
                return false;
            }
        }
        return true;
    }
}
