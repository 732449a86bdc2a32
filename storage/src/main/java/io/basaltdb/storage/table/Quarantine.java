package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.CommitBytes;
import io.basaltdb.storage.catalog.Committer;
import io.basaltdb.storage.catalog.LogRecord;
import io.basaltdb.storage.catalog.PendingCommit;
import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.ByteWriter;
import io.basaltdb.storage.part.PartId;
import java.util.List;

/// Broken parts: found, taken back when their file was mended, or given up. A part in which damage was met is left out of merges; queries
/// that need what is damaged fail and name it, all others are answered. Any thread.
public final class Quarantine {
    private final DatabaseState state;
    private final Committer committer;

    public Quarantine(DatabaseState state, Committer committer) {
        this.state = state;
        this.committer = committer;
    }

    /// Something that is wrong.
    ///
    /// @param part its name; empty where it is not a part's
    public record Problem(String part, String problem) {}

    /// Reads everything of the table as of now: checksums, zone maps, order, dead rows, and whether keys are unique. A part that is broken
    /// is known to be from then on.
    public List<Problem> check(int tableId) {
        try (PinnedSnapshot pin = state.registry().open()) {
            return StateCheck.problems(pin.state(tableId), state.disk());
        }
    }

    /// Reads a part whose file was put back, whole; merges and queries use it again.
    ///
    /// @throws BasaltException UNDEFINED_OBJECT; PART_CORRUPT where it is still broken
    public void restore(String name) {
        try (PinnedSnapshot pin = state.registry().open()) {
            TableState table = find(pin.root(), name);
            PartState part = part(table, name);
            List<Problem> problems = StateCheck.problems(part, state.disk());
            if (!problems.isEmpty()) {
                throw new BasaltException(
                        ErrorCode.PART_CORRUPT,
                        "part "
                                + name
                                + " cannot be restored: "
                                + problems.getFirst().problem()
                                + "; put its file "
                                + part.id().path()
                                + " back from a backup, then say RESTORE PART again");
            }
            part.handle().restore();
        }
    }

    /// Takes a part out of its table, with all its rows, for good; returns the commit.
    ///
    /// @throws BasaltException UNDEFINED_OBJECT
    public long forget(String name) {
        try (PinnedSnapshot pin = state.registry().open()) {
            TableState table = find(pin.root(), name);
            return committer.commit(new Forget(table, part(table, name).id()));
        }
    }

    private static TableState find(Root root, String name) {
        PartId id = PartId.parse(name);
        if (id != null) {
            for (TableState table : root.tables().all()) {
                if (table.parts().find(id) != null) {
                    return table;
                }
            }
        }
        throw new BasaltException(
                ErrorCode.UNDEFINED_OBJECT,
                "no table has a part " + name + "; system.parts lists them by name");
    }

    private static PartState part(TableState table, String name) {
        PartId id = PartId.parse(name);
        PartState part = id == null ? null : table.parts().find(id);
        if (part == null) {
            throw new AssertionError("part " + name + " was found before");
        }
        return part;
    }

    /// A part leaves its table. It goes into a group of its own, as seals and merges do, since it moves rows.
    private final class Forget extends PendingCommit {
        private final TableDefinition definition;
        private final PartId part;

        Forget(TableState table, PartId part) {
            this.definition = table.definition();
            this.part = part;
        }

        @Override
        protected boolean isAlone() {
            return true;
        }

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
            TableState now = state.table(definition.id());
            if (now == null || now.parts().find(part) == null) {
                throw DeathResolver.conflict(
                        "part " + part + " of " + definition.qualifiedName() + " is gone");
            }
            LogRecord record = new LogRecord.PartForgotten(definition.id(), part);
            CommitBytes.put(payload, record);
            state.apply(record, commit);
        }
    }
}
