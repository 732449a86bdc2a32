package io.basaltdb.query.optimizer;

import java.util.function.UnaryOperator;
import org.apache.calcite.rel.RelNode;

/// The passes over a tree, in their order.
enum Phase {
    /// What is read in one place is computed for that place.
    SINGLE_READINGS(Need.ALWAYS),
    /// Recursive queries leave the tables of their steps.
    RECURSIONS(Need.ALWAYS),
    /// Lists are unnested where their rows stand.
    UNNESTS(Need.ALWAYS),
    /// Gaps are filled by windows and lists.
    GAPS(Need.ALWAYS),
    /// ASOF joins become windows.
    ASOF_JOINS(Need.ALWAYS),
    /// Samples become conditions.
    SAMPLES(Need.ALWAYS),
    /// IN lists become search arguments.
    IN_LISTS(Need.ALWAYS),
    /// Window sums of intervals become those of their parts.
    INTERVAL_SUMS(Need.ALWAYS),
    /// Window calls leave the expressions that they stand in.
    WINDOWS(Need.ALWAYS),
    /// EXISTS, IN and their negations become semi- and anti-joins.
    SUB_QUERIES_TO_JOINS(Need.ALWAYS),
    /// What sub-queries are left become joins with groupings.
    REMAINING_SUB_QUERIES(Need.ALWAYS),
    /// UNION without ALL, INTERSECT and EXCEPT become groupings.
    SET_OPERATIONS(Need.ALWAYS),
    /// Intervals are compared, grouped and ordered by their lengths.
    INTERVAL_KEYS(Need.ALWAYS),
    /// GROUPING SETS, ROLLUP and CUBE become groupings put together.
    GROUPING_SETS(Need.ALWAYS),
    /// Dates moved by intervals, exact sums and lossless casts of literals become literals.
    FOLD(Need.WHERE_TIME_IS_LEFT),
    /// Group keys that follow from other keys are computed behind the grouping.
    GROUP_KEYS(Need.WHERE_TIME_IS_LEFT),
    /// Calls over the same distinct values become a grouping over a grouping.
    DISTINCT_CALLS(Need.WHERE_TIME_IS_LEFT),
    /// Sums of a column and a constant are computed from the column's sum behind the grouping.
    SUM_ARGUMENTS(Need.WHERE_TIME_IS_LEFT),
    /// Predicates move to the scans, outer joins become inner ones.
    PUSH_PREDICATES(Need.WHERE_OPTIMISED),
    /// What can give no row is not executed.
    EMPTY_TREES(Need.WHERE_TIME_IS_LEFT),
    /// Semi-joins move to the relation that they reduce.
    PLACE_SEMI_JOINS(Need.WHERE_TIME_IS_LEFT),
    /// Inner joins in the order that costs least.
    ORDER_JOINS(Need.WHERE_OPTIMISED);

    /// When a pass is run.
    private enum Need {
        /// Without it a tree cannot be executed.
        ALWAYS,
        /// Without it a tree may never end: a join of many relations as written is a product of them all. Its time is bounded by the
        /// statement's size alone.
        WHERE_OPTIMISED,
        /// It makes a plan better.
        WHERE_TIME_IS_LEFT
    }

    private final Need need;

    Phase(Need need) {
        this.need = need;
    }

    /// The pass itself; a new one for each tree.
    UnaryOperator<RelNode> pass(RelNode root, Cardinality cardinality) {
        return switch (this) {
            case SINGLE_READINGS -> new SingleReadings()::apply;
            case RECURSIONS -> new Recursions()::apply;
            case UNNESTS -> new Unnests()::apply;
            case GAPS -> new GapFilling(Rels.rex(root))::filled;
            case ASOF_JOINS -> new AsofJoins(Rels.rex(root))::apply;
            case SAMPLES -> new Samples(Rels.rex(root))::apply;
            case IN_LISTS -> new InLists(Rels.rex(root))::apply;
            case FOLD -> new Folding(Rels.rex(root))::apply;
            case INTERVAL_SUMS -> new IntervalSums(Rels.rex(root))::apply;
            case WINDOWS -> new Windows(Rels.rex(root))::apply;
            case SUB_QUERIES_TO_JOINS -> new SubQueryJoins(Rels.rex(root))::apply;
            case REMAINING_SUB_QUERIES -> SubQueryFallback::apply;
            case SET_OPERATIONS -> new SetOperations()::apply;
            case INTERVAL_KEYS -> new IntervalKeys(Rels.rex(root))::apply;
            case GROUPING_SETS -> new GroupingSets()::apply;
            case GROUP_KEYS -> new GroupKeys()::apply;
            case DISTINCT_CALLS -> new DistinctCalls()::apply;
            case SUM_ARGUMENTS -> new SumArguments()::apply;
            case PUSH_PREDICATES -> new PredicatePushDown()::apply;
            case EMPTY_TREES -> new EmptyTrees()::apply;
            case PLACE_SEMI_JOINS -> new SemiJoinPlacement(cardinality)::apply;
            case ORDER_JOINS -> new JoinOrder(cardinality)::apply;
        };
    }

    /// Whether it stands behind the passes that compute nothing with literals. These, all of them needed, give the same tree for every query of a shape,
    /// but for the literals in it; only lists that become search arguments hold none afterwards, so that none can be put in their place.
    boolean usesLiterals() {
        return compareTo(FOLD) >= 0;
    }

    boolean isWanted(Optimizer.Effort effort, boolean outOfTime) {
        return switch (need) {
            case ALWAYS -> true;
            case WHERE_OPTIMISED -> effort == Optimizer.Effort.FULL;
            case WHERE_TIME_IS_LEFT -> effort == Optimizer.Effort.FULL && !outOfTime;
        };
    }
}
