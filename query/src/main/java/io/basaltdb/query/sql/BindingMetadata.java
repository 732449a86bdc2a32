package io.basaltdb.query.sql;

import org.apache.calcite.plan.RelOptPredicateList;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.metadata.RelMetadataQuery;

/// What the conversion to a tree may know of it: keys and numbers of rows, but no predicates. Those would only tell it that more
/// columns are unique, and asking for them fails where a condition compares with NULL.
final class BindingMetadata extends RelMetadataQuery {
    @Override
    public RelOptPredicateList getPulledUpPredicates(RelNode rel) {
        return RelOptPredicateList.EMPTY;
    }
}
