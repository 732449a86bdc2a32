package io.basaltdb.embedded.wire;

import org.jspecify.annotations.Nullable;

/// A table as an insert names it: `[schema.]table`, each part quoted or plain.
///
/// @param schema null where none is named
record TableName(@Nullable String schema, String table) {

    /// Null where the text is no such name.
    static @Nullable TableName read(String text) {
        Reader reader = new Reader(text);
        return reader.readName() && reader.isAtEnd()
                ? new TableName(reader.schema, reader.table)
                : null;
    }

    private static final class Reader {
        private final String sql;
        private int position;
        private @Nullable String schema;
        private String table = "";

        Reader(String sql) {
            this.sql = sql;
        }

        boolean readName() {
            String first = identifier();
            if (first == null) {
                return false;
            }
            table = first;
            if (symbol('.')) {
                String second = identifier();
                if (second == null) {
                    return false;
                }
                schema = first;
                table = second;
            }
            return true;
        }

        boolean isAtEnd() {
            skipSpace();
            return position == sql.length();
        }

        private boolean symbol(char wanted) {
            skipSpace();
            if (position < sql.length() && sql.charAt(position) == wanted) {
                position++;
                return true;
            }
            return false;
        }

        private @Nullable String identifier() {
            skipSpace();
            if (position == sql.length()) {
                return null;
            }
            char first = sql.charAt(position);
            if (first == '"' || first == '`') {
                return quoted(first);
            }
            int start = position;
            while (position < sql.length() && isPartOfName(sql.charAt(position))) {
                position++;
            }
            boolean isName = position > start && !Character.isDigit(first);
            return isName ? sql.substring(start, position) : null;
        }

        /// A quoted name; one with a quote inside is left to the parser.
        private @Nullable String quoted(char quote) {
            int end = sql.indexOf(quote, position + 1);
            boolean isPlain =
                    end > position + 1 && (end + 1 == sql.length() || sql.charAt(end + 1) != quote);
            if (!isPlain) {
                return null;
            }
            String name = sql.substring(position + 1, end);
            position = end + 1;
            return name;
        }

        private static boolean isPartOfName(char c) {
            return c == '_' || (c < 128 && Character.isLetterOrDigit(c));
        }

        private void skipSpace() {
            while (position < sql.length() && Character.isWhitespace(sql.charAt(position))) {
                position++;
            }
        }
    }
}
