package io.basaltdb.query.sql;

import io.basaltdb.query.relation.AddressedTable;
import io.basaltdb.query.sql.SqlToken.Kind;
import io.basaltdb.query.sql.Statement.Merge;
import io.basaltdb.query.sql.Statement.ObjectName;
import io.basaltdb.storage.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// MERGE INTO table [AS alias] USING source ON condition, then clauses:
///
/// - `WHEN MATCHED [AND condition] THEN UPDATE SET … | DELETE | DO NOTHING`
/// - `WHEN NOT MATCHED [BY TARGET] [AND condition] THEN INSERT [(columns)] VALUES (…) | DO NOTHING`
/// - `WHEN NOT MATCHED BY SOURCE [AND condition] THEN UPDATE SET … | DELETE | DO NOTHING`
///
/// A row takes the first clause of its kind whose condition holds. Each clause becomes a statement of its own over the rows that the earlier ones of its kind
/// leave it; all of them read the same snapshot, so none sees what another one did. One more query finds rows that would be changed twice.
final class MergeParser {
    private final TokenCursor cursor;
    private final List<Clause> clauses = new ArrayList<>();
    private int parameters;

    /// Of named parameters, in the order in which they come first.
    private final List<String> names = new ArrayList<>();

    /// Text of the statement with `?` for each parameter, and which ones they are.
    private record Piece(String sql, List<Integer> parameters) {
        static Piece of(String sql) {
            return new Piece(sql, List.of());
        }

        Piece then(Piece next) {
            List<Integer> both = new ArrayList<>(parameters);
            both.addAll(next.parameters);
            return new Piece(sql + next.sql, both);
        }

        Piece then(String next) {
            return then(of(next));
        }
    }

    private enum Rows {
        MATCHED,
        ONLY_IN_SOURCE,
        ONLY_IN_TARGET
    }

    private enum Action {
        UPDATE,
        DELETE,
        INSERT,
        NOTHING
    }

    /// @param condition null for none
    /// @param what behind SET, or behind INSERT up to VALUES with the values
    private record Clause(
            SqlToken at,
            Rows rows,
            @Nullable Piece condition,
            Action action,
            Piece what,
            Piece values) {}

    MergeParser(TokenCursor cursor) {
        this.cursor = cursor;
    }

    Statement parse() {
        cursor.next();
        cursor.takes("INTO");
        ObjectName target = cursor.objectName("a table name");
        String alias =
                cursor.takes("AS") || !cursor.sees("USING")
                        ? cursor.name("USING or an alias")
                        : target.name();
        cursor.expect("USING");
        Piece source = upTo("a table or query", "ON");
        cursor.expect("ON");
        Piece on = Piece.of("(").then(upTo("a condition", "WHEN")).then(")");
        while (cursor.sees("WHEN")) {
            clauses.add(clause());
        }
        if (clauses.isEmpty()) {
            throw cursor.unexpected("WHEN MATCHED or WHEN NOT MATCHED");
        }
        if (cursor.sees("RETURNING")) {
            throw cursor.notSupported(
                    cursor.peek(),
                    "MERGE … RETURNING is not supported; query the table afterwards");
        }
        cursor.expectEnd();
        return new Texts(name(target), SqlNames.quoted(alias), source, on).merge(target);
    }

    private static String name(ObjectName target) {
        String schema = target.schema();
        return (schema == null ? "" : SqlNames.quoted(schema) + ".")
                + SqlNames.quoted(target.name());
    }

    private Clause clause() {
        SqlToken at = cursor.next();
        Rows rows = Rows.MATCHED;
        if (cursor.takes("NOT")) {
            cursor.expect("MATCHED");
            rows = Rows.ONLY_IN_SOURCE;
            if (cursor.takes("BY")) {
                rows = cursor.takes("SOURCE") ? Rows.ONLY_IN_TARGET : rows;
                if (rows == Rows.ONLY_IN_SOURCE) {
                    cursor.expect("TARGET");
                }
            }
        } else {
            cursor.expect("MATCHED");
        }
        @Nullable Piece condition =
                cursor.takes("AND")
                        ? Piece.of("(").then(upTo("a condition", "THEN")).then(")")
                        : null;
        cursor.expect("THEN");
        return rows == Rows.ONLY_IN_SOURCE ? insert(at, condition) : change(at, rows, condition);
    }

    private Clause change(SqlToken at, Rows rows, @Nullable Piece condition) {
        Piece nothing = Piece.of("");
        if (cursor.takes("DO", "NOTHING")) {
            return new Clause(at, rows, condition, Action.NOTHING, nothing, nothing);
        }
        if (cursor.takes("DELETE")) {
            return new Clause(at, rows, condition, Action.DELETE, nothing, nothing);
        }
        if (!cursor.takes("UPDATE")) {
            throw cursor.unexpected("UPDATE SET, DELETE or DO NOTHING");
        }
        cursor.expect("SET");
        Piece set = upTo("column = value", "WHEN", "RETURNING");
        return new Clause(at, rows, condition, Action.UPDATE, set, nothing);
    }

    private Clause insert(SqlToken at, @Nullable Piece condition) {
        Piece nothing = Piece.of("");
        if (cursor.takes("DO", "NOTHING")) {
            return new Clause(at, Rows.ONLY_IN_SOURCE, condition, Action.NOTHING, nothing, nothing);
        }
        cursor.expect("INSERT");
        Piece columns = nothing;
        if (cursor.peek().isSymbol("(")) {
            StringBuilder names = new StringBuilder();
            for (String column : cursor.namesInParentheses("a column name")) {
                names.append(names.isEmpty() ? " (" : ", ").append(SqlNames.quoted(column));
            }
            columns = Piece.of(names + ")");
        }
        cursor.expect("VALUES");
        cursor.expectSymbol("(");
        SqlToken missing = cursor.findAhead("DEFAULT");
        int close = cursor.endOfParenthesis();
        if (missing != null && missing.start() < cursor.token(close).start()) {
            throw cursor.notSupported(
                    missing, "DEFAULT is not supported in MERGE; leave the column out");
        }
        Piece values = upToToken(cursor.token(close));
        cursor.expectSymbol(")");
        return new Clause(at, Rows.ONLY_IN_SOURCE, condition, Action.INSERT, columns, values);
    }

    /// The text up to one of these words outside of parentheses and CASE.
    private Piece upTo(String what, String... ends) {
        int depth = 0;
        SqlToken first = cursor.peek();
        StringBuilder sql = new StringBuilder();
        List<Integer> used = new ArrayList<>();
        while (!cursor.atEnd() && (depth > 0 || !seesAny(ends))) {
            depth += depthChange(cursor.peek());
            take(sql, used);
        }
        if (cursor.peek().start() == first.start()) {
            throw cursor.unexpected(what);
        }
        return new Piece(sql.toString(), used);
    }

    private Piece upToToken(SqlToken end) {
        StringBuilder sql = new StringBuilder();
        List<Integer> used = new ArrayList<>();
        while (cursor.peek().start() < end.start()) {
            take(sql, used);
        }
        return new Piece(sql.toString(), used);
    }

    /// Appends the next token, a parameter as `?`.
    private void take(StringBuilder sql, List<Integer> used) {
        SqlToken token = cursor.next();
        String text = cursor.source().substring(token.start(), token.end());
        if (token.kind() == Kind.PARAMETER) {
            used.add(parameter(text));
            text = "?";
        }
        boolean apart = cursor.peek().start() > token.end();
        sql.append(text).append(apart ? " " : "");
    }

    /// The place of a parameter among the values of the statement, from 0.
    private int parameter(String text) {
        if (text.startsWith(":")) {
            if (!names.contains(text)) {
                names.add(text);
            }
            return names.indexOf(text);
        }
        return text.equals("?") ? parameters++ : Integer.parseInt(text.substring(1)) - 1;
    }

    private boolean seesAny(String... words) {
        for (String word : words) {
            if (cursor.sees(word)) {
                return true;
            }
        }
        return false;
    }

    private static int depthChange(SqlToken token) {
        if (token.opens() || token.isWord("CASE")) {
            return 1;
        }
        return token.closes() || token.isWord("END") ? -1 : 0;
    }

    /// Puts the pieces together.
    private final class Texts {
        private final String target;
        private final String alias;
        private final Piece source;
        private final Piece on;

        Texts(String target, String alias, Piece source, Piece on) {
            this.target = target;
            this.alias = alias;
            this.source = source;
            this.on = on;
        }

        Merge merge(ObjectName name) {
            List<Merge.Part> changes = new ArrayList<>();
            List<Merge.Part> inserts = new ArrayList<>();
            for (int i = 0; i < clauses.size(); i++) {
                Clause clause = clauses.get(i);
                Piece own = own(i);
                switch (clause.action()) {
                    case UPDATE -> changes.add(part(update(clause, own)));
                    case DELETE -> changes.add(part(delete(clause, own)));
                    case INSERT -> inserts.add(part(insert(clause, own)));
                    case NOTHING -> {}
                }
            }
            changes.addAll(inserts);
            return new Merge(name, twice(), changes, parameters);
        }

        private static Merge.Part part(Piece piece) {
            return new Merge.Part(piece.sql(), piece.parameters());
        }

        /// What the clause asks and no earlier one of its kind had.
        private Piece own(int clause) {
            Clause wanted = clauses.get(clause);
            Piece own = Piece.of("");
            for (Clause earlier : clauses.subList(0, clause)) {
                if (earlier.rows() == wanted.rows()) {
                    @Nullable Piece taken = earlier.condition();
                    if (taken == null) {
                        throw cursor.error(
                                wanted.at(),
                                ErrorCode.SYNTAX_ERROR,
                                "This clause is never reached: one of the same kind without a condition"
                                        + " stands before it");
                    }
                    own = own.then(" AND NOT coalesce(").then(taken).then(", FALSE)");
                }
            }
            @Nullable Piece condition = wanted.condition();
            return condition == null ? own : own.then(" AND ").then(condition);
        }

        private Piece update(Clause clause, Piece own) {
            Piece begin =
                    Piece.of("UPDATE " + target + " AS " + alias + " SET ").then(clause.what());
            return clause.rows() == Rows.MATCHED
                    ? begin.then(" FROM ").then(source).then(" WHERE ").then(on).then(own)
                    : begin.then(" WHERE ").then(withoutSource()).then(own);
        }

        private Piece delete(Clause clause, Piece own) {
            Piece begin = Piece.of("DELETE FROM " + target + " AS " + alias);
            return clause.rows() == Rows.MATCHED
                    ? begin.then(" USING ").then(source).then(" WHERE ").then(on).then(own)
                    : begin.then(" WHERE ").then(withoutSource()).then(own);
        }

        private Piece withoutSource() {
            return Piece.of("NOT EXISTS (SELECT 1 FROM ")
                    .then(source)
                    .then(" WHERE ")
                    .then(on)
                    .then(")");
        }

        private Piece insert(Clause clause, Piece own) {
            return Piece.of("INSERT INTO " + target)
                    .then(clause.what())
                    .then(" SELECT ")
                    .then(clause.values())
                    .then(" FROM ")
                    .then(source)
                    .then(" WHERE NOT EXISTS (SELECT 1 FROM " + target + " AS " + alias + " WHERE ")
                    .then(on)
                    .then(")")
                    .then(own);
        }

        /// The rows of the target that more than one row of the source would change.
        private Merge.Part twice() {
            Piece any = Piece.of("FALSE");
            for (Clause clause : clauses) {
                if (clause.rows() == Rows.MATCHED && clause.action() != Action.NOTHING) {
                    @Nullable Piece condition = clause.condition();
                    any = any.then(" OR ").then(condition == null ? Piece.of("TRUE") : condition);
                }
            }
            String address = alias + "." + SqlNames.quoted(AddressedTable.ADDRESS_NAME);
            return part(
                    Piece.of("SELECT 1 FROM " + Merge.ADDRESSED + " AS " + alias + ", ")
                            .then(source)
                            .then(" WHERE ")
                            .then(on)
                            .then(" AND (")
                            .then(any)
                            .then(") GROUP BY " + address + " HAVING count(*) > 1 LIMIT 1"));
        }
    }
}
