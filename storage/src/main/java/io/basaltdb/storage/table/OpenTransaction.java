package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.Catalog;
import io.basaltdb.storage.catalog.ColumnDefinition;
import io.basaltdb.storage.catalog.Comment;
import io.basaltdb.storage.catalog.LogRecord;
import io.basaltdb.storage.catalog.MacroDefinition;
import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.catalog.UsedToken;
import io.basaltdb.storage.catalog.ViewDefinition;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.part.PartSummary;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A transaction that prepares alone: it gathers definitions, rows and deletions, and hands them to the Committer as one.
final class OpenTransaction implements Transaction {
    private final TransactionContext context;
    private final PinnedSnapshot snapshot;
    private final List<LogRecord> definitions = new ArrayList<>();
    private final List<LogRecord.TokenUsed> tokens = new ArrayList<>();
    private final Map<Integer, StagedRows> staged = new LinkedHashMap<>();
    // Tables without rows of the snapshot: created or truncated here.
    private final Set<Integer> emptied = new HashSet<>();
    // Tables whose definition was changed with regard to the rows that are there.
    private final Set<Integer> unchanged = new HashSet<>();
    // The transaction itself and the views that outlive it; guarded by this.
    private int holders = 1;
    // Part files that were discarded or never became part of the database.
    private final List<PartState> orphans = new ArrayList<>();
    private final AtomicInteger openAppenders = new AtomicInteger();
    private Catalog catalog;
    private boolean isBlind;
    private boolean ended;

    OpenTransaction(TransactionContext context) {
        this.context = context;
        this.snapshot = context.state().registry().open();
        this.catalog = snapshot.catalog();
    }

    @Override
    public DatabaseSnapshot snapshot() {
        return view(() -> {});
    }

    @Override
    public DatabaseSnapshot pinnedSnapshot() {
        AtomicBoolean closed = new AtomicBoolean();
        DatabaseSnapshot view =
                view(() -> {
                    if (closed.compareAndSet(false, true)) {
                        letGo();
                    }
                });
        synchronized (this) {
            holders++;
        }
        return view;
    }

    @Override
    public long begunAt() {
        return snapshot.commit();
    }

    @Override
    public Catalog catalog() {
        return catalog;
    }

    private DatabaseSnapshot view(Runnable onClose) {
        checkOpen();
        Map<Integer, ChangedTable> changed = new HashMap<>();
        BulkLimits bulk = context.bulk();
        for (StagedRows table : staged.values()) {
            if (openAppenders.get() == 0) {
                table.spill(context, bulk.minBytes(), bulk.minRows());
            }
            changed.put(table.tableId(), table.seen());
        }
        for (int tableId : emptied) {
            TableDefinition definition = catalog.table(tableId);
            if (definition != null && !changed.containsKey(tableId)) {
                changed.put(tableId, newStaged(definition).seen());
            }
        }
        return new TransactionView(snapshot, catalog, changed, onClose);
    }

    /// The transaction or a view of it is no longer needed; with the last one go the snapshot and the files that nothing names.
    private void letGo() {
        synchronized (this) {
            if (--holders > 0) {
                return;
            }
        }
        for (StagedRows table : staged.values()) {
            table.parts().forEach(part -> part.handle().close());
        }
        if (!orphans.isEmpty()) {
            orphans.forEach(part -> part.handle().close());
            context.discardParts(orphans.stream().map(PartState::id).toList());
        }
        snapshot.close();
    }

    private void change(LogRecord definition) {
        checkOpen();
        catalog = DatabaseState.changed(catalog, definition).unpublished();
        definitions.add(definition);
    }

    private void checkOpen() {
        if (ended) {
            throw new BasaltException(
                    ErrorCode.INVALID_TRANSACTION_STATE,
                    "the transaction has ended; begin another");
        }
    }

    @Override
    public void createSchema(String name, boolean ifNotExists) {
        if (!ifNotExists || !catalog.hasSchema(name)) {
            change(new LogRecord.CreateSchema(name));
        }
    }

    @Override
    public void dropSchema(String name, boolean ifExists, boolean cascade) {
        if (ifExists && !catalog.hasSchema(name)) {
            return;
        }
        if (cascade) {
            for (ViewDefinition view : catalog.views(name)) {
                change(new LogRecord.DropView(view.schema(), view.name()));
            }
            for (TableDefinition table : catalog.tables(name)) {
                drop(table);
            }
            for (MacroDefinition macro : catalog.macros()) {
                if (macro.schema().equalsIgnoreCase(name)) {
                    change(new LogRecord.DropMacro(macro.schema(), macro.name()));
                }
            }
        }
        change(new LogRecord.DropSchema(name));
    }

    @Override
    public TableDefinition createTable(TableDefinition definition, boolean ifNotExists) {
        TableDefinition existing = catalog.table(definition.schema(), definition.name());
        if (existing != null && ifNotExists) {
            return existing;
        }
        TableDefinition created = withIds(definition);
        change(new LogRecord.CreateTable(created));
        emptied.add(created.id());
        return created;
    }

    /// Columns that are given without ids get their position, counted from 1.
    private TableDefinition withIds(TableDefinition definition) {
        return definition
                .withColumns(definition.columns())
                .withId(context.state().newId())
                .withVersion(1);
    }

    @Override
    public TableDefinition alterTable(TableDefinition wanted, boolean dependsOnRows) {
        TableDefinition before = existing(wanted.id());
        if (openAppenders.get() != 0) {
            throw new BasaltException(
                    ErrorCode.INVALID_TRANSACTION_STATE,
                    openAppenders.get()
                            + " appenders are still open; close them before the table is altered");
        }
        TableDefinition after =
                wanted.withColumns(wanted.columns()).withVersion(before.schemaVersion() + 1);
        checkTypes(before, after);
        change(new LogRecord.AlterTable(after));
        StagedRows rows = staged.get(after.id());
        staged.put(after.id(), rows == null ? newStaged(after) : rows.altered(after));
        if (dependsOnRows && !emptied.contains(after.id())) {
            unchanged.add(after.id());
        }
        return after;
    }

    private void checkTypes(TableDefinition before, TableDefinition after) {
        for (ColumnDefinition column : after.columns()) {
            int at = before.positionOf(column.id());
            Type type = at < 0 ? column.type() : before.columns().get(at).type();
            if (!Type.isWidened(type, column.type()) && !emptied.contains(after.id())) {
                throw new BasaltException(
                        ErrorCode.INVALID_DEFINITION,
                        "column "
                                + column.name()
                                + " of "
                                + after.qualifiedName()
                                + " is "
                                + type.sql()
                                + ", and its rows have to be written anew as "
                                + column.type().sql());
            }
        }
    }

    @Override
    public void dropTable(String schema, String name, boolean ifExists) {
        TableDefinition table = catalog.table(schema, name);
        if (table != null) {
            drop(table);
        } else if (!ifExists) {
            throw new BasaltException(
                    ErrorCode.UNDEFINED_TABLE,
                    "table "
                            + schema
                            + "."
                            + name
                            + " does not exist; use IF EXISTS or another name");
        }
    }

    private void drop(TableDefinition table) {
        change(new LogRecord.DropTable(table.id()));
        discard(table.id());
    }

    @Override
    public void truncate(int tableId) {
        existing(tableId);
        change(new LogRecord.Truncate(tableId));
        discard(tableId);
        emptied.add(tableId);
    }

    @Override
    public void dropPartition(int tableId, List<Value> values) {
        TableDefinition definition = existing(tableId);
        if (values.isEmpty() || values.size() != definition.partitionBy().size()) {
            throw new BasaltException(
                    ErrorCode.INVALID_ARGUMENT,
                    definition.qualifiedName()
                            + " has "
                            + definition.partitionBy().size()
                            + " partition expressions, but "
                            + values.size()
                            + " values were given");
        }
        List<Value> partition = PartitionValues.of(definition, values);
        change(new LogRecord.DropPartition(tableId, partition));
        StagedRows rows = staged(definition);
        orphans.addAll(rows.partsOf(partition));
        staged.put(tableId, rows.without(partition));
    }

    private void discard(int tableId) {
        StagedRows rows = staged.remove(tableId);
        if (rows != null) {
            orphans.addAll(rows.parts());
        }
    }

    private TableDefinition existing(int tableId) {
        checkOpen();
        TableDefinition definition = catalog.table(tableId);
        if (definition == null) {
            throw new BasaltException(
                    ErrorCode.UNDEFINED_TABLE, "table number " + tableId + " does not exist");
        }
        return definition;
    }

    @Override
    public void createView(ViewDefinition definition, boolean orReplace, boolean ifNotExists) {
        ViewDefinition existing = catalog.view(definition.schema(), definition.name());
        if (existing != null && ifNotExists) {
            return;
        }
        if (existing != null && !orReplace) {
            throw new BasaltException(
                    ErrorCode.DUPLICATE_TABLE,
                    definition.schema()
                            + "."
                            + definition.name()
                            + " exists already; use OR REPLACE or another name");
        }
        change(
                new LogRecord.CreateView(
                        new ViewDefinition(
                                context.state().newId(),
                                definition.schema(),
                                definition.name(),
                                definition.sql(),
                                definition.defaultSchema())));
    }

    @Override
    public void dropView(String schema, String name, boolean ifExists) {
        if (!ifExists || catalog.view(schema, name) != null) {
            change(new LogRecord.DropView(schema, name));
        }
    }

    /// Adds parts that were written beforehand, under the definition of that version.
    void adopt(int tableId, int schemaVersion, List<PartSummary> written) {
        TableDefinition definition = existing(tableId);
        if (definition.schemaVersion() != schemaVersion) {
            throw new BasaltException(
                    ErrorCode.INVALID_DEFINITION,
                    "the definition of "
                            + definition.qualifiedName()
                            + " was changed since its rows were staged; write them again");
        }
        staged(definition)
                .add(
                        written.stream()
                                .map(part ->
                                        new PartState(
                                                part,
                                                0,
                                                DeathList.NONE,
                                                context.state().handle(part.id())))
                                .toList());
    }

    @Override
    public void createMacro(MacroDefinition definition, boolean orReplace, boolean ifNotExists) {
        MacroDefinition existing = catalog.macro(definition.schema(), definition.name());
        if (existing != null && ifNotExists) {
            return;
        }
        if (existing != null && !orReplace) {
            throw new BasaltException(
                    ErrorCode.DUPLICATE_OBJECT,
                    "macro "
                            + definition.schema()
                            + "."
                            + definition.name()
                            + " exists already; use OR REPLACE or another name");
        }
        change(new LogRecord.CreateMacro(definition));
    }

    @Override
    public void dropMacro(String schema, String name, boolean ifExists) {
        if (!ifExists || catalog.macro(schema, name) != null) {
            change(new LogRecord.DropMacro(schema, name));
        }
    }

    @Override
    public void createType(Type.Enumeration type, boolean orReplace, boolean ifNotExists) {
        if (catalog.type(type.name()) != null) {
            if (ifNotExists) {
                return;
            }
            if (!orReplace) {
                throw new BasaltException(
                        ErrorCode.DUPLICATE_OBJECT,
                        "type " + type.name() + " exists already; use OR REPLACE or another name");
            }
            change(new LogRecord.DropType(type.name()));
        }
        change(new LogRecord.CreateType(type));
    }

    @Override
    public void dropType(String name, boolean ifExists) {
        if (!ifExists || catalog.type(name) != null) {
            change(new LogRecord.DropType(name));
        }
    }

    @Override
    public void addLabel(String name, String label, boolean ifNotExists) {
        Type.Enumeration before = catalog.type(name);
        if (before == null) {
            throw new BasaltException(
                    ErrorCode.UNDEFINED_OBJECT, "type " + name + " does not exist");
        }
        if (before.labels().contains(label)) {
            if (ifNotExists) {
                return;
            }
            throw new BasaltException(
                    ErrorCode.DUPLICATE_OBJECT,
                    "type " + before.name() + " has the label '" + label + "' already");
        }
        List<String> labels = new ArrayList<>(before.labels());
        labels.add(label);
        Type.Enumeration after = new Type.Enumeration(before.name(), labels);
        change(new LogRecord.CreateType(after));
        for (TableDefinition table : catalog.tables()) {
            List<ColumnDefinition> columns =
                    table.columns().stream()
                            .map(column -> column.withType(Type.withEnum(column.type(), after)))
                            .toList();
            if (!columns.equals(table.columns())) {
                alterTable(table.withColumns(columns), false);
            }
        }
    }

    @Override
    public void comment(Comment comment) {
        change(new LogRecord.CommentOn(comment));
    }

    @Override
    public Appender appender(int tableId) {
        return appender(tableId, false);
    }

    @Override
    public Appender replacingAppender(int tableId) {
        return appender(tableId, true);
    }

    private Appender appender(int tableId, boolean keysAreUnique) {
        TableDefinition definition = existing(tableId);
        openAppenders.incrementAndGet();
        return new RowAppender(
                context,
                definition,
                staged(definition),
                keysAreUnique,
                openAppenders::decrementAndGet);
    }

    @Override
    public KeyedInsert keyedInsert(int tableId, KeyConflict rule) {
        TableDefinition definition = existing(tableId);
        openAppenders.incrementAndGet();
        return new StagedInsert(
                definition,
                staged(definition),
                rule,
                RowRule.of(definition, context.rules()),
                isBlind,
                openAppenders::decrementAndGet);
    }

    @Override
    public void checkKeys(int tableId) {
        existing(tableId);
        StagedRows rows = staged.get(tableId);
        if (rows != null) {
            rows.checkKeys();
        }
    }

    @Override
    public void changeBlindly() {
        checkOpen();
        isBlind = true;
    }

    private StagedRows staged(TableDefinition definition) {
        return staged.computeIfAbsent(definition.id(), _ -> newStaged(definition));
    }

    private StagedRows newStaged(TableDefinition definition) {
        TableState source =
                emptied.contains(definition.id())
                        ? TableState.empty(definition, snapshot.commit())
                        : snapshot.state(definition.id()).altered(definition);
        return new StagedRows(definition, source, snapshot.commit());
    }

    @Override
    public int delete(int tableId, String split, int[] rows, int count) {
        TableDefinition definition = existing(tableId);
        int deleted = staged(definition).delete(split, rows, count);
        if (deleted < 0) {
            throw new BasaltException(
                    ErrorCode.INVALID_ARGUMENT,
                    definition.qualifiedName() + " has no split " + split);
        }
        return deleted;
    }

    @Override
    public @Nullable UsedToken usedToken(int tableId, String name) {
        TableDefinition definition = existing(tableId);
        for (LogRecord.TokenUsed own : tokens) {
            if (own.tableId() == tableId && own.token().name().equals(name)) {
                return own.token();
            }
        }
        TokenLedger.Entry known = context.state().tokens(tableId).find(name);
        if (known != null && known.commit() > snapshot.commit()) {
            throw TokenLedger.conflict(name, definition);
        }
        return known == null ? null : known.token();
    }

    @Override
    public void inserted(int tableId, InsertToken token, long rowCount) {
        existing(tableId);
        tokens.add(
                new LogRecord.TokenUsed(
                        tableId,
                        new UsedToken(
                                token.name(),
                                token.contentHigh(),
                                token.contentLow(),
                                rowCount,
                                context.steadyMicros())));
    }

    @Override
    public long commit() {
        checkOpen();
        if (openAppenders.get() != 0) {
            throw new BasaltException(
                    ErrorCode.INVALID_TRANSACTION_STATE,
                    openAppenders.get()
                            + " appenders are still open; close them before the commit");
        }
        List<StagedRows> changed = new ArrayList<>(staged.size());
        for (StagedRows table : staged.values()) {
            if (!table.isEmpty()) {
                changed.add(table);
            }
        }
        if (definitions.isEmpty() && changed.isEmpty() && tokens.isEmpty()) {
            long commit = snapshot.commit();
            close();
            return commit;
        }
        changed.forEach(StagedRows::checkKeys);
        ended = true;
        boolean mayStand = false;
        try {
            long commit =
                    context.commit(
                            new TransactionContext.Prepared(
                                    snapshot.root(),
                                    definitions,
                                    tokens,
                                    Set.copyOf(unchanged),
                                    changed,
                                    mayBeLost(),
                                    isBlind));
            mayStand = true;
            return commit;
        } catch (BasaltException failure) {
            mayStand = failure.code() == ErrorCode.COMPLETION_UNKNOWN;
            throw failure;
        } finally {
            end(mayStand);
        }
    }

    private void end(boolean committed) {
        ended = true;
        if (!committed) {
            staged.values().forEach(table -> orphans.addAll(table.parts()));
        }
        letGo();
    }

    /// Only where every table that is touched was made so, and no definition changes.
    private boolean mayBeLost() {
        if (!definitions.isEmpty() || staged.isEmpty()) {
            return false;
        }
        for (StagedRows rows : staged.values()) {
            TableDefinition definition = catalog.table(rows.tableId());
            if (definition == null || context.isDurable(definition)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        if (!ended) {
            end(false);
        }
    }
}
