package io.basaltdb.benchmarks.hits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.benchmarks.data.ColumnDefinition;
import io.basaltdb.benchmarks.data.RowBatch;
import io.basaltdb.benchmarks.data.RowChecksum;
import io.basaltdb.benchmarks.suite.BenchQuery;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HitsDataSetTest {
    private static final long FROZEN = -8398284835974668017L;
    private static final List<ColumnDefinition> COLUMNS = HitsColumn.definitions();

    @Test
    void hasTheColumnsThatItPromises() {
        assertEquals(105, COLUMNS.size());
        assertEquals(105, COLUMNS.stream().map(ColumnDefinition::name).distinct().count());
    }

    /// Figures of different days compare only while this holds. A change here needs a new name for the data set.
    @Test
    void rowsAreFrozen() {
        RowChecksum checksum = new RowChecksum(COLUMNS);
        HitsTable table = new HitsTable(20_000, HitsDataSet.DEFAULT_SEED);
        table.produce(0, checksum);
        assertEquals(20_000, checksum.rowCount());
        assertEquals(FROZEN, checksum.value());
    }

    @Test
    void anyRangeCanBeMadeAlone() {
        long seed = Long.getLong("test.seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        HitsTable table = new HitsTable(1_500_000, seed);
        RowChecksum whole = new RowChecksum(COLUMNS);
        RowChecksum inPieces = new RowChecksum(COLUMNS);
        long from = random.nextLong(1_400_000);
        long to = from + 30_000;
        table.produceRows(from, to, whole);
        for (long at = from; at < to; ) {
            long end = Math.min(to, at + 1 + random.nextInt(7000));
            table.produceRows(at, end, inPieces);
            at = end;
        }
        assertEquals(to - from, whole.rowCount());
        assertEquals(whole.rowCount(), inPieces.rowCount());
        assertEquals(whole.value(), inPieces.value());
    }

    @Test
    void rowsAreSorted() {
        HitsTable table = new HitsTable(60_000, 7);
        SortCheck check = new SortCheck();
        table.produce(0, check);
        assertEquals(60_000, check.rows);
    }

    @Test
    void sharesAreAsPromised() {
        HitsTable table = new HitsTable(200_000, 3);
        Shares shares = new Shares();
        table.produce(0, shares);
        assertEquals(0.18, shares.distinct(HitsColumn.USER_ID), 0.01);
        assertEquals(0.19, shares.distinct(HitsColumn.URL), 0.01);
        assertEquals(0.10, shares.distinct(HitsColumn.TITLE), 0.01);
        assertEquals(0.20, shares.distinct(HitsColumn.REFERER), 0.06);
        assertEquals(0.07, shares.distinct(HitsColumn.SEARCH_PHRASE), 0.01);
        assertEquals(1.0, shares.distinct(HitsColumn.WATCH_ID), 0);
        assertEquals(0.87, shares.empty(HitsColumn.SEARCH_PHRASE), 0.01);
        assertEquals(74, shares.meanLength(HitsColumn.URL), 2);
        assertEquals(52, shares.meanLength(HitsColumn.REFERER), 3);
        assertEquals(6403, shares.counters.size(), 10);
        assertEquals(0.014 * 200_000, shares.focusRows, 1);
    }

    @Test
    void queriesAskForThingsThatExist() {
        List<BenchQuery> queries = HitsQueries.all();
        assertEquals(43, queries.size());
        assertMentions(queries, "q20", "UserID = " + HitsQueries.frequentUser());
        assertMentions(queries, "q41", "RefererHash = " + HitsQueries.frontPageHash());
        assertMentions(queries, "q42", "URLHash = " + HitsQueries.popularPageHash());
    }

    @Test
    void everyDrawHasAnInverse() {
        Random random = new Random(5);
        for (int i = 0; i < 10_000; i++) {
            long value = random.nextLong();
            assertEquals(value, Draw.unmix(Draw.mix(value)));
        }
    }

    private static void assertMentions(List<BenchQuery> queries, String name, String text) {
        BenchQuery query =
                queries.stream().filter(q -> q.name().equals(name)).findFirst().orElseThrow();
        assertTrue(query.sql().contains(text), () -> name + " should ask for " + text);
    }

    private static final class SortCheck implements RowBatch.Target {
        private static final HitsColumn[] KEY = {
            HitsColumn.COUNTER_ID,
            HitsColumn.EVENT_DATE,
            HitsColumn.USER_ID,
            HitsColumn.EVENT_TIME,
            HitsColumn.WATCH_ID
        };
        private final long[] previous = new long[KEY.length];
        private long rows;

        @Override
        public void accept(RowBatch batch) {
            for (int row = 0; row < batch.size(); row++) {
                long[] key = new long[KEY.length];
                for (int i = 0; i < KEY.length; i++) {
                    key[i] = batch.numbers(KEY[i].index())[row];
                }
                long number = rows;
                assertTrue(
                        rows == 0 || Arrays.compare(previous, key) < 0,
                        () -> "row " + number + " is out of order");
                System.arraycopy(key, 0, previous, 0, KEY.length);
                rows++;
            }
        }
    }

    private static final class Shares implements RowBatch.Target {
        private final List<Set<Object>> values =
                COLUMNS.stream().map(column -> (Set<Object>) new HashSet<>()).toList();
        private final long[] empty = new long[COLUMNS.size()];
        private final long[] bytes = new long[COLUMNS.size()];
        private final Set<Long> counters = new HashSet<>();
        private long focusRows;
        private long rows;

        @Override
        public void accept(RowBatch batch) {
            for (int row = 0; row < batch.size(); row++) {
                addNumber(batch, HitsColumn.USER_ID, row);
                addNumber(batch, HitsColumn.WATCH_ID, row);
                addText(batch, HitsColumn.URL, row);
                addText(batch, HitsColumn.TITLE, row);
                addText(batch, HitsColumn.REFERER, row);
                addText(batch, HitsColumn.SEARCH_PHRASE, row);
                long counter = batch.numbers(HitsColumn.COUNTER_ID.index())[row];
                counters.add(counter);
                focusRows += counter == Layout.FOCUS_COUNTER ? 1 : 0;
                rows++;
            }
        }

        private void addNumber(RowBatch batch, HitsColumn column, int row) {
            values.get(column.index()).add(batch.numbers(column.index())[row]);
        }

        private void addText(RowBatch batch, HitsColumn column, int row) {
            String text = batch.texts(column.index()).text(row);
            values.get(column.index()).add(text);
            empty[column.index()] += text.isEmpty() ? 1 : 0;
            bytes[column.index()] += batch.texts(column.index()).length()[row];
        }

        double distinct(HitsColumn column) {
            return (double) values.get(column.index()).size() / rows;
        }

        double empty(HitsColumn column) {
            return (double) empty[column.index()] / rows;
        }

        double meanLength(HitsColumn column) {
            return (double) bytes[column.index()] / rows;
        }
    }
}
