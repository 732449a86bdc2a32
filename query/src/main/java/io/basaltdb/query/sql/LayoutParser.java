package io.basaltdb.query.sql;

import io.basaltdb.query.sql.SqlToken.Kind;
import io.basaltdb.query.sql.Statement.PartitionSpec;
import io.basaltdb.query.sql.Statement.TableLayout;
import io.basaltdb.storage.catalog.PartitionTransform;
import io.basaltdb.storage.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What stands behind the columns of CREATE TABLE, in any order: PARTITION BY, ORDER BY, PRIMARY KEY, TTL, WITH.
final class LayoutParser {
    private final TokenCursor cursor;
    private List<PartitionSpec> partitionBy = List.of();
    private List<String> orderBy = List.of();
    private @Nullable String ttlSql;
    private Map<String, String> options = Map.of();

    LayoutParser(TokenCursor cursor) {
        this.cursor = cursor;
    }

    TableLayout parse(List<String> primaryKeyOfColumns, List<Statement.CheckSpec> checks) {
        List<String> primaryKey = primaryKeyOfColumns;
        while (!cursor.atEnd() && !cursor.sees("AS")) {
            SqlToken clause = cursor.peek();
            if (cursor.takes("PARTITION", "BY") || cursor.takes("PARTITIONED", "BY")) {
                partitionBy = partitions();
            } else if (cursor.takes("ORDER", "BY")) {
                orderBy = sortColumns();
            } else if (cursor.takes("PRIMARY", "KEY")) {
                if (!primaryKey.isEmpty()) {
                    throw cursor.error(
                            clause, ErrorCode.INVALID_DEFINITION, "PRIMARY KEY is given twice");
                }
                primaryKey = cursor.namesInParentheses("a column name");
            } else if (cursor.takes("TTL")) {
                ttlSql =
                        cursor.expressionText(
                                "an expression",
                                "PARTITION",
                                "ORDER",
                                "PRIMARY",
                                "WITH",
                                "SETTINGS",
                                "AS");
            } else if (cursor.takes("WITH")) {
                options = new OptionParser(cursor).inParentheses();
            } else {
                throw refused(clause);
            }
        }
        return new TableLayout(checks, partitionBy, orderBy, primaryKey, ttlSql, options);
    }

    private RuntimeException refused(SqlToken clause) {
        if (clause.kind() != Kind.WORD) {
            return cursor.unexpected(
                    "PARTITION BY, ORDER BY, PRIMARY KEY, TTL, WITH, AS or the end of the statement");
        }
        String keyword = clause.text().toUpperCase(Locale.ROOT);
        return switch (keyword) {
            case "ENGINE" ->
                    cursor.notSupported(
                            clause,
                            "ENGINE is not needed: there is one kind of table; leave it out");
            case "SETTINGS" ->
                    cursor.notSupported(
                            clause, "SETTINGS is not supported; write WITH (name = value)");
            case "COMMENT", "SAMPLE", "ON", "INHERITS", "TABLESPACE" ->
                    cursor.notSupported(
                            clause, keyword + " is not supported in CREATE TABLE; leave it out");
            default ->
                    cursor.unexpected(
                            "PARTITION BY, ORDER BY, PRIMARY KEY, TTL, WITH, AS or the end of the statement");
        };
    }

    private List<String> sortColumns() {
        if (cursor.takes("TUPLE")) {
            cursor.expectSymbol("(");
            cursor.expectSymbol(")");
            return List.of();
        }
        boolean parentheses = cursor.takesSymbol("(");
        List<String> columns = new ArrayList<>();
        if (!(parentheses && cursor.peek().isSymbol(")"))) {
            do {
                columns.add(sortColumn());
            } while (cursor.takesSymbol(","));
        }
        if (parentheses) {
            cursor.expectSymbol(")");
        }
        return columns;
    }

    private String sortColumn() {
        SqlToken token = cursor.peek();
        String name = cursor.name("a column name");
        cursor.takes("ASC");
        if (cursor.peek().isSymbol("(") || cursor.peek().isSymbol(".")) {
            throw cursor.notSupported(token, "ORDER BY of a table takes columns, not expressions");
        }
        if (cursor.sees("DESC")) {
            throw cursor.notSupported(
                    cursor.peek(), "ORDER BY of a table is ascending; leave DESC out");
        }
        return name;
    }

    private List<PartitionSpec> partitions() {
        boolean parentheses = cursor.takesSymbol("(");
        List<PartitionSpec> partitions = new ArrayList<>();
        do {
            partitions.add(partition());
        } while (cursor.takesSymbol(","));
        if (parentheses) {
            cursor.expectSymbol(")");
        }
        return partitions;
    }

    private PartitionSpec partition() {
        SqlToken token = cursor.peek();
        String name = cursor.name("a column name or date_trunc('unit', column)");
        if (!cursor.takesSymbol("(")) {
            return new PartitionSpec(name, null);
        }
        PartitionSpec partition =
                switch (name.toLowerCase(Locale.ROOT)) {
                    case "date_trunc" -> truncated();
                    case "toyyyymm", "tostartofmonth" -> of(PartitionTransform.Unit.MONTH);
                    case "toyyyymmdd", "tostartofday", "todate" -> of(PartitionTransform.Unit.DAY);
                    case "toyear", "tostartofyear", "year" -> of(PartitionTransform.Unit.YEAR);
                    case "tostartofhour" -> of(PartitionTransform.Unit.HOUR);
                    default ->
                            throw cursor.notSupported(
                                    token,
                                    "PARTITION BY takes a column or date_trunc('unit', column), found "
                                            + name
                                            + "(…)");
                };
        cursor.expectSymbol(")");
        return partition;
    }

    private PartitionSpec of(PartitionTransform.Unit unit) {
        return new PartitionSpec(cursor.name("a column name"), unit);
    }

    private PartitionSpec truncated() {
        SqlToken token = cursor.peek();
        String text = cursor.string("a unit such as 'month'");
        for (PartitionTransform.Unit unit : PartitionTransform.Unit.values()) {
            if (unit.name().equalsIgnoreCase(text)) {
                cursor.expectSymbol(",");
                return of(unit);
            }
        }
        throw cursor.error(
                token,
                ErrorCode.INVALID_PARAMETER,
                "There is no unit '"
                        + text
                        + "'; there are hour, day, week, month, quarter and year");
    }
}
