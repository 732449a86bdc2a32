package io.basaltdb.query.sql;

import io.basaltdb.storage.error.ErrorCode;
import java.util.List;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;

/// The queries and expressions inside one statement's text, parsed by the generated grammar. Errors point into the whole text.
final class QueryParser {
    private final String source;
    private final List<SqlToken> tokens;
    private final PlainText plain;

    QueryParser(String source) {
        this(source, SqlLexer.tokens(source));
    }

    QueryParser(String source, List<SqlToken> tokens) {
        this.source = source;
        this.tokens = tokens;
        this.plain = PlainText.of(source, tokens);
    }

    /// The query between these offsets.
    QuerySyntax query(int start, int end) {
        SqlNode tree = parsed(plain.between(start, end), false);
        if (!tree.isA(SqlKind.QUERY)) {
            throw SqlPosition.of(source, start)
                    .error(
                            ErrorCode.SYNTAX_ERROR,
                            "Expected a query, found " + tree.getKind().name());
        }
        return new QuerySyntax(source.substring(start, end).strip(), tree, plain);
    }

    /// The expression between these offsets.
    SqlNode expression(int start, int end) {
        return parsed(plain.between(start, end), true);
    }

    /// The query of all columns of the tables between `from` and the offset; its first words take the places of words of the statement, each
    /// of which must be as long.
    SqlNode selectAll(SqlToken select, SqlToken star, SqlToken from, int end) {
        return parsed(plain.selectAll(select, star, from, end), false);
    }

    /// The query that has the list behind that keyword, and no tables.
    QuerySyntax selectList(SqlToken keyword, int end) {
        SqlNode tree = parsed(plain.select(keyword, end), false);
        return new QuerySyntax(source.substring(keyword.start(), end).strip(), tree, plain);
    }

    /// A tree that was put together from pieces of the text between these offsets.
    QuerySyntax syntax(int start, int end, SqlNode tree) {
        return new QuerySyntax(source.substring(start, end).strip(), tree, plain);
    }

    /// A query that we wrote ourselves.
    static QuerySyntax generated(String sql) {
        return new QueryParser(sql).query(0, sql.length());
    }

    private SqlNode parsed(String text, boolean expression) {
        SqlParser parser = SqlParser.create(text, Dialect.PARSER);
        try {
            SqlNode tree = expression ? parser.parseExpression() : parser.parseStmt();
            SelectNames.add(tree, source, tokens, plain);
            SqlNode rewritten = SyntaxRewrite.apply(tree);
            WithNames.spellAlike(rewritten);
            return rewritten;
        } catch (SqlParseException e) {
            throw SqlErrors.of(e, plain);
        } catch (CalciteContextException e) {
            throw SqlErrors.of(e, plain, ErrorCode.FEATURE_NOT_SUPPORTED);
        }
    }
}
