package io.basaltdb.query.optimizer;

import com.google.common.collect.ImmutableRangeSet;
import com.google.common.collect.Range;
import com.google.common.collect.RangeSet;
import com.google.common.collect.TreeRangeSet;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUnknownAs;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.util.Sarg;
import org.jspecify.annotations.Nullable;

/// IN lists of literals become one search argument, however long they are; other lists that stand in the statement become comparisons.
final class InLists extends TreeRewrite {
    /// Rows of `(a, b) IN ((1, 2), …)` that become comparisons; longer ones stay a join.
    private static final int MAX_COMPARISONS = 100;

    InLists(RexBuilder rex) {
        super(rex);
    }

    @Override
    public RexNode visitSubQuery(RexSubQuery query) {
        RexNode visited = super.visitSubQuery(query);
        if (!(visited instanceof RexSubQuery list) || list.getKind() != SqlKind.IN) {
            return visited;
        }
        @Nullable List<List<RexNode>> rows = rows(list.rel);
        if (rows == null) {
            return list;
        }
        if (list.getOperands().size() == 1) {
            @Nullable RexNode search = search(list.getOperands().getFirst(), rows);
            if (search != null) {
                return search;
            }
        }
        return rows.size() <= MAX_COMPARISONS ? comparisons(list.getOperands(), rows) : list;
    }

    /// The rows of a list; null for a query.
    private static @Nullable List<List<RexNode>> rows(RelNode rel) {
        List<List<RexNode>> rows = new ArrayList<>();
        return addRows(rel, rows) ? rows : null;
    }

    private static boolean addRows(RelNode rel, List<List<RexNode>> rows) {
        return switch (rel) {
            case Values values -> {
                for (List<RexLiteral> tuple : values.getTuples()) {
                    rows.add(List.copyOf(tuple));
                }
                yield true;
            }
            case Project project
                    when project.getInput() instanceof Values values
                            && values.getTuples().size() == 1
                            && Columns.used(project.getProjects()).isEmpty() -> {
                rows.add(project.getProjects());
                yield true;
            }
            case Union union when union.all -> {
                boolean all = true;
                for (RelNode input : union.getInputs()) {
                    all &= addRows(input, rows);
                }
                yield all;
            }
            default -> false;
        };
    }

    /// `operand IN (…)` as a search argument, OR UNKNOWN where the list holds a NULL; null where the types do not allow it.
    @SuppressWarnings({"rawtypes", "unchecked"})
    private @Nullable RexNode search(RexNode operand, List<List<RexNode>> rows) {
        RelDataType type = operand.getType();
        RangeSet<Comparable> points = TreeRangeSet.create();
        List<Comparable> values = new ArrayList<>(rows.size());
        boolean hasNull = false;
        Set<RelDataType> types = new LinkedHashSet<>(List.of(type));
        for (List<RexNode> row : rows) {
            if (!(row.getFirst() instanceof RexLiteral literal)) {
                return null;
            }
            if (literal.isNull()) {
                hasNull = true;
                continue;
            }
            if (!SqlTypeUtil.canAssignFrom(type, literal.getType())
                    || literal.getType().getSqlTypeName().getFamily()
                            != type.getSqlTypeName().getFamily()) {
                return null;
            }
            types.add(literal.getType());
            @Nullable Comparable value = literal.getValueAs(Comparable.class);
            if (value == null) {
                return null;
            }
            values.add(value);
        }
        RexNode unknown =
                rex.makeNullLiteral(rex.getTypeFactory().createSqlType(SqlTypeName.BOOLEAN));
        if (values.isEmpty()) {
            return hasNull ? unknown : null;
        }
        values.stream().distinct().forEach(value -> points.add(Range.singleton(value)));
        @Nullable RelDataType common = rex.getTypeFactory().leastRestrictive(List.copyOf(types));
        Sarg<?> sarg = Sarg.of(RexUnknownAs.UNKNOWN, ImmutableRangeSet.copyOf(points));
        RexNode search =
                rex.makeCall(
                        SqlStdOperatorTable.SEARCH,
                        operand,
                        rex.makeSearchArgumentLiteral(
                                sarg, common == null ? type : notNull(common)));
        return hasNull ? rex.makeCall(SqlStdOperatorTable.OR, search, unknown) : search;
    }

    private RelDataType notNull(RelDataType type) {
        return rex.getTypeFactory().createTypeWithNullability(type, false);
    }

    private RexNode comparisons(List<RexNode> operands, List<List<RexNode>> rows) {
        List<RexNode> choices = new ArrayList<>();
        for (List<RexNode> row : rows) {
            List<RexNode> equal = new ArrayList<>();
            for (int i = 0; i < operands.size(); i++) {
                equal.add(rex.makeCall(SqlStdOperatorTable.EQUALS, operands.get(i), row.get(i)));
            }
            choices.add(
                    equal.size() == 1
                            ? equal.getFirst()
                            : rex.makeCall(SqlStdOperatorTable.AND, equal));
        }
        return choices.size() == 1
                ? choices.getFirst()
                : rex.makeCall(SqlStdOperatorTable.OR, choices);
    }
}
