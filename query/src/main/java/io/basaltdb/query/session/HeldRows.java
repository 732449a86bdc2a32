package io.basaltdb.query.session;

import io.basaltdb.query.function.EvaluationContext;
import io.basaltdb.query.operator.BatchCopy;
import io.basaltdb.storage.memory.Reservation;
import io.basaltdb.storage.table.InsertToken;
import io.basaltdb.storage.table.Transaction;
import io.basaltdb.storage.vector.Batch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows whose keys may be there: held until the end, since several of them may have one key, and since a try that loses against another
/// transaction needs them again.
final class HeldRows implements TableInsert.Target {
    private final Writes writes;
    private final SessionTransaction session;
    private final @Nullable Transaction open;
    private final RuledRows rule;
    private final EvaluationContext context;
    private final Reservation reservation;
    private final List<Batch> rows = new ArrayList<>();
    private boolean committed;

    HeldRows(
            EngineParts parts,
            SessionTransaction session,
            RuledRows rule,
            EvaluationContext context) {
        this.writes = new Writes(parts.database(), session, parts.contended());
        this.session = session;
        this.open = session.current();
        this.rule = rule;
        this.context = context;
        this.reservation = parts.memory().reserve("rows of INSERT … ON CONFLICT");
    }

    @Override
    public void append(Batch batch) {
        reservation.grow(BatchCopy.bytes(batch));
        rows.add(BatchCopy.copy(batch));
    }

    @Override
    public long commit(@Nullable InsertToken token) {
        Writes.Outcome outcome =
                writes.run(transaction ->
                        TokenedInsert.once(
                                transaction,
                                rule.table(),
                                token,
                                () -> rule.write(rows, transaction, context)));
        committed = true;
        return outcome.rows();
    }

    @Override
    public void close() {
        rows.clear();
        reservation.close();
        if (!committed) {
            session.fail(open);
        }
    }
}
