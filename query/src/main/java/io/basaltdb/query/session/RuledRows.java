package io.basaltdb.query.session;

import io.basaltdb.query.function.EvaluationContext;
import io.basaltdb.query.operator.write.RuleConflict;
import io.basaltdb.query.plan.KeyRule;
import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.table.KeyedInsert;
import io.basaltdb.storage.table.Transaction;
import io.basaltdb.storage.vector.Batch;
import java.util.List;

/// Writes rows that are there as batches, by the rule of their statement for those whose key is there already.
///
/// @param isAlone whether the statement is a transaction by itself
record RuledRows(TableDefinition table, KeyRule rule, boolean isAlone) {
    /// Answers how many rows came or changed.
    long write(List<Batch> rows, Transaction transaction, EvaluationContext evaluation) {
        if (isAlone && rule instanceof KeyRule.Replace) {
            transaction.changeBlindly();
        }
        try (KeyedInsert insert =
                transaction.keyedInsert(table.id(), RuleConflict.of(rule, evaluation))) {
            rows.forEach(insert::append);
            return insert.finish(KeyedInsert.Written.NOBODY);
        }
    }
}
