package io.basaltdb.query.sql;

import io.basaltdb.query.optimizer.Optimizer;
import io.basaltdb.storage.type.Type;
import java.util.Map;

/// What of a session bears on planning. Part of the key of the plan cache.
///
/// @param schema in which unqualified names are looked up first
/// @param effort how much the optimizer does
/// @param optimizerMillis after which the passes that only make a plan better are left out
/// @param parameterTypes of parameters, by their index, that have the type of their value whatever stands around them; [Type#NULL] where that
///     is NULL. The others have the type that the text asks for
public record PlanSettings(
        String schema,
        Optimizer.Effort effort,
        long optimizerMillis,
        Map<Integer, Type> parameterTypes) {
    /// Long enough that a busy machine does not turn good plans into bad ones; only monstrous statements reach it.
    public static final long DEFAULT_OPTIMIZER_MILLIS = 10_000;

    public static PlanSettings of(String schema) {
        return new PlanSettings(schema, Optimizer.Effort.FULL, DEFAULT_OPTIMIZER_MILLIS, Map.of());
    }

    public PlanSettings withParameterTypes(Map<Integer, Type> types) {
        return new PlanSettings(schema, effort, optimizerMillis, types);
    }
}
