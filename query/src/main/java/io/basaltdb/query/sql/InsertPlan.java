package io.basaltdb.query.sql;

import io.basaltdb.query.optimizer.RelTypes;
import io.basaltdb.query.optimizer.TableView;
import io.basaltdb.query.plan.KeyRule;
import io.basaltdb.query.plan.PlanNode;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/// An INSERT as a query over the source that gives exactly the table's columns: cast to their types, defaults where the statement names no
/// value.
final class InsertPlan {
    private static final Schema ROW_COUNT = Schema.of(new Field("count", Type.BIGINT, false));
    private static final String SOURCE = "source";

    private final TargetTable target;
    private final QuerySyntax source;

    private InsertPlan(TargetTable target, QuerySyntax source) {
        this.target = target;
        this.source = source;
    }

    static InsertPlan of(Statement.InsertDefaults insert, CatalogView catalog, String schema) {
        TargetTable target = TargetTable.find(insert.target(), catalog, schema, "inserted into");
        TableView table = target.view();
        QuerySyntax one = QueryParser.generated("VALUES (0)");
        return new InsertPlan(
                target, new Rewrite(table, new int[table.schema().size()]).nothingFrom(one));
    }

    static InsertPlan of(Statement.Insert insert, CatalogView catalog, String schema) {
        TargetTable target = TargetTable.find(insert.target(), catalog, schema, "inserted into");
        TableView table = target.view();
        Rewrite rewrite = new Rewrite(table, sourceColumns(insert, table));
        return new InsertPlan(
                target, rewrite.everythingFrom(insert.source(), insert.columns().isEmpty()));
    }

    /// The query that gives the rows.
    QuerySyntax source() {
        return source;
    }

    PlannedQuery withTarget(PlannedQuery rows) {
        return withTarget(rows, new ConflictPlan(new KeyRule.Refuse(), List.of()), null);
    }

    PlannedQuery withTarget(
            PlannedQuery rows, ConflictPlan conflict, RowBinder.@Nullable Bound returned) {
        PlanNode insert =
                new PlanNode.Insert(
                        target.name(),
                        rows.plan(),
                        conflict.rule(),
                        returned != null,
                        returned == null ? ROW_COUNT : target.view().schema());
        return RowBinder.planned(insert, rows, conflict.parameters(), returned);
    }

    TargetTable target() {
        return target;
    }

    /// Per column of the table its place in the source plus one, 0 where the statement does not name it.
    private static int[] sourceColumns(Statement.Insert insert, TableView table) {
        int[] places = new int[table.schema().size()];
        int place = 0;
        if (insert.columns().isEmpty()) {
            for (int i = 0; i < places.length; i++) {
                places[i] = table.generated().contains(i) ? 0 : ++place;
            }
            return places;
        }
        for (String column : insert.columns()) {
            int index = table.schema().indexOf(column);
            if (index < 0) {
                throw new BasaltException(
                        ErrorCode.UNDEFINED_COLUMN,
                        "There is no column " + column + " in " + insert.target());
            }
            checkGiven(table, index, "INSERT cannot give it a value; leave it out");
            if (places[index] != 0) {
                throw new BasaltException(
                        ErrorCode.DUPLICATE_COLUMN,
                        "Column " + column + " is named twice in INSERT");
            }
            places[index] = ++place;
        }
        return places;
    }

    /// Refuses a generated column.
    static void checkGiven(TableView table, int column, String advice) {
        if (table.generated().contains(column)) {
            throw new BasaltException(
                    ErrorCode.GENERATED_ALWAYS,
                    "Column "
                            + table.schema().field(column).name()
                            + " is computed from others, "
                            + advice);
        }
    }

    /// Builds the query around the source.
    private static final class Rewrite {
        private final TableView table;
        private final int[] places;
        private final RelDataTypeFactory types = RelTypes.newFactory();

        Rewrite(TableView table, int[] places) {
            this.table = table;
            this.places = places;
        }

        QuerySyntax nothingFrom(QuerySyntax source) {
            return query(source, source.tree(), 1);
        }

        QuerySyntax everythingFrom(QuerySyntax source, boolean allColumns) {
            int given = 0;
            for (int place : places) {
                given = Math.max(given, place);
            }
            SqlNode tree = source.tree();
            if (tree instanceof SqlCall rows && tree.getKind() == SqlKind.VALUES) {
                if (allColumns) {
                    given = fewer(rows, given);
                }
                tree = typedRows(rows, given);
            } else if (tree instanceof SqlSelect select) {
                tree = typedParameters(select, given);
            }
            return query(source, tree, given);
        }

        /// Rows may leave out the last columns where INSERT names none.
        private int fewer(SqlCall rows, int given) {
            int width = ((SqlCall) rows.operand(0)).operandCount();
            if (width >= given) {
                return given;
            }
            for (int i = 0; i < places.length; i++) {
                if (places[i] > width) {
                    places[i] = 0;
                }
            }
            return width;
        }

        private QuerySyntax query(QuerySyntax source, SqlNode tree, int given) {
            SqlParserPos at = SqlParserPos.ZERO;
            List<SqlNode> aliased = new ArrayList<>();
            aliased.add(tree);
            aliased.add(new SqlIdentifier(SOURCE, at));
            for (int i = 0; i < given; i++) {
                aliased.add(new SqlIdentifier(sourceName(i), at));
            }
            List<SqlNode> columns = new ArrayList<>();
            for (int i = 0; i < places.length; i++) {
                Field field = table.schema().field(i);
                SqlNode value =
                        places[i] == 0
                                ? defaultOf(i)
                                : new SqlIdentifier(List.of(SOURCE, sourceName(places[i] - 1)), at);
                columns.add(
                        SqlStdOperatorTable.AS.createCall(
                                at,
                                cast(value, field.type()),
                                new SqlIdentifier(field.name(), at)));
            }
            SqlSelect select =
                    new SqlSelect(
                            at,
                            null,
                            new SqlNodeList(columns, at),
                            SqlStdOperatorTable.AS.createCall(at, aliased),
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null);
            checkWidth(source, tree, given);
            return new QuerySyntax(source.sql(), select, source.text());
        }

        private static void checkWidth(QuerySyntax source, SqlNode tree, int given) {
            if (tree.getKind() != SqlKind.VALUES) {
                return;
            }
            for (SqlNode row : ((SqlCall) tree).getOperandList()) {
                int width = ((SqlCall) row).operandCount();
                if (width != given) {
                    SqlParserPos at = row.getParserPosition();
                    throw source.text()
                            .toSource(at.getLineNum(), at.getColumnNum())
                            .error(
                                    ErrorCode.SYNTAX_ERROR,
                                    "INSERT has "
                                            + given
                                            + " columns, but this row has "
                                            + width
                                            + " values");
                }
            }
        }

        private static String sourceName(int index) {
            return "value" + (index + 1);
        }

        private SqlNode cast(SqlNode value, Type type) {
            return CastOperator.cast(value, type, types);
        }

        private SqlNode defaultOf(int column) {
            @Nullable String sql = table.defaultSql(column);
            return sql == null
                    ? SqlLiteral.createNull(SqlParserPos.ZERO)
                    : new QueryParser(sql).expression(0, sql.length());
        }

        /// The query with the items that are parameters cast to the types of their columns: nothing else says what they are.
        private SqlNode typedParameters(SqlSelect select, int given) {
            if (select.getSelectList().stream().noneMatch(Rewrite::isParameter)) {
                return select;
            }
            int[] columnOf = columnOf(given);
            SqlSelect typed = (SqlSelect) TreeCopy.of(select);
            SqlNodeList items = typed.getSelectList();
            for (int i = 0; i < Math.min(given, items.size()); i++) {
                if (isParameter(items.get(i))) {
                    SqlNode parameter =
                            items.get(i).getKind() == SqlKind.AS
                                    ? ((SqlCall) items.get(i)).operand(0)
                                    : items.get(i);
                    items.set(i, cast(parameter, table.schema().type(columnOf[i])));
                }
            }
            return typed;
        }

        private static boolean isParameter(SqlNode item) {
            return item.getKind() == SqlKind.DYNAMIC_PARAM
                    || (item.getKind() == SqlKind.AS && isParameter(((SqlCall) item).operand(0)));
        }

        /// The column of the table for each of the source.
        private int[] columnOf(int given) {
            int[] columnOf = new int[given];
            for (int column = 0; column < places.length; column++) {
                if (places[column] > 0) {
                    columnOf[places[column] - 1] = column;
                }
            }
            return columnOf;
        }

        /// The rows with DEFAULT replaced, and every cell of a column that is not literals of one kind alone cast where it stands, so that
        /// parameters have types and rows of different types fit each other.
        private SqlNode typedRows(SqlCall rows, int given) {
            int[] columnOf = columnOf(given);
            boolean[] uniform = new boolean[given];
            for (int i = 0; i < given; i++) {
                uniform[i] = isUniform(rows, i);
            }
            List<SqlNode> typed = new ArrayList<>();
            for (SqlNode row : rows.getOperandList()) {
                SqlCall cells = (SqlCall) row;
                List<SqlNode> values = new ArrayList<>();
                for (int i = 0; i < cells.operandCount(); i++) {
                    SqlNode cell = signed(cells.operand(i));
                    values.add(i >= given || uniform[i] ? cell : typedCell(cell, columnOf[i]));
                }
                typed.add(new SqlBasicCall(cells.getOperator(), values, cells.getParserPosition()));
            }
            return new SqlBasicCall(rows.getOperator(), typed, rows.getParserPosition());
        }

        /// Whether a column of the rows holds literals of one family alone: then the cast around all rows gives them their type at once.
        private static boolean isUniform(SqlCall rows, int column) {
            @Nullable SqlTypeFamily common = null;
            for (SqlNode row : rows.getOperandList()) {
                if (column >= ((SqlCall) row).operandCount()
                        || !(signed(((SqlCall) row).operand(column))
                                instanceof SqlLiteral literal)) {
                    return false;
                }
                if (literal.getTypeName() != SqlTypeName.NULL) {
                    SqlTypeFamily family = literal.getTypeName().getFamily();
                    if (common != null && family != common) {
                        return false;
                    }
                    common = family;
                }
            }
            return common != null;
        }

        /// `-5` as one literal.
        private static SqlNode signed(SqlNode cell) {
            return cell.getKind() == SqlKind.MINUS_PREFIX
                            && ((SqlCall) cell).operand(0) instanceof SqlNumericLiteral number
                            && number.isExact()
                    ? SqlLiteral.createExactNumeric(
                            "-" + number.toValue(), cell.getParserPosition())
                    : cell;
        }

        private SqlNode typedCell(SqlNode cell, int column) {
            Type type = table.schema().type(column);
            return cast(cell.getKind() == SqlKind.DEFAULT ? defaultOf(column) : cell, type);
        }
    }
}
