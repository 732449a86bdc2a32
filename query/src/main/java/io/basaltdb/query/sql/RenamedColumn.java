package io.basaltdb.query.sql;

import java.util.List;

/// Writes the new name of a column into the text of an expression over its table's rows.
public final class RenamedColumn {
    private RenamedColumn() {}

    /// The text with `to` wherever the column `from` may be meant: not as a function's name, nor as a field's.
    public static String in(String sql, String from, String to) {
        List<SqlToken> tokens = SqlLexer.tokens(sql);
        StringBuilder changed = new StringBuilder();
        int copied = 0;
        for (int i = 0; i < tokens.size(); i++) {
            SqlToken token = tokens.get(i);
            boolean isMeant =
                    token.isName()
                            && token.text().equalsIgnoreCase(from)
                            && !(i > 0 && tokens.get(i - 1).isSymbol("."))
                            && !(i + 1 < tokens.size() && tokens.get(i + 1).isSymbol("("));
            if (isMeant) {
                changed.append(sql, copied, token.start()).append(SqlNames.quoted(to));
                copied = token.end();
            }
        }
        return changed.append(sql, copied, sql.length()).toString();
    }
}
