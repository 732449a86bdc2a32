package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.CommitBytes;
import io.basaltdb.storage.catalog.LogRecord;
import io.basaltdb.storage.catalog.PendingCommit;
import io.basaltdb.storage.io.ByteWriter;

/// Lets a table's history begin with a later commit. From then on seals and merges may leave out what died before it; that the log says so first is
/// what makes a query of the past safe after a restart, whatever the clock says then.
final class HistoryJob implements Job {
    private final TransactionContext context;
    private final int tableId;
    private final long floor;

    HistoryJob(TransactionContext context, int tableId, long floor) {
        this.context = context;
        this.tableId = tableId;
        this.floor = floor;
    }

    @Override
    public boolean step() {
        context.committer().commit(new Forget());
        return false;
    }

    @Override
    public void close() {}

    private final class Forget extends PendingCommit {
        @Override
        protected long sizeBytes() {
            return 64;
        }

        @Override
        protected boolean mayBeLost() {
            return false;
        }

        @Override
        protected void admit(long commit, ByteWriter payload) {
            TableState now = context.state().table(tableId);
            if (now == null || !now.history().isKept()) {
                throw DeathResolver.conflict("table number " + tableId + " keeps no history");
            }
            LogRecord record = new LogRecord.HistoryForgotten(tableId, floor);
            CommitBytes.put(payload, record);
            context.state().apply(record, commit);
        }
    }
}
