package io.basaltdb.query.sql;

import io.basaltdb.query.sql.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;

/// Cuts a script at its semicolons, blind to those inside quotes, comments and dollar quotes.
public final class StatementSplitter {

    /// A script in pieces.
    ///
    /// @param statements the finished statements, each without its semicolon, none of them blank
    /// @param rest what follows the last semicolon; blank where the script ends with one
    public record Script(List<String> statements, String rest) {
        public Script {
            statements = List.copyOf(statements);
        }

        /// The finished statements and, where it is not blank, the rest.
        public List<String> all() {
            if (hasNoTokens(rest)) {
                return statements;
            }
            List<String> all = new ArrayList<>(statements);
            all.add(rest);
            return all;
        }
    }

    private StatementSplitter() {}

    /// Never fails: a quote or comment that has no end makes everything from its statement on the rest.
    public static Script split(String script) {
        List<String> statements = new ArrayList<>();
        int start = 0;
        boolean blank = true;
        for (SqlToken token : SqlLexer.tokensOfUnfinished(script)) {
            if (token.isSymbol(";")) {
                if (!blank) {
                    statements.add(script.substring(start, token.start()).strip());
                }
                start = token.end();
                blank = true;
            } else {
                blank &= token.kind() == Kind.END;
            }
        }
        return new Script(statements, script.substring(start).strip());
    }

    private static boolean hasNoTokens(String text) {
        SqlToken first = SqlLexer.tokensOfUnfinished(text).getFirst();
        return first.kind() == Kind.END && first.start() == text.length();
    }
}
