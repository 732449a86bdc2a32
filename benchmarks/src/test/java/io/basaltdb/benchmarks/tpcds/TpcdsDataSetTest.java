package io.basaltdb.benchmarks.tpcds;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.basaltdb.benchmarks.data.DataSet;
import io.basaltdb.benchmarks.data.RowChecksum;
import io.basaltdb.benchmarks.data.TableSource;
import io.basaltdb.benchmarks.suite.BenchQuery;
import java.util.List;
import org.junit.jupiter.api.Test;

class TpcdsDataSetTest {

    @Test
    void theTablesAreThoseOfTheGenerator() {
        DataSet tiny = TpcdsDataSet.ofScale(0.01);
        assertEquals(24, tiny.tables().size());
        assertEquals(120_527, checksum(tiny.table("store_sales")).rowCount());
        assertEquals(11_925, checksum(tiny.table("store_returns")).rowCount());
        assertEquals(1_000, checksum(tiny.table("customer")).rowCount());
    }

    @Test
    void queriesAreTakenApart() {
        List<BenchQuery> queries = TpcdsQueries.all();
        assertEquals(103, queries.size());
        assertEquals(List.of("c_customer_id"), queries.getFirst().orderedBy());
        assertEquals("LIMIT 100", queries.getFirst().limit());
        assertEquals(List.of("lochierarchy"), named("q36").orderedBy());
        assertEquals(List.of("segment"), named("q54").orderedBy().subList(0, 1));
        assertEquals("", named("q98").limit());
    }

    private static BenchQuery named(String name) {
        return TpcdsQueries.all().stream()
                .filter(query -> query.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static RowChecksum checksum(TableSource table) {
        RowChecksum checksum = new RowChecksum(table.definition().columns());
        for (int piece = 0; piece < table.pieceCount(); piece++) {
            table.produce(piece, checksum);
        }
        return checksum;
    }
}
