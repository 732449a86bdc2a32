package io.basaltdb.query.sql;

import io.basaltdb.query.optimizer.OnceRel;
import java.util.IdentityHashMap;
import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.prepare.Prepare;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql2rel.SqlRexConvertletTable;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.jspecify.annotations.Nullable;

/// Valid syntax → tree. A WITH query stands in the tree once for each place that reads it; they are marked to give the same rows.
final class Conversion extends SqlToRelConverter {
    /// Of each WITH query the tree of its first reading.
    private final IdentityHashMap<SqlWithItem, RelNode> read = new IdentityHashMap<>();

    Conversion(
            SqlValidator validator,
            Prepare.CatalogReader catalog,
            RelOptCluster cluster,
            SqlRexConvertletTable convertlets,
            Config config) {
        super(
                (row, sql, path, viewPath) -> {
                    throw new AssertionError("views expand themselves");
                },
                validator,
                catalog,
                cluster,
                convertlets,
                config);
    }

    @Override
    protected void convertFrom(
            Blackboard blackboard, @Nullable SqlNode from, @Nullable List<String> fieldNames) {
        super.convertFrom(blackboard, from, fieldNames);
        if (from instanceof SqlWithItem item) {
            RelNode tree = blackboard.root();
            RelNode first = read.computeIfAbsent(item, _ -> tree);
            blackboard.setRoot(OnceRel.of(tree, first.getId()), true);
        }
    }
}
