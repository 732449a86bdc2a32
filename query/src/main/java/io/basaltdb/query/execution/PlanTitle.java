package io.basaltdb.query.execution;

import io.basaltdb.query.plan.PlanNode;
import io.basaltdb.query.relation.RelationName;

/// A few words for a node of a plan.
final class PlanTitle {
    private PlanTitle() {}

    static String of(PlanNode node) {
        return switch (node) {
            case PlanNode.Scan scan -> "Scan " + name(scan.relation());
            case PlanNode.Filter _ -> "Filter";
            case PlanNode.Project _ -> "Project";
            case PlanNode.Aggregate aggregate ->
                    aggregate.groupColumns().isEmpty() ? "Aggregate" : "Aggregate by group";
            case PlanNode.HashJoin join -> "Hash join " + join.kind();
            case PlanNode.NestedLoopJoin join -> "Nested loop join " + join.kind();
            case PlanNode.Sort _ -> "Sort";
            case PlanNode.TopN _ -> "Top N";
            case PlanNode.Limit _ -> "Limit";
            case PlanNode.UnionAll _ -> "Union all";
            case PlanNode.Values _ -> "Values";
            case PlanNode.Rows _ -> "Rows";
            case PlanNode.Insert insert ->
                    "Insert into " + insert.table().schema() + "." + insert.table().name();
        };
    }

    private static String name(RelationName relation) {
        return switch (relation) {
            case RelationName.Table table -> table.schema() + "." + table.name();
            case RelationName.Virtual table -> table.schema() + "." + table.name();
            case RelationName.Function function -> function.name();
        };
    }
}
