package io.basaltdb.query.sql;

import io.basaltdb.query.optimizer.Optimizer;
import io.basaltdb.query.optimizer.TableView;
import io.basaltdb.query.relation.RelationName;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.calcite.rel.RelNode;
import org.jspecify.annotations.Nullable;

/// The tree of a [QueryShape], bound and behind the passes that ask for no literal, with stand-ins where its literals stand: parsing, looking names up,
/// deriving types and making joins of sub-queries is done once for all queries of the shape, and each is then optimised with its own literals.
///
/// It is proved on the query that it is made for: with that query's literals in the places of the stand-ins, it must be what binding that query gave, and
/// what the passes made of it; where it is only the former, the bound tree is kept.
/// One thread at a time uses it, for the tree's parts share what is not safe for several.
final class BoundShape {
    /// Statistics of a table that changed by more than that call for a new tree.
    private static final double CHANGE = 0.1;

    private final QueryShape shape;
    private final Statement statement;
    private final Binder.Bound bound;
    private final RelNode tree;
    private final boolean isPrepared;
    private final List<TableView> tables;
    private final AtomicBoolean inUse = new AtomicBoolean();

    private BoundShape(
            QueryShape shape,
            Statement statement,
            Binder.Bound bound,
            @Nullable RelNode prepared,
            List<TableView> tables) {
        this.shape = shape;
        this.statement = statement;
        this.bound = bound;
        this.tree = prepared == null ? bound.rel() : prepared;
        this.isPrepared = prepared != null;
        this.tables = tables;
    }

    /// Null where the query's literals bear on more than their places.
    ///
    /// @param statement as it was read
    /// @param bound as it was bound
    static @Nullable BoundShape of(
            String sql,
            QueryShape shape,
            Statement statement,
            Binder.Bound bound,
            CatalogView catalog,
            String schema) {
        if (!bound.parameters().isEmpty()) {
            return null;
        }
        BoundText.Read wanted = BoundText.of(bound.rel());
        @Nullable QueryShape standIns = wanted.text() == null ? null : shape.withStandIns();
        if (standIns == null) {
            return null;
        }
        try {
            if (!(StatementParser.parse(standIns.written(sql), catalog::type)
                    instanceof Statement.Query(QuerySyntax other))) {
                return null;
            }
            Binder.Bound others = new Binder(catalog).bind(other, schema);
            boolean same =
                    isSame(bound.rel(), others.rel(), shape, standIns)
                            && others.columns().equals(bound.columns())
                            && others.labels().equals(bound.labels());
            return same
                    ? new BoundShape(
                            standIns,
                            statement,
                            others,
                            prepared(bound, others, shape, standIns),
                            wanted.tables())
                    : null;
        } catch (RuntimeException | AssertionError otherwise) {
            return null; // a stand-in may be nonsense in its place
        }
    }

    /// The tree with stand-ins behind the passes that ask for no literal; null where it could be another for another query.
    private static @Nullable RelNode prepared(
            Binder.Bound bound, Binder.Bound others, QueryShape shape, QueryShape standIns) {
        try {
            RelNode prepared = Optimizer.prepare(others.rel(), () -> false);
            return isSame(Optimizer.prepare(bound.rel(), () -> false), prepared, shape, standIns)
                    ? prepared
                    : null;
        } catch (RuntimeException | AssertionError otherwise) {
            return null;
        }
    }

    /// Whether the tree with stand-ins is the other one, once that one's literals are in their places.
    private static boolean isSame(
            RelNode wanted, RelNode others, QueryShape shape, QueryShape standIns) {
        LiteralSwap swap =
                new LiteralSwap(
                        standIns.literals(), shape.literals(), others.getCluster().getRexBuilder());
        @Nullable String found = BoundText.of(swap.apply(others)).text();
        return swap.hasPlacedAll() && found != null && found.equals(BoundText.of(wanted).text());
    }

    Statement statement() {
        return statement;
    }

    Binder.Bound bound() {
        return bound;
    }

    /// Whether [#tree] gives what [Optimizer#prepare] would; else a tree as it was bound.
    boolean isPrepared() {
        return isPrepared;
    }

    /// Whether its tables have about as many rows as when it was made.
    boolean isFresh(CatalogView catalog) {
        for (TableView table : tables) {
            if (!(table.relation() instanceof RelationName.Table name)) {
                return false;
            }
            @Nullable TableView now = catalog.table(name.schema(), name.name());
            if (now == null) {
                return false;
            }
            double before = table.statistics().rowCount();
            if (Math.abs(now.statistics().rowCount() - before) > CHANGE * before) {
                return false;
            }
        }
        return true;
    }

    /// Takes it for one planning; false where another thread has it.
    boolean take() {
        return inUse.compareAndSet(false, true);
    }

    void giveBack() {
        tree.getCluster().invalidateMetadataQuery(); // it remembers the trees of every planning
        inUse.set(false);
    }

    /// The tree of a query of this shape; null where one of its literals does not fit.
    @Nullable RelNode tree(QueryShape query) {
        try {
            return new LiteralSwap(
                            shape.literals(), query.literals(), tree.getCluster().getRexBuilder())
                    .apply(tree);
        } catch (LiteralSwap.Unfit otherwise) {
            return null;
        }
    }
}
