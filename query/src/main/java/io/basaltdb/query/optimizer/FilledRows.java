package io.basaltdb.query.optimizer;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.basaltdb.query.function.GapFunctions;
import io.basaltdb.query.function.ScalarFunction;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexWindowBounds;
import org.apache.calcite.rex.RexWindowExclusion;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/// Rows with further rows in the gaps between them, out of what there is already: a window tells each row of its neighbours, a function gives the list of its own
/// point and those of the gaps beside it ([GapFunctions#POINTS]), the list is unnested, and the columns of a row that was filled in follow from those of the row
/// that its gap belongs to.
///
/// Each column has one of these for the rows that are filled in: the point itself, the value of the group, NULL or what stands for it, a constant, the value of the last
/// row, the value on the line between the neighbours.
final class FilledRows {
    /// What a column has in a row that was filled in.
    private enum Rule {
        POINT,
        GROUP,
        NULL,
        DEFAULT,
        CONSTANT,
        LAST,
        LAST_OR_DEFAULT,
        LINE
    }

    private final RelNode rows;
    private final RexBuilder rex;
    private final List<Integer> partition;
    private final int point;
    private final boolean descends;
    private final Rule[] rules;
    private final Map<Integer, RexNode> constants = new HashMap<>();
    private boolean alsoWithoutRows;

    /// @param partition the columns whose values have gaps filled each on their own
    /// @param point the column that has gaps
    FilledRows(RelNode rows, List<Integer> partition, int point, boolean descends) {
        this.rows = rows;
        this.rex = Rels.rex(rows);
        this.partition = List.copyOf(partition);
        this.point = point;
        this.descends = descends;
        this.rules = new Rule[rows.getRowType().getFieldCount()];
        Arrays.fill(rules, Rule.NULL);
    }

    void point(int field) {
        rules[field] = Rule.POINT;
    }

    void group(int field) {
        rules[field] = Rule.GROUP;
    }

    void nothing(int field) {
        rules[field] = Rule.NULL;
    }

    /// NULL, or zero, false, an empty text where the column cannot be NULL.
    void otherwise(int field) {
        rules[field] = Rule.DEFAULT;
    }

    void constant(int field, RexNode value) {
        rules[field] = Rule.CONSTANT;
        constants.put(field, value);
    }

    /// @param hasDefault whether before the first row stands what stands for NULL
    void last(int field, boolean hasDefault) {
        rules[field] = hasDefault ? Rule.LAST_OR_DEFAULT : Rule.LAST;
    }

    void between(int field) {
        rules[field] = Rule.LINE;
    }

    /// The gap between the bounds is filled also where there is no row.
    void alsoWithoutRows() {
        alsoWithoutRows = true;
    }

    /// The filled rows, with the columns of the rows, in no order.
    ///
    /// @param from where gaps begin; null: at the first row
    /// @param to before which they end; null: at the last row
    RelNode filled(@Nullable RexNode from, @Nullable RexNode to, RexNode step) {
        int width = rules.length;
        RelNode present = alsoWithoutRows ? orOneRow() : marked(rows);
        RexNode own = RexInputRef.of(point, present.getRowType());
        List<RexNode> columns = new ArrayList<>(Rels.refs(present));
        int previous = columns.size();
        columns.add(over(SqlStdOperatorTable.LAG, nullable(own.getType()), List.of(own), present));
        int next = columns.size();
        columns.add(over(SqlStdOperatorTable.LEAD, nullable(own.getType()), List.of(own), present));
        int number = columns.size();
        columns.add(
                over(
                        SqlStdOperatorTable.ROW_NUMBER,
                        types().createSqlType(SqlTypeName.BIGINT),
                        List.of(),
                        present));
        int anchor = columns.size();
        columns.add(
                from != null
                        ? rex.makeNullLiteral(nullable(own.getType()))
                        : over(
                                descends ? SqlStdOperatorTable.MAX : SqlStdOperatorTable.MIN,
                                nullable(own.getType()),
                                List.of(own),
                                present));
        Map<Integer, Integer> nextValues = new HashMap<>();
        for (int i = 0; i < width; i++) {
            if (rules[i] == Rule.LINE) {
                RexNode value = RexInputRef.of(i, present.getRowType());
                nextValues.put(i, columns.size());
                columns.add(
                        over(
                                SqlStdOperatorTable.LEAD,
                                nullable(value.getType()),
                                List.of(value),
                                present));
            }
        }
        RelNode windows = project(present, columns);
        List<RexNode> withList = new ArrayList<>(Rels.refs(windows));
        RexNode none = rex.makeNullLiteral(nullable(own.getType()));
        withList.add(
                call(
                        GapFunctions.POINTS,
                        RexInputRef.of(point, windows.getRowType()),
                        RexInputRef.of(previous, windows.getRowType()),
                        RexInputRef.of(next, windows.getRowType()),
                        RexInputRef.of(number, windows.getRowType()),
                        from == null ? none : from,
                        RexInputRef.of(anchor, windows.getRowType()),
                        to == null ? none : to,
                        step,
                        number(descends ? 1 : 0),
                        RexInputRef.of(width, windows.getRowType())));
        RelNode listed = project(windows, withList);
        RelDataType element = types().builder().add("point", nullable(own.getType())).build();
        RelNode unnested =
                new UnnestRel(listed, List.of(withList.size() - 1), false, false, element);
        return project(unnested, columns(unnested, next, nextValues));
    }

    private List<RexNode> columns(RelNode unnested, int next, Map<Integer, Integer> nextValues) {
        RelDataType row = unnested.getRowType();
        RexNode own = RexInputRef.of(point, row);
        RexNode here = RexInputRef.of(row.getFieldCount() - 1, row);
        RexNode isReal = rex.makeCall(SqlStdOperatorTable.IS_NOT_DISTINCT_FROM, here, own);
        RexNode isBehind =
                rex.makeCall(
                        descends ? SqlStdOperatorTable.LESS_THAN : SqlStdOperatorTable.GREATER_THAN,
                        here,
                        own);
        List<RexNode> columns = new ArrayList<>();
        for (int i = 0; i < rules.length; i++) {
            RexNode value = RexInputRef.of(i, row);
            RelDataType type = nullable(value.getType());
            RexNode nothing = rex.makeNullLiteral(type);
            columns.add(
                    switch (rules[i]) {
                        case POINT -> here;
                        case GROUP -> value;
                        case NULL -> choice(type, isReal, value, nothing);
                        case DEFAULT -> choice(type, isReal, value, standIn(i));
                        case CONSTANT ->
                                choice(
                                        type,
                                        isReal,
                                        value,
                                        rex.makeAbstractCast(
                                                type,
                                                Objects.requireNonNull(constants.get(i)),
                                                false));
                        case LAST ->
                                choice(
                                        type,
                                        rex.makeCall(SqlStdOperatorTable.OR, isReal, isBehind),
                                        value,
                                        nothing);
                        case LAST_OR_DEFAULT ->
                                choice(
                                        type,
                                        rex.makeCall(SqlStdOperatorTable.OR, isReal, isBehind),
                                        value,
                                        standIn(i));
                        case LINE ->
                                choice(
                                        type,
                                        isReal,
                                        value,
                                        choice(
                                                type,
                                                isBehind,
                                                call(
                                                        GapFunctions.INTERPOLATED,
                                                        value,
                                                        RexInputRef.of(
                                                                Objects.requireNonNull(
                                                                        nextValues.get(i)),
                                                                row),
                                                        own,
                                                        RexInputRef.of(next, row),
                                                        here),
                                                nothing));
                    });
        }
        return columns;
    }

    private RexNode choice(RelDataType type, RexNode condition, RexNode value, RexNode otherwise) {
        return rex.makeCall(type, SqlStdOperatorTable.CASE, List.of(condition, value, otherwise));
    }

    /// NULL where the column can be that, else the zero of its type.
    private RexNode standIn(int field) {
        RelDataType type = rows.getRowType().getFieldList().get(field).getType();
        return type.isNullable()
                ? rex.makeNullLiteral(type)
                : rex.makeAbstractCast(nullable(type), zero(type), false);
    }

    private RexNode zero(RelDataType type) {
        return switch (type.getSqlTypeName()) {
            case BOOLEAN -> rex.makeLiteral(false);
            case TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL, REAL, FLOAT, DOUBLE -> number(0);
            case VARCHAR, CHAR -> text("");
            case DATE -> text("1970-01-01");
            case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> text("1970-01-01 00:00:00+00");
            default -> rex.makeNullLiteral(nullable(type));
        };
    }

    private RexNode text(String value) {
        return rex.makeLiteral(value, types().createSqlType(SqlTypeName.VARCHAR), true);
    }

    private RexNode number(long value) {
        return rex.makeBigintLiteral(BigDecimal.valueOf(value));
    }

    /// The rows with 1 behind them.
    private RelNode marked(RelNode input) {
        List<RexNode> columns = new ArrayList<>(Rels.refs(input));
        columns.add(number(1));
        return project(input, columns);
    }

    /// The rows with 1 behind them; one row of NULLs where there is none.
    private RelNode orOneRow() {
        RelDataType one =
                types().builder().add("one", types().createSqlType(SqlTypeName.INTEGER)).build();
        RelNode single =
                LogicalValues.create(
                        rows.getCluster(),
                        one,
                        ImmutableList.of(
                                ImmutableList.of(
                                        rex.makeExactLiteral(
                                                BigDecimal.ONE,
                                                one.getFieldList().getFirst().getType()))));
        RelNode joined =
                LogicalJoin.create(
                        single,
                        marked(rows),
                        ImmutableList.of(),
                        rex.makeLiteral(true),
                        ImmutableSet.of(),
                        JoinRelType.LEFT);
        List<RexNode> refs = Rels.refs(joined);
        return project(joined, refs.subList(1, refs.size()));
    }

    private RexNode call(ScalarFunction function, RexNode... operands) {
        return rex.makeCall(new FunctionOperator(function.name(), function), operands);
    }

    private RelDataTypeFactory types() {
        return rex.getTypeFactory();
    }

    private RelDataType nullable(RelDataType type) {
        return types().createTypeWithNullability(type, true);
    }

    private RexNode over(
            SqlAggFunction function, RelDataType type, List<RexNode> arguments, RelNode input) {
        List<RexNode> keys = new ArrayList<>();
        for (int field : partition) {
            keys.add(RexInputRef.of(field, input.getRowType()));
        }
        RexNode own = RexInputRef.of(point, input.getRowType());
        Set<SqlKind> direction =
                descends
                        ? Set.of(SqlKind.DESCENDING, SqlKind.NULLS_LAST)
                        : Set.of(SqlKind.NULLS_LAST);
        return rex.makeOver(
                type,
                function,
                arguments,
                keys,
                ImmutableList.of(new RexFieldCollation(own, direction)),
                RexWindowBounds.UNBOUNDED_PRECEDING,
                RexWindowBounds.CURRENT_ROW,
                RexWindowExclusion.EXCLUDE_NO_OTHER,
                true,
                true,
                false,
                false,
                false);
    }

    private static RelNode project(RelNode input, List<RexNode> columns) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            names.add("c" + i);
        }
        return LogicalProject.create(input, List.of(), columns, names, ImmutableSet.of());
    }
}
