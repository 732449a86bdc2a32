package io.basaltdb.embedded.wire;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The plain form of an insert: `INSERT INTO [schema.]table [(column, …)] VALUES (?, …)` with a
/// parameter for every column and nothing else. Its rows can go into the table as columns, without
/// the statement being planned at all.
///
/// @param schema the schema named, or null
/// @param columns the columns named; empty if none were
/// @param parameterCount the number of question marks
record InsertShape(
        @Nullable String schema, String table, List<String> columns, int parameterCount) {

    /// The shape of `sql`, or null if it is anything but the plain form.
    static @Nullable InsertShape of(String sql) {
        return new Reader(sql).read();
    }

    /// A table name that may have a schema before it, or null if the text is no such name.
    static @Nullable InsertShape ofTable(String name, List<String> columns) {
        Reader reader = new Reader(name);
        return reader.readName() && reader.isAtEnd()
                ? new InsertShape(reader.schema, reader.table, columns, columns.size())
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

        @Nullable InsertShape read() {
            if (!word("INSERT") || !word("INTO") || !readName()) {
                return null;
            }
            List<String> columns = new ArrayList<>();
            if (symbol('(') && !list(columns)) {
                return null;
            }
            if (!word("VALUES") || !symbol('(')) {
                return null;
            }
            int parameters = parameters();
            symbol(';');
            boolean isPlain = parameters > 0 && isAtEnd();
            boolean agrees = columns.isEmpty() || columns.size() == parameters;
            return isPlain && agrees ? new InsertShape(schema, table, columns, parameters) : null;
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

        private boolean list(List<String> columns) {
            do {
                String column = identifier();
                if (column == null) {
                    return false;
                }
                columns.add(column);
            } while (symbol(','));
            return symbol(')');
        }

        /// Reads `?, ?, …)` and returns how many, or 0 if there is anything else.
        private int parameters() {
            int count = 0;
            do {
                if (!symbol('?')) {
                    return 0;
                }
                count++;
            } while (symbol(','));
            return symbol(')') ? count : 0;
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

        private boolean word(String wanted) {
            skipSpace();
            int end = position + wanted.length();
            boolean isThere =
                    sql.regionMatches(true, position, wanted, 0, wanted.length())
                            && (end == sql.length() || !isPartOfName(sql.charAt(end)));
            position = isThere ? end : position;
            return isThere;
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
