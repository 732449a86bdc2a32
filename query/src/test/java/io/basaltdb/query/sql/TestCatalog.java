package io.basaltdb.query.sql;

import io.basaltdb.query.function.jvm.JavaCode;
import io.basaltdb.query.function.jvm.JavaRoutine;
import io.basaltdb.query.optimizer.TableView;
import io.basaltdb.query.relation.RelationName;
import io.basaltdb.storage.catalog.ColumnStatistics;
import io.basaltdb.storage.catalog.MacroDefinition;
import io.basaltdb.storage.catalog.TableStatistics;
import io.basaltdb.storage.catalog.ViewDefinition;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A catalog of tables without rows, made from CREATE TABLE statements, with statistics set by hand.
public final class TestCatalog implements CatalogView {
    private final Map<String, TableView> tables = new LinkedHashMap<>();
    private final Map<String, ViewDefinition> views = new LinkedHashMap<>();
    private long version = 1;

    /// The eight tables of TPC-H with the statistics of scale 1.
    public static TestCatalog tpch() {
        TestCatalog catalog = new TestCatalog();
        catalog.create(resource("/io/basaltdb/query/tpch/schema.sql"));
        catalog.rows("region", 5).distinct("r_regionkey", 5, "r_name", 5);
        catalog.rows("nation", 25).distinct("n_nationkey", 25, "n_name", 25, "n_regionkey", 5);
        catalog.rows("supplier", 10_000)
                .distinct("s_suppkey", 10_000, "s_nationkey", 25, "s_name", 10_000);
        catalog.rows("customer", 150_000)
                .distinct(
                        "c_custkey",
                        150_000,
                        "c_nationkey",
                        25,
                        "c_mktsegment",
                        5,
                        "c_phone",
                        150_000);
        catalog.rows("part", 200_000)
                .distinct(
                        "p_partkey",
                        200_000,
                        "p_brand",
                        25,
                        "p_type",
                        150,
                        "p_size",
                        50,
                        "p_container",
                        40);
        catalog.rows("partsupp", 800_000)
                .distinct("ps_partkey", 200_000, "ps_suppkey", 10_000, "ps_availqty", 9_999);
        catalog.rows("orders", 1_500_000)
                .distinct(
                        "o_orderkey",
                        1_500_000,
                        "o_custkey",
                        99_996,
                        "o_orderdate",
                        2_406,
                        "o_orderstatus",
                        3,
                        "o_orderpriority",
                        5,
                        "o_shippriority",
                        1)
                .range("o_orderdate", "1992-01-01", "1998-08-02");
        catalog.rows("lineitem", 6_001_215)
                .distinct(
                        "l_orderkey",
                        1_500_000,
                        "l_partkey",
                        200_000,
                        "l_suppkey",
                        10_000,
                        "l_shipdate",
                        2_526,
                        "l_commitdate",
                        2_466,
                        "l_receiptdate",
                        2_554,
                        "l_returnflag",
                        3,
                        "l_linestatus",
                        2,
                        "l_shipmode",
                        7,
                        "l_shipinstruct",
                        4,
                        "l_quantity",
                        50,
                        "l_discount",
                        11)
                .range("l_shipdate", "1992-01-02", "1998-12-01")
                .range("l_receiptdate", "1992-01-03", "1998-12-31");
        return catalog;
    }

    /// The queries of a resource, by the name behind `-- @q`.
    public static Map<String, String> queries(String resource) {
        Map<String, String> queries = new LinkedHashMap<>();
        for (String block : resource(resource).split("(?m)^-- @q ")) {
            int end = block.indexOf('\n');
            if (end > 0 && !block.startsWith("--")) {
                queries.put(block.substring(0, end).strip(), block.substring(end + 1).strip());
            }
        }
        return queries;
    }

    static String resource(String name) {
        try (InputStream in = TestCatalog.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new AssertionError("no resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Runs CREATE TABLE and CREATE VIEW statements.
    public TestCatalog create(String script) {
        for (String sql : StatementSplitter.split(script).all()) {
            switch (StatementParser.parse(sql)) {
                case Statement.CreateTable table -> put(table);
                case Statement.CreateView view ->
                        views.put(
                                key(view.name().schemaOr("main"), view.name().name()),
                                new ViewDefinition(
                                        views.size(),
                                        view.name().schemaOr("main"),
                                        view.name().name(),
                                        view.query().sql(),
                                        "main"));
                case Statement other -> throw new AssertionError(other);
            }
            version++;
        }
        return this;
    }

    private void put(Statement.CreateTable table) {
        String schema = table.name().schemaOr("main");
        List<Field> fields = new ArrayList<>();
        List<ColumnStatistics> columns = new ArrayList<>();
        List<@Nullable String> defaults = new ArrayList<>();
        for (Statement.ColumnSpec column : table.columns()) {
            boolean key = table.layout().primaryKey().contains(column.name());
            fields.add(new Field(column.name(), column.type(), column.nullable() && !key));
            columns.add(new ColumnStatistics(0, null, null, -1, 8));
            defaults.add(column.defaultSql());
        }
        Schema row = new Schema(fields);
        List<Integer> key = table.layout().primaryKey().stream().map(row::indexOf).toList();
        tables.put(
                key(schema, table.name().name()),
                new TableView(
                        new RelationName.Table(tables.size() + 1, schema, table.name().name()),
                        row,
                        new TableStatistics(1000, columns),
                        defaults,
                        table.layout().orderBy().stream().map(row::indexOf).toList(),
                        key.isEmpty() ? List.of() : List.of(key)));
    }

    /// Sets the row count of a table and gives a hand to set more of it.
    public Known rows(String table, long rowCount) {
        TableView view = tables.get(key("main", table));
        set(table, new TableStatistics(rowCount, view.statistics().columns()));
        return new Known(table);
    }

    private void set(String table, TableStatistics statistics) {
        TableView view = tables.get(key("main", table));
        tables.put(
                key("main", table),
                new TableView(
                        view.relation(),
                        view.schema(),
                        statistics,
                        view.defaults(),
                        view.sortKey(),
                        view.keys()));
    }

    /// Sets statistics of one table's columns.
    public final class Known {
        private final String table;

        Known(String table) {
            this.table = table;
        }

        /// Alternately a column and its number of distinct values.
        public Known distinct(Object... columnsAndCounts) {
            for (int i = 0; i < columnsAndCounts.length; i += 2) {
                long count = (Integer) columnsAndCounts[i + 1];
                change(
                        (String) columnsAndCounts[i],
                        old ->
                                new ColumnStatistics(
                                        old.nullCount(),
                                        old.min(),
                                        old.max(),
                                        count,
                                        old.averageBytes()));
            }
            return this;
        }

        public Known range(String column, String min, String max) {
            Value low = Value.of(LocalDate.parse(min).toEpochDay());
            Value high = Value.of(LocalDate.parse(max).toEpochDay());
            change(
                    column,
                    old ->
                            new ColumnStatistics(
                                    old.nullCount(),
                                    low,
                                    high,
                                    old.distinctCount(),
                                    old.averageBytes()));
            return this;
        }

        private void change(
                String column, java.util.function.UnaryOperator<ColumnStatistics> change) {
            TableView view = tables.get(key("main", table));
            List<ColumnStatistics> columns = new ArrayList<>(view.statistics().columns());
            int at = view.schema().indexOf(column);
            columns.set(at, change.apply(columns.get(at)));
            set(table, new TableStatistics(view.statistics().rowCount(), columns));
        }
    }

    private static String key(String schema, String name) {
        return (schema + "." + name).toLowerCase(Locale.ROOT);
    }

    @Override
    public long version() {
        return version;
    }

    @Override
    public List<String> schemas() {
        return List.of("main", "web");
    }

    @Override
    public @Nullable TableView table(String schema, String name) {
        return tables.get(key(schema, name));
    }

    @Override
    public @Nullable ViewDefinition view(String schema, String name) {
        return views.get(key(schema, name));
    }

    @Override
    public Type.@Nullable Enumeration type(String name) {
        return null;
    }

    @Override
    public @Nullable MacroDefinition macro(String schema, String name) {
        return null;
    }

    @Override
    public JavaCode code(JavaRoutine routine) {
        throw new AssertionError("there are no macros");
    }

    @Override
    public List<String> tableNames(String schema) {
        return tables.keySet().stream().map(key -> key.substring(key.indexOf('.') + 1)).toList();
    }

    @Override
    public TableView file(String path) {
        if (!path.endsWith(".parquet")) {
            throw new BasaltException(ErrorCode.FILE_NOT_FOUND, "There is no file " + path);
        }
        return virtual(new RelationName.Function("read_parquet", List.of(path)));
    }

    @Override
    public @Nullable TableView function(String name, List<String> arguments) {
        return name.startsWith("read_")
                ? virtual(new RelationName.Function(name, arguments))
                : null;
    }

    private static TableView virtual(RelationName relation) {
        return new TableView(
                relation,
                Schema.of(new Field("x", Type.BIGINT, true), new Field("s", Type.TEXT, true)),
                new TableStatistics(
                        100,
                        List.of(
                                new ColumnStatistics(0, null, null, -1, 8),
                                new ColumnStatistics(0, null, null, -1, 8))),
                List.of(),
                List.of(),
                List.of());
    }
}
