package io.basaltdb.query.optimizer;

import io.basaltdb.query.function.FunctionCatalog;
import io.basaltdb.query.function.GapFunctions;
import io.basaltdb.query.function.ScalarFunction;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/// Queries that fill gaps: groupings by `time_bucket_gapfill`, and orders WITH FILL. Both become [FilledRows] above the rows that there are.
@SuppressWarnings("ReferenceEquality") // a tree that did not change is the same object
final class GapFilling extends RexShuttle {
    private static final String BUCKET = "time_bucket_gapfill";

    private final RexBuilder rex;

    GapFilling(RexBuilder rex) {
        this.rex = rex;
    }

    /// The tree with all its gaps filled.
    RelNode filled(RelNode tree) {
        RelNode filled = apply(tree);
        check(filled);
        return filled;
    }

    private static void check(RelNode rel) {
        rel.accept(
                new RexShuttle() {
                    @Override
                    public RexNode visitCall(RexCall call) {
                        if (call.getOperator() instanceof CatalogOperator operator) {
                            @Nullable BasaltException misplaced =
                                    GapFunctions.misplaced(operator.function().name());
                            if (misplaced != null) {
                                throw misplaced;
                            }
                        }
                        return super.visitCall(call);
                    }

                    @Override
                    public RexNode visitSubQuery(RexSubQuery query) {
                        check(query.rel);
                        return super.visitSubQuery(query);
                    }
                });
        rel.getInputs().forEach(GapFilling::check);
    }

    private RelNode apply(RelNode rel) {
        RelNode same = rel.accept(this);
        if (same instanceof Project project) {
            @Nullable Buckets buckets = buckets(project.getInput());
            if (buckets != null) {
                return buckets.under(project);
            }
        }
        @Nullable Buckets buckets = buckets(same);
        if (buckets != null) {
            return Rels.select(
                    buckets.filled(List.of(), List.of()).rel(),
                    Columns.identity(same.getRowType().getFieldCount()),
                    same.getRowType());
        }
        List<RelNode> inputs = new ArrayList<>();
        boolean changed = false;
        for (RelNode input : same.getInputs()) {
            RelNode rewritten = apply(input);
            changed |= rewritten != input;
            inputs.add(rewritten);
        }
        RelNode result = changed ? same.copy(same.getTraitSet(), inputs) : same;
        return result instanceof Sort sort ? sorted(sort) : result;
    }

    @Override
    public RexNode visitSubQuery(RexSubQuery query) {
        RexSubQuery operands = (RexSubQuery) super.visitSubQuery(query);
        RelNode rel = apply(operands.rel);
        return rel == operands.rel ? operands : operands.clone(rel);
    }

    private static boolean isCall(RexNode node, String name) {
        return node instanceof RexCall call
                && call.getOperator() instanceof CatalogOperator operator
                && operator.function().name().equals(name);
    }

    private static List<RexNode> operands(RexNode call) {
        return ((RexCall) call).getOperands();
    }

    private RexNode call(ScalarFunction function, RexNode... operands) {
        return rex.makeCall(new FunctionOperator(function.name(), function), operands);
    }

    private static BasaltException refused(ErrorCode code, String message) {
        return new BasaltException(code, message);
    }

    // ORDER BY … WITH FILL

    private RelNode sorted(Sort sort) {
        if (!(sort.getInput() instanceof Project project)) {
            return sort;
        }
        List<RelFieldCollation> keys = sort.getCollation().getFieldCollations();
        for (int i = 0; i < keys.size(); i++) {
            int field = keys.get(i).getFieldIndex();
            if (isCall(project.getProjects().get(field), GapFunctions.MARKER_NAME)) {
                return filled(sort, project, i);
            }
        }
        return sort;
    }

    private RelNode filled(Sort sort, Project project, int place) {
        List<RelFieldCollation> keys = sort.getCollation().getFieldCollations();
        RelFieldCollation key = keys.get(place);
        int marked = key.getFieldIndex();
        List<RexNode> marker = operands(project.getProjects().get(marked));
        RexNode point = marker.getFirst();
        List<RexNode> columns = new ArrayList<>(project.getProjects());
        columns.set(marked, point);
        for (int i = 0; i < columns.size(); i++) {
            if (i != marked && isCall(columns.get(i), GapFunctions.MARKER_NAME)) {
                throw refused(
                        ErrorCode.FEATURE_NOT_SUPPORTED,
                        "WITH FILL goes with one key of ORDER BY; the keys before it say for which rows gaps are"
                                + " filled each on their own");
            }
        }
        checkPoint(point, "WITH FILL");
        List<Integer> partition =
                keys.subList(0, place).stream().map(RelFieldCollation::getFieldIndex).toList();
        List<RexNode> groups = partition.stream().map(columns::get).toList();
        RelNode base =
                LogicalProject.create(
                        project.getInput(),
                        List.of(),
                        columns,
                        project.getRowType().getFieldNames(),
                        project.getVariablesSet());
        List<RexNode> interpolated = new ArrayList<>(marker.subList(4, marker.size()));
        boolean carriesAll =
                interpolated.size() == 1
                        && interpolated.getFirst() instanceof RexLiteral literal
                        && GapFunctions.CARRY_ALL.equals(literal.getValueAs(String.class));
        FilledRows rows = new FilledRows(base, partition, marked, key.direction.isDescending());
        for (int i = 0; i < columns.size(); i++) {
            RexNode column = columns.get(i);
            if (column.equals(point)) {
                rows.point(i);
            } else if (groups.contains(column)) {
                rows.group(i);
            } else if (carriesAll) {
                rows.last(i, true);
            } else {
                interpolate(rows, i, column, interpolated);
            }
        }
        for (int i = 0; !carriesAll && i < interpolated.size(); i += 2) {
            if (!columns.contains(interpolated.get(i))) {
                throw refused(
                        ErrorCode.INVALID_DEFINITION,
                        "INTERPOLATE names columns of the SELECT list; column "
                                + (i / 2 + 1)
                                + " of its list is none");
            }
        }
        @Nullable RexNode from = bound(marker.get(1), point, "FROM");
        @Nullable RexNode to = bound(marker.get(2), point, "TO");
        RelNode filled = rows.filled(from, to, step(marker.get(3), point, key));
        RelNode typed = Rels.select(filled, Columns.identity(columns.size()), base.getRowType());
        return LogicalSort.create(
                typed, sort.getCollation(), sort.offset, isAll(sort.fetch) ? null : sort.fetch);
    }

    private static boolean isAll(@Nullable RexNode fetch) {
        return fetch instanceof RexLiteral count
                && Long.valueOf(GapFunctions.ALL_ROWS).equals(count.getValueAs(Long.class));
    }

    private static void interpolate(
            FilledRows rows, int field, RexNode column, List<RexNode> interpolated) {
        for (int i = 0; i + 1 < interpolated.size(); i += 2) {
            if (interpolated.get(i).equals(column)) {
                RexNode value = interpolated.get(i + 1);
                if (value.equals(column)) {
                    rows.last(field, true);
                } else if (Columns.used(value).isEmpty()) {
                    rows.constant(field, value);
                } else {
                    throw refused(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "INTERPOLATE gives a column its last value or a constant: INTERPOLATE (a, b AS 0);"
                                    + " compute from the last value in a query around this one");
                }
                return;
            }
        }
        rows.otherwise(field);
    }

    private void checkPoint(RexNode point, String what) {
        Type type = RelTypes.toType(point.getType());
        if (!GapFunctions.hasGaps(type)) {
            throw refused(
                    ErrorCode.DATATYPE_MISMATCH,
                    what
                            + " takes whole numbers, DECIMAL of up to 18 digits, DATE and TIMESTAMP, not "
                            + type.sql());
        }
    }

    /// The bound in the type of the points; null where there is none.
    private @Nullable RexNode bound(RexNode bound, RexNode point, String what) {
        if (isNull(bound)) {
            return null;
        }
        if (!Columns.used(bound).isEmpty()) {
            throw refused(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    what + " of the rows to be filled in is a constant, not a column");
        }
        Type from = RelTypes.toType(bound.getType());
        Type to = RelTypes.toType(point.getType());
        boolean fits =
                to instanceof Type.Int
                        ? from instanceof Type.Int
                        : to instanceof Type.Decimal
                                ? from instanceof Type.Int || from instanceof Type.Decimal
                                : from instanceof Type.Text
                                        || from instanceof Type.Date
                                        || from instanceof Type.Timestamp
                                        || from instanceof Type.TimestampTz;
        if (!fits) {
            throw refused(
                    ErrorCode.DATATYPE_MISMATCH,
                    what
                            + " of the rows to be filled in is "
                            + from.sql()
                            + ", which is no point between values of "
                            + to.sql());
        }
        checkDigits(from, to, what);
        return cast(bound, point.getType());
    }

    private static void checkDigits(Type given, Type point, String what) {
        if (scale(given) > scale(point)) {
            throw refused(
                    ErrorCode.DATATYPE_MISMATCH,
                    what
                            + " of the rows to be filled in is "
                            + given.sql()
                            + ", which has more digits behind the point than "
                            + point.sql()
                            + "; cast the key of the order to that type");
        }
    }

    private static int scale(Type type) {
        return type instanceof Type.Decimal decimal ? decimal.scale() : 0;
    }

    private static boolean isNull(RexNode node) {
        return (node instanceof RexLiteral literal && literal.isNull())
                || (node.isA(SqlKind.CAST) && isNull(operands(node).getFirst()));
    }

    private RexNode cast(RexNode node, RelDataType type) {
        RelDataType nullable = rex.getTypeFactory().createTypeWithNullability(type, true);
        return RelTypes.toType(node.getType()).equals(RelTypes.toType(type))
                ? node
                : rex.makeAbstractCast(nullable, node, false);
    }

    private RexNode step(RexNode step, RexNode point, RelFieldCollation key) {
        Type type = RelTypes.toType(point.getType());
        if (isNull(step)) {
            long one = key.direction.isDescending() ? -1 : 1;
            RexNode number = rex.makeBigintLiteral(java.math.BigDecimal.valueOf(one));
            return type instanceof Type.Decimal ? cast(number, point.getType()) : number;
        }
        if (!Columns.used(step).isEmpty()) {
            throw refused(ErrorCode.FEATURE_NOT_SUPPORTED, "STEP is a constant, not a column");
        }
        Type given = RelTypes.toType(step.getType());
        if (!GapFunctions.isStep(given, type)) {
            throw refused(
                    ErrorCode.DATATYPE_MISMATCH,
                    "A STEP of "
                            + given.sql()
                            + " does not lead from one "
                            + type.sql()
                            + " to the next");
        }
        if (type instanceof Type.Decimal) {
            checkDigits(given, type, "STEP");
            return cast(step, point.getType());
        }
        return step;
    }

    // time_bucket_gapfill

    /// The grouping by `time_bucket_gapfill` below, with the conditions on groups above it; null where the tree is another.
    private @Nullable Buckets buckets(RelNode rel) {
        RelNode node = rel;
        while (node instanceof Filter filter) {
            node = filter.getInput();
        }
        if (!(node instanceof Aggregate aggregate)
                || !(aggregate.getInput() instanceof Project project)) {
            return null;
        }
        int found = -1;
        for (int i = 0; i < aggregate.getGroupCount(); i++) {
            int field = aggregate.getGroupSet().nth(i);
            if (isCall(project.getProjects().get(field), BUCKET)) {
                if (found >= 0) {
                    throw refused(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "A query groups by one time_bucket_gapfill");
                }
                found = i;
            }
        }
        if (found < 0) {
            return null;
        }
        if (aggregate.getGroupType() != Aggregate.Group.SIMPLE) {
            throw refused(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "time_bucket_gapfill does not go with GROUPING SETS, ROLLUP and CUBE");
        }
        return new Buckets(rel, aggregate, project, found);
    }

    /// One grouping by buckets.
    private final class Buckets {
        private final RelNode top;
        private final Aggregate aggregate;
        private final Project project;
        private final int bucket;
        private final List<RexNode> arguments;

        Buckets(RelNode top, Aggregate aggregate, Project project, int bucket) {
            this.top = top;
            this.aggregate = aggregate;
            this.project = project;
            this.bucket = bucket;
            this.arguments =
                    operands(project.getProjects().get(aggregate.getGroupSet().nth(bucket)));
        }

        /// The select list above the rows, those that were filled in among them.
        RelNode under(Project above) {
            List<RexNode> carried = new ArrayList<>();
            List<RexNode> interpolated = new ArrayList<>();
            RexShuttle finder =
                    new RexShuttle() {
                        @Override
                        public RexNode visitCall(RexCall call) {
                            if (isCall(call, "locf")) {
                                carried.add(call.getOperands().getFirst());
                            } else if (isCall(call, "interpolate")) {
                                interpolated.add(call.getOperands().getFirst());
                            } else {
                                return super.visitCall(call);
                            }
                            return call;
                        }
                    };
            above.getProjects().forEach(each -> each.accept(finder));
            Filled filled = filled(carried, interpolated);
            List<RexNode> columns = new ArrayList<>();
            RexShuttle replacer = new Replacer(filled, carried, interpolated);
            for (RexNode column : above.getProjects()) {
                RexNode replaced = column.accept(replacer);
                columns.add(
                        replaced.getType().equals(column.getType())
                                ? replaced
                                : rex.makeAbstractCast(column.getType(), replaced, false));
            }
            return LogicalProject.create(
                    filled.rel,
                    List.of(),
                    columns,
                    above.getRowType().getFieldNames(),
                    above.getVariablesSet());
        }

        /// The rows: the columns of the grouping, then those to be carried, then those to be interpolated.
        Filled filled(List<RexNode> carried, List<RexNode> interpolated) {
            RelNode rows = rebuilt(top);
            int width = rows.getRowType().getFieldCount();
            List<RexNode> columns = new ArrayList<>(Rels.refs(rows));
            List<String> names = new ArrayList<>(rows.getRowType().getFieldNames());
            RexShuttle plain = new Unwrapped();
            for (RexNode value : carried) {
                columns.add(value.accept(plain));
                names.add("carried " + columns.size());
            }
            for (RexNode value : interpolated) {
                columns.add(value.accept(plain));
                names.add("interpolated " + columns.size());
            }
            RelNode base =
                    LogicalProject.create(rows, List.of(), columns, names, java.util.Set.of());
            List<Integer> partition = new ArrayList<>();
            for (int i = 0; i < aggregate.getGroupCount(); i++) {
                if (i != bucket) {
                    partition.add(i);
                }
            }
            FilledRows filling = new FilledRows(base, partition, bucket, false);
            for (int i = 0; i < columns.size(); i++) {
                if (i == bucket) {
                    filling.point(i);
                } else if (i < aggregate.getGroupCount()) {
                    filling.group(i);
                } else if (i < width) {
                    filling.nothing(i);
                } else if (i < width + carried.size()) {
                    filling.last(i, false);
                } else {
                    filling.between(i);
                }
            }
            RexNode point = arguments.get(1);
            RexNode start = start(point);
            RexNode from = bucketOf(start, point);
            if (partition.isEmpty()) {
                filling.alsoWithoutRows();
            }
            return new Filled(filling.filled(from, finish(point), arguments.getFirst()), width);
        }

        private RexNode bucketOf(RexNode start, RexNode point) {
            checkPoint(point, BUCKET);
            return call(
                    FunctionCatalog.get("time_bucket"),
                    arguments.getFirst(),
                    cast(start, point.getType()));
        }

        /// The grouping and the conditions above it, by `time_bucket`.
        private RelNode rebuilt(RelNode rel) {
            if (rel instanceof Filter filter) {
                return filter.copy(filter.getTraitSet(), List.of(rebuilt(filter.getInput())));
            }
            List<RexNode> columns = new ArrayList<>(project.getProjects());
            int field = aggregate.getGroupSet().nth(bucket);
            RexNode bucketed =
                    call(FunctionCatalog.get("time_bucket"), arguments.get(0), arguments.get(1));
            columns.set(field, rex.makeAbstractCast(columns.get(field).getType(), bucketed, false));
            RelNode input =
                    LogicalProject.create(
                            apply(project.getInput()),
                            List.of(),
                            columns,
                            project.getRowType().getFieldNames(),
                            project.getVariablesSet());
            return aggregate.copy(aggregate.getTraitSet(), List.of(input));
        }

        private RexNode start(RexNode point) {
            if (arguments.size() > 2 && !isNull(arguments.get(2))) {
                return constant(arguments.get(2), "start");
            }
            @Nullable RexNode found =
                    condition(point, SqlKind.GREATER_THAN_OR_EQUAL, SqlKind.GREATER_THAN);
            if (found == null) {
                throw missing("start", "WHERE ts >= …");
            }
            return found;
        }

        private RexNode finish(RexNode point) {
            if (arguments.size() > 3 && !isNull(arguments.get(3))) {
                return cast(constant(arguments.get(3), "finish"), point.getType());
            }
            @Nullable RexNode found =
                    condition(point, SqlKind.LESS_THAN, SqlKind.LESS_THAN_OR_EQUAL);
            if (found == null) {
                throw missing("finish", "WHERE ts < …");
            }
            return found;
        }

        private RexNode constant(RexNode node, String what) {
            if (!Columns.used(node).isEmpty()) {
                throw refused(
                        ErrorCode.FEATURE_NOT_SUPPORTED,
                        "The " + what + " of time_bucket_gapfill is a constant, not a column");
            }
            return node;
        }

        private BasaltException missing(String what, String condition) {
            return refused(
                    ErrorCode.INVALID_DEFINITION,
                    "time_bucket_gapfill does not know its "
                            + what
                            + ": give start and finish as the third and fourth argument, or a condition on the time that"
                            + " it buckets, compared with a constant of the same type: "
                            + condition);
        }

        /// What the time is compared with in WHERE: by the first kind as it is, by the second kind the least point behind it. With several such conditions
        /// the first one counts.
        private @Nullable RexNode condition(RexNode point, SqlKind wanted, SqlKind moved) {
            RelNode node = project.getInput();
            while (node instanceof Filter filter) {
                for (RexNode conjunct : Conjunctions.of(filter.getCondition())) {
                    if (!(conjunct instanceof RexCall comparison)
                            || comparison.getOperands().size() != 2) {
                        continue;
                    }
                    RexNode left = comparison.getOperands().get(0);
                    RexNode right = comparison.getOperands().get(1);
                    boolean isTurned = right.equals(point);
                    RexNode bound = isTurned ? left : right;
                    SqlKind kind = isTurned ? comparison.getKind().reverse() : comparison.getKind();
                    if (!(isTurned || left.equals(point))
                            || !Columns.used(bound).isEmpty()
                            || !RelTypes.isKnown(bound.getType())) {
                        continue;
                    }
                    if (kind == wanted) {
                        return cast(bound, point.getType());
                    }
                    if (kind == moved) {
                        return call(GapFunctions.NEXT_TICK, cast(bound, point.getType()));
                    }
                }
                node = filter.getInput();
            }
            return null;
        }
    }

    /// @param width how many columns the grouping has
    private record Filled(RelNode rel, int width) {}

    /// Takes the calls away that say that an aggregate may have no value.
    private static class Unwrapped extends RexShuttle {
        @Override
        public RexNode visitCall(RexCall call) {
            if (isCall(call, "locf") || isCall(call, "interpolate")) {
                throw refused(
                        ErrorCode.FEATURE_NOT_SUPPORTED,
                        call.getOperator().getName().toLowerCase(Locale.ROOT)
                                + " inside of locf or interpolate is not supported; nest queries");
            }
            return isCall(call, GapFunctions.FILLED_NAME)
                    ? call.getOperands().getFirst().accept(this)
                    : super.visitCall(call);
        }
    }

    /// Puts columns of the filled rows where the select list computes from those of the grouping.
    private static final class Replacer extends RexShuttle {
        private final Filled filled;
        private final int carried;
        private int nextCarried;
        private int nextInterpolated;

        Replacer(Filled filled, List<RexNode> carried, List<RexNode> interpolated) {
            this.filled = filled;
            this.carried = carried.size();
            assert interpolated.size() + this.carried + filled.width
                    == filled.rel.getRowType().getFieldCount();
        }

        @Override
        public RexNode visitInputRef(RexInputRef ref) {
            return RexInputRef.of(ref.getIndex(), filled.rel.getRowType());
        }

        @Override
        public RexNode visitCall(RexCall call) {
            if (isCall(call, "locf")) {
                return RexInputRef.of(filled.width + nextCarried++, filled.rel.getRowType());
            }
            if (isCall(call, "interpolate")) {
                return RexInputRef.of(
                        filled.width + carried + nextInterpolated++, filled.rel.getRowType());
            }
            return isCall(call, GapFunctions.FILLED_NAME)
                    ? call.getOperands().getFirst().accept(this)
                    : super.visitCall(call);
        }
    }
}
