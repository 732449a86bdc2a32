package io.basaltdb.benchmarks.tpch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.basaltdb.benchmarks.data.RowChecksum;
import io.basaltdb.benchmarks.data.TableSource;
import io.basaltdb.benchmarks.suite.BenchQuery;
import java.util.List;
import org.junit.jupiter.api.Test;

class TpchDataSetTest {

    @Test
    void rowCountsAreThoseOfTheSpecification() {
        assertEquals(List.of(5L, 25L, 100L, 1500L, 2000L, 8000L, 15000L, 60175L), counts(0.01));
    }

    @Test
    void piecesInOrderAreTheTable() {
        TableSource whole = TpchTables.lineItem(0.01, 1);
        TableSource cut = TpchTables.lineItem(0.01, 5);
        assertEquals(checksum(whole).value(), checksum(cut).value());
        TableSource orders = TpchTables.orders(0.01, 1);
        TableSource cutOrders = TpchTables.orders(0.01, 7);
        assertEquals(checksum(orders).value(), checksum(cutOrders).value());
    }

    @Test
    void queriesAreTakenApart() {
        List<BenchQuery> queries = TpchQueries.all();
        assertEquals(22, queries.size());
        BenchQuery third = queries.get(2);
        assertEquals("LIMIT 10", third.limit());
        assertEquals(List.of("revenue", "o_orderdate"), third.orderedBy());
        BenchQuery sixth = queries.get(5);
        assertEquals("", sixth.limit());
        assertEquals(List.of(), sixth.orderedBy());
    }

    private static List<Long> counts(double scale) {
        return TpchDataSet.ofScale(scale).tables().stream()
                .map(table -> checksum(table).rowCount())
                .toList();
    }

    private static RowChecksum checksum(TableSource table) {
        RowChecksum checksum = new RowChecksum(table.definition().columns());
        for (int piece = 0; piece < table.pieceCount(); piece++) {
            table.produce(piece, checksum);
        }
        return checksum;
    }
}
