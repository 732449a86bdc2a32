package io.basaltdb.benchmarks.tpch;

import static io.basaltdb.benchmarks.data.ColumnType.BIGINT;
import static io.basaltdb.benchmarks.data.ColumnType.DATE;
import static io.basaltdb.benchmarks.data.ColumnType.INTEGER;
import static io.basaltdb.benchmarks.data.ColumnType.MONEY;
import static io.basaltdb.benchmarks.data.ColumnType.TEXT;

import io.basaltdb.benchmarks.data.ColumnDefinition;
import io.basaltdb.benchmarks.data.ColumnType;
import io.basaltdb.benchmarks.data.RowBatch;
import io.basaltdb.benchmarks.data.TableDefinition;
import io.basaltdb.benchmarks.data.TableSource;
import io.trino.tpch.Customer;
import io.trino.tpch.LineItem;
import io.trino.tpch.Nation;
import io.trino.tpch.Order;
import io.trino.tpch.Part;
import io.trino.tpch.PartSupplier;
import io.trino.tpch.Region;
import io.trino.tpch.Supplier;
import io.trino.tpch.TpchTable;
import java.util.List;

/// Definitions and row writers of the eight tables. The sort key of each is its primary key, the order in which the
/// generator makes the rows: no engine has to sort what it loads.
final class TpchTables {
    private TpchTables() {}

    static TableSource region() {
        TableDefinition definition =
                new TableDefinition(
                        "region",
                        List.of(
                                column("r_regionkey", INTEGER),
                                column("r_name", TEXT),
                                column("r_comment", TEXT)),
                        List.of("r_regionkey"));
        return new GeneratedTable<>(TpchTable.REGION, definition, 1, 1, TpchTables::writeRegion);
    }

    static TableSource nation() {
        TableDefinition definition =
                new TableDefinition(
                        "nation",
                        List.of(
                                column("n_nationkey", INTEGER),
                                column("n_name", TEXT),
                                column("n_regionkey", INTEGER),
                                column("n_comment", TEXT)),
                        List.of("n_nationkey"));
        return new GeneratedTable<>(TpchTable.NATION, definition, 1, 1, TpchTables::writeNation);
    }

    static TableSource supplier(double scale) {
        TableDefinition definition =
                new TableDefinition(
                        "supplier",
                        List.of(
                                column("s_suppkey", INTEGER),
                                column("s_name", TEXT),
                                column("s_address", TEXT),
                                column("s_nationkey", INTEGER),
                                column("s_phone", TEXT),
                                column("s_acctbal", MONEY),
                                column("s_comment", TEXT)),
                        List.of("s_suppkey"));
        return new GeneratedTable<>(
                TpchTable.SUPPLIER, definition, scale, 1, TpchTables::writeSupplier);
    }

    static TableSource customer(double scale, int pieces) {
        TableDefinition definition =
                new TableDefinition(
                        "customer",
                        List.of(
                                column("c_custkey", INTEGER),
                                column("c_name", TEXT),
                                column("c_address", TEXT),
                                column("c_nationkey", INTEGER),
                                column("c_phone", TEXT),
                                column("c_acctbal", MONEY),
                                column("c_mktsegment", TEXT),
                                column("c_comment", TEXT)),
                        List.of("c_custkey"));
        return new GeneratedTable<>(
                TpchTable.CUSTOMER, definition, scale, pieces, TpchTables::writeCustomer);
    }

    static TableSource part(double scale, int pieces) {
        TableDefinition definition =
                new TableDefinition(
                        "part",
                        List.of(
                                column("p_partkey", INTEGER),
                                column("p_name", TEXT),
                                column("p_mfgr", TEXT),
                                column("p_brand", TEXT),
                                column("p_type", TEXT),
                                column("p_size", INTEGER),
                                column("p_container", TEXT),
                                column("p_retailprice", MONEY),
                                column("p_comment", TEXT)),
                        List.of("p_partkey"));
        return new GeneratedTable<>(
                TpchTable.PART, definition, scale, pieces, TpchTables::writePart);
    }

    static TableSource partSupplier(double scale, int pieces) {
        TableDefinition definition =
                new TableDefinition(
                        "partsupp",
                        List.of(
                                column("ps_partkey", INTEGER),
                                column("ps_suppkey", INTEGER),
                                column("ps_availqty", INTEGER),
                                column("ps_supplycost", MONEY),
                                column("ps_comment", TEXT)),
                        List.of("ps_partkey"));
        return new GeneratedTable<>(
                TpchTable.PART_SUPPLIER, definition, scale, pieces, TpchTables::writePartSupplier);
    }

    static TableSource orders(double scale, int pieces) {
        TableDefinition definition =
                new TableDefinition(
                        "orders",
                        List.of(
                                column("o_orderkey", BIGINT),
                                column("o_custkey", INTEGER),
                                column("o_orderstatus", TEXT),
                                column("o_totalprice", MONEY),
                                column("o_orderdate", DATE),
                                column("o_orderpriority", TEXT),
                                column("o_clerk", TEXT),
                                column("o_shippriority", INTEGER),
                                column("o_comment", TEXT)),
                        List.of("o_orderkey"));
        return new GeneratedTable<>(
                TpchTable.ORDERS, definition, scale, pieces, TpchTables::writeOrder);
    }

    static TableSource lineItem(double scale, int pieces) {
        TableDefinition definition =
                new TableDefinition(
                        "lineitem",
                        List.of(
                                column("l_orderkey", BIGINT),
                                column("l_partkey", INTEGER),
                                column("l_suppkey", INTEGER),
                                column("l_linenumber", INTEGER),
                                column("l_quantity", MONEY),
                                column("l_extendedprice", MONEY),
                                column("l_discount", MONEY),
                                column("l_tax", MONEY),
                                column("l_returnflag", TEXT),
                                column("l_linestatus", TEXT),
                                column("l_shipdate", DATE),
                                column("l_commitdate", DATE),
                                column("l_receiptdate", DATE),
                                column("l_shipinstruct", TEXT),
                                column("l_shipmode", TEXT),
                                column("l_comment", TEXT)),
                        List.of("l_orderkey", "l_linenumber"));
        return new GeneratedTable<>(
                TpchTable.LINE_ITEM, definition, scale, pieces, TpchTables::writeLineItem);
    }

    private static ColumnDefinition column(String name, ColumnType type) {
        return new ColumnDefinition(name, type);
    }

    private static void writeRegion(Region row, RowBatch batch) {
        batch.put(0, row.regionKey());
        batch.putText(1, row.name());
        batch.putText(2, row.comment());
    }

    private static void writeNation(Nation row, RowBatch batch) {
        batch.put(0, row.nationKey());
        batch.putText(1, row.name());
        batch.put(2, row.regionKey());
        batch.putText(3, row.comment());
    }

    private static void writeSupplier(Supplier row, RowBatch batch) {
        batch.put(0, row.supplierKey());
        batch.putText(1, row.name());
        batch.putText(2, row.address());
        batch.put(3, row.nationKey());
        batch.putText(4, row.phone());
        batch.put(5, row.accountBalanceInCents());
        batch.putText(6, row.comment());
    }

    private static void writeCustomer(Customer row, RowBatch batch) {
        batch.put(0, row.customerKey());
        batch.putText(1, row.name());
        batch.putText(2, row.address());
        batch.put(3, row.nationKey());
        batch.putText(4, row.phone());
        batch.put(5, row.accountBalanceInCents());
        batch.putText(6, row.marketSegment());
        batch.putText(7, row.comment());
    }

    private static void writePart(Part row, RowBatch batch) {
        batch.put(0, row.partKey());
        batch.putText(1, row.name());
        batch.putText(2, row.manufacturer());
        batch.putText(3, row.brand());
        batch.putText(4, row.type());
        batch.put(5, row.size());
        batch.putText(6, row.container());
        batch.put(7, row.retailPriceInCents());
        batch.putText(8, row.comment());
    }

    private static void writePartSupplier(PartSupplier row, RowBatch batch) {
        batch.put(0, row.partKey());
        batch.put(1, row.supplierKey());
        batch.put(2, row.availableQuantity());
        batch.put(3, row.supplyCostInCents());
        batch.putText(4, row.comment());
    }

    private static void writeOrder(Order row, RowBatch batch) {
        batch.put(0, row.orderKey());
        batch.put(1, row.customerKey());
        batch.putText(2, String.valueOf(row.orderStatus()));
        batch.put(3, row.totalPriceInCents());
        batch.put(4, row.orderDate());
        batch.putText(5, row.orderPriority());
        batch.putText(6, row.clerk());
        batch.put(7, row.shipPriority());
        batch.putText(8, row.comment());
    }

    private static void writeLineItem(LineItem row, RowBatch batch) {
        batch.put(0, row.orderKey());
        batch.put(1, row.partKey());
        batch.put(2, row.supplierKey());
        batch.put(3, row.lineNumber());
        batch.put(4, row.quantity() * 100);
        batch.put(5, row.extendedPriceInCents());
        batch.put(6, row.discountPercent());
        batch.put(7, row.taxPercent());
        batch.putText(8, row.returnFlag());
        batch.putText(9, row.status());
        batch.put(10, row.shipDate());
        batch.put(11, row.commitDate());
        batch.put(12, row.receiptDate());
        batch.putText(13, row.shipInstructions());
        batch.putText(14, row.shipMode());
        batch.putText(15, row.comment());
    }
}
