package io.basaltdb.query.optimizer;

import java.util.function.UnaryOperator;
import org.apache.calcite.rel.RelNode;

/// The passes over a tree, in their order.
enum Phase {
    /// IN lists become search arguments.
    IN_LISTS,
    /// Dates moved by intervals, exact sums and lossless casts of literals become literals.
    FOLD,
    /// EXISTS, IN and their negations become semi- and anti-joins.
    SUB_QUERIES_TO_JOINS,
    /// What sub-queries are left become joins with groupings.
    REMAINING_SUB_QUERIES,
    /// UNION, INTERSECT and EXCEPT without ALL become groupings.
    SET_OPERATIONS,
    /// GROUPING SETS, ROLLUP and CUBE become groupings put together.
    GROUPING_SETS,
    /// Group keys that follow from other keys are computed behind the grouping.
    GROUP_KEYS,
    /// Predicates move to the scans, outer joins become inner ones.
    PUSH_PREDICATES,
    /// Semi-joins move to the relation that they reduce.
    PLACE_SEMI_JOINS,
    /// Inner joins in the order that costs least.
    ORDER_JOINS;

    /// The pass itself; a new one for each tree.
    UnaryOperator<RelNode> pass(RelNode root, Cardinality cardinality) {
        return switch (this) {
            case IN_LISTS -> new InLists(Rels.rex(root))::apply;
            case FOLD -> new Folding(Rels.rex(root))::apply;
            case SUB_QUERIES_TO_JOINS -> new SubQueryJoins(Rels.rex(root))::apply;
            case REMAINING_SUB_QUERIES -> SubQueryFallback::apply;
            case SET_OPERATIONS -> new SetOperations()::apply;
            case GROUPING_SETS -> new GroupingSets()::apply;
            case GROUP_KEYS -> new GroupKeys()::apply;
            case PUSH_PREDICATES -> new PredicatePushDown()::apply;
            case PLACE_SEMI_JOINS -> new SemiJoinPlacement(cardinality)::apply;
            case ORDER_JOINS -> new JoinOrder(cardinality)::apply;
        };
    }

    /// Whether a tree can be executed without the pass.
    boolean isNeeded() {
        return switch (this) {
            case IN_LISTS, SUB_QUERIES_TO_JOINS, REMAINING_SUB_QUERIES -> true;
            case SET_OPERATIONS, GROUPING_SETS -> true;
            case FOLD, GROUP_KEYS, PUSH_PREDICATES, PLACE_SEMI_JOINS, ORDER_JOINS -> false;
        };
    }
}
