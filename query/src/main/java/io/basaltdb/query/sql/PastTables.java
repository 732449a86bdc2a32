package io.basaltdb.query.sql;

import io.basaltdb.query.expression.Expression;
import io.basaltdb.query.optimizer.RowExpressions;
import io.basaltdb.query.optimizer.TableView;
import io.basaltdb.query.relation.RelationName;
import io.basaltdb.storage.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/// `table FOR SYSTEM_TIME AS OF point`: becomes a name below a schema of that point, which is bound by itself: it is the same for all rows, and may
/// name a parameter or now().
final class PastTables extends SqlShuttle {
    private static final String POINT = "point";
    private static final SqlNode AS_IT_IS = QueryParser.generated("SELECT point AS v").tree();
    private static final SqlNode AS_TIME =
            QueryParser.generated("SELECT CAST(point AS TIMESTAMP(6) WITH TIME ZONE) AS v").tree();

    private final CatalogView catalog;
    private final String defaultSchema;
    private final Map<String, Expression> points;
    private final Function<SqlNode, Binder.Bound> binder;
    private final Map<Integer, Type> parameters = new TreeMap<>();
    private final List<String> named = new ArrayList<>();

    /// @param points where the schemas go
    /// @param binder of a query without tables
    PastTables(
            CatalogView catalog,
            String defaultSchema,
            Map<String, Expression> points,
            Function<SqlNode, Binder.Bound> binder) {
        this.catalog = catalog;
        this.defaultSchema = defaultSchema;
        this.points = points;
        this.binder = binder;
    }

    SqlNode replaced(SqlNode tree) {
        Finder finder = new Finder();
        tree.accept(finder);
        if (!finder.found) {
            return tree;
        }
        @Nullable SqlNode replaced = tree.accept(this);
        assert replaced != null;
        return replaced;
    }

    /// Looks whether there is anything to do, and which names WITH gives.
    private final class Finder extends SqlBasicVisitor<@Nullable Void> {
        private boolean found;

        @Override
        public @Nullable Void visit(SqlCall call) {
            found |= call.getKind() == SqlKind.SNAPSHOT;
            if (call instanceof SqlWithItem item) {
                named.add(item.name.getSimple().toLowerCase(Locale.ROOT));
            }
            return super.visit(call);
        }
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
        return call.getKind() == SqlKind.SNAPSHOT
                ? past(call.operand(0), call.operand(1))
                : super.visit(call);
    }

    private SqlNode past(SqlNode table, SqlNode point) {
        if (!(table instanceof SqlIdentifier name)) {
            throw SyntaxRewrite.unsupported(
                    table.getParserPosition(),
                    "FOR SYSTEM_TIME AS OF stands behind a table's name");
        }
        List<String> names = qualified(name);
        @Nullable TableView view = catalog.table(names.get(0), names.get(1));
        if (view == null || !(view.relation() instanceof RelationName.Table)) {
            if (view == null && catalog.view(names.get(0), names.get(1)) == null) {
                return name; // there is no such table, and its reader says so
            }
            throw SyntaxRewrite.unsupported(
                    name.getParserPosition(),
                    "FOR SYSTEM_TIME AS OF reads stored tables, and "
                            + String.join(".", names)
                            + " is none; say it at the tables that a view reads");
        }
        String schema = Dialect.PAST_SCHEMA + points.size();
        points.put(schema, expression(point));
        SqlParserPos at = name.getParserPosition();
        return new SqlIdentifier(
                List.of(schema, names.get(0), names.get(1)), null, at, List.of(at, at, at));
    }

    private List<String> qualified(SqlIdentifier name) {
        List<String> names = name.names;
        if (names.size() == 1) {
            if (named.contains(names.getFirst().toLowerCase(Locale.ROOT))) {
                throw SyntaxRewrite.unsupported(
                        name.getParserPosition(),
                        "FOR SYSTEM_TIME AS OF reads stored tables, and "
                                + names.getFirst()
                                + " is a name of WITH; say it at the tables that WITH reads");
            }
            return List.of(defaultSchema, names.getFirst());
        }
        return names.subList(names.size() - 2, names.size());
    }

    private Expression expression(SqlNode point) {
        if (!(point instanceof SqlDynamicParam)) {
            Binder.Bound bound = binder.apply(with(AS_IT_IS, point));
            if (bound.columns().field(0).type() instanceof Type.Int) {
                return expression(point, bound);
            }
        }
        return expression(point, binder.apply(with(AS_TIME, point)));
    }

    private Expression expression(SqlNode point, Binder.Bound bound) {
        for (int index : parameters(point)) {
            parameters.put(index, bound.parameters().get(index));
        }
        return RowExpressions.single(bound.rel());
    }

    private static SqlNode with(SqlNode template, SqlNode point) {
        @Nullable SqlNode query =
                TreeCopy.of(template)
                        .accept(
                                new SqlShuttle() {
                                    @Override
                                    public SqlNode visit(SqlIdentifier name) {
                                        return name.getSimple().equals(POINT)
                                                ? TreeCopy.of(point)
                                                : name;
                                    }
                                });
        assert query != null;
        return query;
    }

    private static Set<Integer> parameters(SqlNode tree) {
        Set<Integer> indexes = new TreeSet<>();
        tree.accept(
                new SqlBasicVisitor<@Nullable Void>() {
                    @Override
                    public @Nullable Void visit(SqlDynamicParam parameter) {
                        indexes.add(parameter.getIndex());
                        return null;
                    }
                });
        return indexes;
    }

    /// The types of all parameters of the statement, by their numbers.
    ///
    /// @param others those that are left in the tree
    SortedMap<Integer, Type> withOwnParameters(Map<Integer, Type> others) {
        SortedMap<Integer, Type> all = new TreeMap<>(parameters);
        all.putAll(others);
        return all;
    }
}
