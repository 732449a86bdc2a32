package io.basaltdb.query.sql;

import io.basaltdb.query.plan.PlanNode;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import java.util.List;

/// A plan and what a client wants to know of it. Immutable; serves many executions, until [#catalogVersion] is no longer the catalog's.
///
/// @param columns names and types of the result
/// @param parameters types of the statement's parameters, in order
public record PlannedQuery(
        PlanNode plan, Schema columns, List<Type> parameters, long catalogVersion) {
    public PlannedQuery {
        parameters = List.copyOf(parameters);
    }
}
