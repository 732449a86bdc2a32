package io.basaltdb.query.session;

import io.basaltdb.query.expression.Expression;
import io.basaltdb.query.expression.Projector;
import io.basaltdb.query.function.EvaluationContext;
import io.basaltdb.query.plan.KeyRule;
import io.basaltdb.query.sql.PlannedQuery;
import io.basaltdb.query.sql.Statement.ObjectName;
import io.basaltdb.query.sql.ValueRows;
import io.basaltdb.storage.catalog.ColumnDefinition;
import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.table.InsertToken;
import io.basaltdb.storage.table.Transaction;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Rows that arrive as batches, for one atomic insert: no SQL text, no pipeline. Brings them into the form of the table; its [Target] takes them.
final class TableInsert implements Session.BulkInsert {
    private final Target target;
    private final TableDefinition table;
    private final Schema columns;
    private final int[] sourceOf;
    private final List<Value> defaults;
    private final EvaluationContext context;
    private final String tokenName;
    private final @Nullable ContentHash content;
    private @Nullable Projector casts;
    private List<Type> castFrom = List.of();

    /// Where rows of the table's columns go.
    interface Target extends AutoCloseable {
        void append(Batch rows);

        /// @param token under which the rows come; null for none
        long commit(@Nullable InsertToken token);

        /// Gives up what was not committed.
        @Override
        void close();
    }

    private TableInsert(
            Target target,
            TableDefinition table,
            Schema columns,
            int[] sourceOf,
            List<Value> defaults,
            String tokenName,
            EvaluationContext context) {
        this.target = target;
        this.tokenName = tokenName;
        this.content = tokenName.isEmpty() ? null : new ContentHash();
        this.table = table;
        this.columns = columns;
        this.sourceOf = sourceOf;
        this.defaults = defaults;
        this.context = context;
    }

    /// @param names of the columns that the batches carry; empty: all
    /// @param token name of the idempotency token; empty for none
    static TableInsert plain(
            EngineParts parts,
            SessionState session,
            String schema,
            String name,
            List<String> names,
            String token) {
        ObjectName target = new ObjectName(schema.isEmpty() ? null : schema, name);
        KeyRule rule = new KeyRule.Refuse();
        TableInsert insert = begin(parts, session, target, names, token, (_, _) -> rule);
        return Objects.requireNonNull(insert);
    }

    /// An insert whose batches stand for the statement's row; null where the planner has to see the rows.
    static @Nullable TableInsert of(
            EngineParts parts, SessionState session, ValueRows rows, String token) {
        return begin(
                parts,
                session,
                rows.target(),
                rows.columns(),
                token,
                (run, table) -> {
                    int named = rows.columns().size();
                    int wanted = named == 0 ? table.givenSchema().size() : named;
                    return rows.width() == wanted ? run.ruleOf(rows) : null;
                });
    }

    /// Says what becomes of rows whose key is there.
    private interface Rules {
        @Nullable KeyRule of(StatementRun run, TableDefinition table);
    }

    private static @Nullable TableInsert begin(
            EngineParts parts,
            SessionState session,
            ObjectName name,
            List<String> columnNames,
            String token,
            Rules rules) {
        Transaction open = session.transaction().forWriting();
        if (open == null && !token.isEmpty()) {
            parts.database().awaitCommits(); // one under the same token may be on its way
        }
        Transaction transaction = open == null ? parts.database().begin() : open;
        boolean keepsTransaction = open != null;
        try {
            DefinitionStatements definitions =
                    new DefinitionStatements(transaction, parts, session.settings());
            TableDefinition table = definitions.find(name);
            int[] sourceOf = sources(table, columnNames);
            StatementRun run =
                    new StatementRun(
                            parts,
                            session,
                            transaction.snapshot(),
                            parts.queries().unlisted(),
                            StatementRun.Origin.PREPARED);
            KeyRule rule = rules.of(run, table);
            if (rule == null) {
                return null;
            }
            EvaluationContext context = run.evaluation(List.of(), List.of());
            List<Value> defaults = defaults(run, table, sourceOf);
            boolean isPlain = rule instanceof KeyRule.Refuse;
            Target target =
                    isPlain
                            ? new AppendedRows(
                                    parts.database(),
                                    transaction,
                                    session.transaction(),
                                    table,
                                    token)
                            : new HeldRows(
                                    parts,
                                    session.transaction(),
                                    new RuledRows(table, rule, open == null),
                                    context);
            keepsTransaction |= isPlain;
            return new TableInsert(
                    target, table, schema(table, columnNames), sourceOf, defaults, token, context);
        } catch (Throwable failure) {
            session.transaction().fail(transaction);
            throw failure;
        } finally {
            if (!keepsTransaction) {
                transaction.close();
            }
        }
    }

    /// For each column of the table the position among the given ones, −1 where it is not given.
    private static int[] sources(TableDefinition table, List<String> names) {
        int[] sources = new int[table.columns().size()];
        int place = 0;
        for (int i = 0; i < sources.length; i++) {
            boolean given = names.isEmpty() && !table.columns().get(i).isGenerated();
            sources[i] = given ? place++ : -1;
        }
        for (int given = 0; given < names.size(); given++) {
            int at = table.rowSchema().indexOf(names.get(given));
            if (at < 0) {
                throw new BasaltException(
                        ErrorCode.UNDEFINED_COLUMN,
                        "table " + table.qualifiedName() + " has no column " + names.get(given));
            }
            if (table.columns().get(at).isGenerated()) {
                throw new BasaltException(
                        ErrorCode.GENERATED_ALWAYS,
                        "column "
                                + names.get(given)
                                + " of "
                                + table.qualifiedName()
                                + " is computed from others; leave it out");
            }
            if (sources[at] >= 0) {
                throw new BasaltException(
                        ErrorCode.DUPLICATE_COLUMN,
                        "column " + names.get(given) + " stands twice in the insert");
            }
            sources[at] = given;
        }
        return sources;
    }

    private static Schema schema(TableDefinition table, List<String> names) {
        if (names.isEmpty()) {
            return table.givenSchema();
        }
        List<Field> fields = new ArrayList<>();
        for (String name : names) {
            fields.add(table.rowSchema().field(table.rowSchema().indexOf(name)));
        }
        return new Schema(fields);
    }

    /// The value of each column that is not given: its DEFAULT, computed once, or NULL.
    private static List<Value> defaults(StatementRun run, TableDefinition table, int[] sourceOf) {
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < sourceOf.length; i++) {
            ColumnDefinition column = table.columns().get(i);
            String sql = column.defaultSql();
            if (sourceOf[i] >= 0 || sql == null) {
                values.add(Value.NULL);
            } else {
                String cast = "SELECT CAST((" + sql + ") AS " + column.type().sql() + ")";
                PlannedQuery planned = run.planner().plan(cast);
                values.add(run.single(planned));
            }
        }
        return values;
    }

    @Override
    public Schema columns() {
        return columns;
    }

    @Override
    public void append(Batch rows) {
        if (rows.columnCount() != columns.size()) {
            throw new BasaltException(
                    ErrorCode.DATATYPE_MISMATCH,
                    "the insert into "
                            + table.qualifiedName()
                            + " takes "
                            + columns.size()
                            + " columns, but "
                            + rows.columnCount()
                            + " were given");
        }
        Batch given = cast(rows);
        if (content != null) {
            content.add(given);
        }
        List<Vector> all = new ArrayList<>(sourceOf.length);
        for (int i = 0; i < sourceOf.length; i++) {
            all.add(
                    sourceOf[i] >= 0
                            ? given.column(sourceOf[i])
                            : new ConstantVector(
                                    table.columns().get(i).type(), rows.size(), defaults.get(i)));
        }
        target.append(new Batch(rows.size(), all, rows.selection()));
    }

    private Batch cast(Batch rows) {
        List<Type> types = rows.columns().stream().map(Vector::type).toList();
        if (casts == null || !types.equals(castFrom)) {
            List<Expression> expressions = new ArrayList<>();
            for (int c = 0; c < types.size(); c++) {
                Expression column = new Expression.Column(c, types.get(c));
                Type wanted = columns.type(c);
                expressions.add(
                        types.get(c).equals(wanted)
                                ? column
                                : new Expression.Cast(column, wanted, false));
            }
            casts = Projector.of(expressions, context);
            castFrom = types;
        }
        return new Batch(rows.size(), casts.project(rows).columns(), rows.selection());
    }

    @Override
    public long commit() {
        return target.commit(content == null ? null : content.token(tokenName));
    }

    @Override
    public void close() {
        target.close();
    }
}
