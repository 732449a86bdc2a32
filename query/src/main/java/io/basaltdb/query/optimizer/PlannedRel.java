package io.basaltdb.query.optimizer;

import io.basaltdb.query.plan.PlanNode;

/// A planned input: its node, and where each field of the tree's node went.
///
/// @param positions per field the column of the node's output, −1 where nobody asked for it
record PlannedRel(PlanNode node, int[] positions) {
    int position(int field) {
        int position = positions[field];
        assert position >= 0 : "field " + field + " was not asked for";
        return position;
    }
}
