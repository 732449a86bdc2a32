package io.basaltdb.query.session;

import io.basaltdb.query.expression.Expression;
import io.basaltdb.query.expression.Expressions;
import io.basaltdb.query.function.Volatility;
import io.basaltdb.query.optimizer.TableView;
import io.basaltdb.query.relation.RelationName;
import io.basaltdb.query.sql.RenamedColumn;
import io.basaltdb.query.sql.SqlFrontEnd;
import io.basaltdb.storage.catalog.CheckConstraint;
import io.basaltdb.storage.catalog.ColumnDefinition;
import io.basaltdb.storage.catalog.ColumnStatistics;
import io.basaltdb.storage.catalog.StoredExpression;
import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.catalog.TableStatistics;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.table.ExpiryRule;
import io.basaltdb.storage.table.RowRule;
import io.basaltdb.storage.type.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/// The expressions that definitions of tables hold: bound once per definition, checked when a definition is made. Safe for use by many threads.
public final class RowRules implements RowRule.Maker {
    private static final int MAX_KNOWN = 1000;

    private final SqlFrontEnd frontEnd;
    private final Map<TableDefinition, BoundRules> known = new ConcurrentHashMap<>();

    public RowRules(SqlFrontEnd frontEnd) {
        this.frontEnd = frontEnd;
    }

    /// The expressions of a definition, bound.
    record BoundRules(TableDefinition table, List<Expression> generated, List<Expression> checks) {}

    @Override
    public RowRule of(TableDefinition definition) {
        BoundRules rules = known.get(definition);
        if (rules == null) {
            rules = bind(definition);
            if (known.size() >= MAX_KNOWN) {
                known.clear();
            }
            known.put(definition, rules);
        }
        return new RowComputation(rules);
    }

    @Override
    public ExpiryRule expiry(TableDefinition definition) {
        StoredExpression ttl = definition.ttl();
        assert ttl != null;
        return new Expiry(expiry(definition, ttl), ttl);
    }

    /// The instant at which a row expires.
    private Expression expiry(TableDefinition table, StoredExpression ttl) {
        Expression bound = bind(table, ttl.sql(), "TTL");
        switch (bound.type()) {
            case Type.Date _, Type.Timestamp _, Type.TimestampTz _ -> {}
            default ->
                    throw new BasaltException(
                            ErrorCode.DATATYPE_MISMATCH,
                            "TTL of "
                                    + table.qualifiedName()
                                    + " must be a point in time, but it is "
                                    + bound.type().sql());
        }
        return bind(table, "CAST((" + ttl.sql() + ") AS TIMESTAMP WITH TIME ZONE)", "TTL");
    }

    private BoundRules bind(TableDefinition table) {
        return new BoundRules(
                table,
                table.columns().stream()
                        .filter(ColumnDefinition::isGenerated)
                        .map(column -> generated(table, column))
                        .toList(),
                table.checks().stream().map(check -> condition(table, check)).toList());
    }

    private Expression generated(TableDefinition table, ColumnDefinition column) {
        StoredExpression expression = column.generated();
        assert expression != null;
        return bind(
                table,
                "CAST((" + expression.sql() + ") AS " + column.type().sql() + ")",
                "GENERATED ALWAYS AS of column " + column.name());
    }

    private Expression condition(TableDefinition table, CheckConstraint check) {
        String clause = "CHECK " + check.name();
        Expression condition = bind(table, check.condition().sql(), clause);
        if (!(condition.type() instanceof Type.Bool || condition.type() instanceof Type.Null)) {
            throw new BasaltException(
                    ErrorCode.DATATYPE_MISMATCH,
                    clause + " must be a condition, but it is " + condition.type().sql());
        }
        return condition;
    }

    /// An expression over a row, which depends on nothing else.
    Expression bind(TableDefinition table, String sql, String clause) {
        Expression bound = frontEnd.rowExpressions(view(table), List.of(sql), clause).getFirst();
        Expressions.visit(bound, part -> refuse(part, clause));
        return bound;
    }

    private static void refuse(Expression part, String clause) {
        String what =
                switch (part) {
                    case Expression.Slot slot -> slot.kind().name();
                    case Expression.Parameter _ -> "a parameter";
                    case Expression.Call call ->
                            call.function().volatility() == Volatility.VOLATILE
                                    ? call.function().name()
                                    : "";
                    default -> "";
                };
        if (!what.isEmpty()) {
            throw new BasaltException(
                    ErrorCode.INVALID_DEFINITION,
                    clause
                            + " must give the same for the same row at any time, so it cannot use "
                            + what);
        }
    }

    private static TableView view(TableDefinition table) {
        return new TableView(
                new RelationName.Table(table.id(), table.schema(), table.name()),
                table.rowSchema(),
                new TableStatistics(
                        1,
                        Collections.nCopies(
                                table.columns().size(),
                                new ColumnStatistics(0, null, null, -1, 16))),
                List.of(),
                List.of(),
                List.of());
    }

    /// Checks that every expression of the definition can be computed.
    void check(TableDefinition table) {
        for (ColumnDefinition column : table.columns()) {
            if (column.isGenerated()) {
                for (int position : columns(generated(table, column))) {
                    ColumnDefinition used = table.columns().get(position);
                    if (used.isGenerated()) {
                        throw new BasaltException(
                                ErrorCode.INVALID_DEFINITION,
                                "generated column "
                                        + column.name()
                                        + " uses "
                                        + used.name()
                                        + ", which is generated itself; write its expression instead");
                    }
                }
            }
        }
        table.checks().forEach(check -> condition(table, check));
        StoredExpression ttl = table.ttl();
        if (ttl != null && columns(expiry(table, ttl)).isEmpty()) {
            throw new BasaltException(
                    ErrorCode.INVALID_DEFINITION,
                    "TTL of " + table.qualifiedName() + " must name a column");
        }
    }

    static Set<Integer> columns(Expression expression) {
        Set<Integer> positions = new TreeSet<>();
        Expressions.visit(
                expression,
                part -> {
                    if (part instanceof Expression.Column column) {
                        positions.add(column.index());
                    }
                });
        return positions;
    }

    /// The table with the column under another name, also in the expressions that name it: each means the same as before.
    TableDefinition renamed(TableDefinition table, ColumnDefinition column, String to) {
        int position = table.positionOf(column.id());
        TableDefinition renamed = table.withColumn(column.withName(to));
        for (ColumnDefinition other : table.columns()) {
            StoredExpression expression = other.generated();
            if (expression != null && columns(generated(table, other)).contains(position)) {
                renamed =
                        renamed.withColumn(
                                other.withGenerated(renamed(expression, column.name(), to)));
            }
        }
        List<CheckConstraint> checks = new ArrayList<>();
        for (CheckConstraint check : table.checks()) {
            checks.add(
                    columns(condition(table, check)).contains(position)
                            ? new CheckConstraint(
                                    check.name(), renamed(check.condition(), column.name(), to))
                            : check);
        }
        renamed = renamed.withChecks(checks);
        StoredExpression ttl = table.ttl();
        if (ttl != null && columns(expiry(table, ttl)).contains(position)) {
            renamed = renamed.withTtl(renamed(ttl, column.name(), to));
        }
        if (!meaning(renamed).equals(meaning(table))) {
            checkUnused(table, column, "renamed");
        }
        return renamed;
    }

    private static StoredExpression renamed(StoredExpression before, String from, String to) {
        return new StoredExpression(RenamedColumn.in(before.sql(), from, to), before.timeZone());
    }

    /// All expressions of the table, bound: columns by their position, whatever their names.
    private List<Expression> meaning(TableDefinition table) {
        BoundRules rules = bind(table);
        List<Expression> all = new ArrayList<>(rules.generated());
        all.addAll(rules.checks());
        StoredExpression ttl = table.ttl();
        if (ttl != null) {
            all.add(expiry(table, ttl));
        }
        return all;
    }

    /// Refuses a change of a column that an expression of the table names.
    ///
    /// @param done what cannot be done: `dropped`
    void checkUnused(TableDefinition table, ColumnDefinition column, String done) {
        int position = table.positionOf(column.id());
        String user = null;
        for (ColumnDefinition other : table.columns()) {
            if (other.isGenerated() && columns(generated(table, other)).contains(position)) {
                user = "generated column " + other.name();
            }
        }
        for (CheckConstraint check : table.checks()) {
            if (columns(condition(table, check)).contains(position)) {
                user = "constraint " + check.name();
            }
        }
        StoredExpression ttl = table.ttl();
        if (ttl != null && columns(expiry(table, ttl)).contains(position)) {
            user = "TTL";
        }
        if (user != null) {
            throw new BasaltException(
                    ErrorCode.DEPENDENT_OBJECTS,
                    "column "
                            + column.name()
                            + " cannot be "
                            + done
                            + ": "
                            + user
                            + " of "
                            + table.qualifiedName()
                            + " names it; drop that first");
        }
    }
}
