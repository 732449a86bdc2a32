package io.basaltdb.query.function;

import io.basaltdb.storage.type.Value;
import java.time.ZoneId;
import java.util.List;

/// What is fixed for one execution of a statement.
///
/// @param parameters values of the statement's parameters, in order and already of the types that the plan names
/// @param nowMicros wall time at the start of the statement, microseconds since 1970-01-01 UTC
/// @param zone the session's time zone
/// @param shared what the lanes compute once for all of them
/// @param commit number of the newest commit that the statement sees
public record EvaluationContext(
        List<Value> parameters,
        long nowMicros,
        ZoneId zone,
        String user,
        String schema,
        SharedResults shared,
        long commit) {
    public EvaluationContext {
        parameters = List.copyOf(parameters);
    }

    /// Shares nothing.
    public EvaluationContext(
            List<Value> parameters, long nowMicros, ZoneId zone, String user, String schema) {
        this(parameters, nowMicros, zone, user, schema, SharedResults.none(), 0);
    }

    public EvaluationContext withShared(SharedResults results) {
        return new EvaluationContext(parameters, nowMicros, zone, user, schema, results, commit);
    }

    public EvaluationContext withCommit(long number) {
        return new EvaluationContext(parameters, nowMicros, zone, user, schema, shared, number);
    }
}
