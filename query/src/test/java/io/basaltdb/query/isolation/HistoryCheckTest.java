package io.basaltdb.query.isolation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.query.isolation.History.Append;
import io.basaltdb.query.isolation.History.Outcome;
import io.basaltdb.query.isolation.History.Read;
import io.basaltdb.query.isolation.History.ReadList;
import io.basaltdb.query.isolation.History.Write;
import io.basaltdb.query.isolation.HistoryCheck.Anomaly;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Whether the checker finds what is planted, and nothing where nothing is.
class HistoryCheckTest {
    private final List<History.Transaction> transactions = new ArrayList<>();

    private void add(Outcome outcome, History.Operation... operations) {
        int id = transactions.size() + 1;
        transactions.add(new History.Transaction(id, id, outcome, List.of(operations)));
    }

    private void committed(History.Operation... operations) {
        add(Outcome.COMMITTED, operations);
    }

    private static ReadList list(String key, Long... values) {
        return new ReadList(key, List.of(values));
    }

    private void expect(Anomaly... anomalies) {
        HistoryCheck.Verdict verdict = HistoryCheck.of(new History(transactions));
        assertEquals(Set.of(anomalies), verdict.anomalies(), verdict.findings()::toString);
    }

    @Test
    void aSerialHistoryIsClean() {
        committed(new Append("x", 1), new Append("y", 2));
        committed(list("x", 1L), new Append("x", 3));
        committed(list("x", 1L, 3L), list("y", 2L), new Read("r", null), new Write("r", 4));
        committed(new Read("r", 4L), new Write("r", 5), new Read("r", 5L));
        expect();
        assertFalse(HistoryCheck.of(new History(transactions)).writeSkews());
    }

    @Test
    void dirtyWritesAreACircleOfOverwriting() {
        committed(new Append("x", 1), new Append("y", 2));
        committed(new Append("x", 3), new Append("y", 4));
        committed(list("x", 1L, 3L));
        committed(list("y", 4L, 2L));
        expect(Anomaly.G0);
    }

    @Test
    void whatWasTakenBackIsNotToBeRead() {
        add(Outcome.ABORTED, new Append("x", 1));
        committed(list("x", 1L));
        expect(Anomaly.G1A_ABORTED_READ);
    }

    @Test
    void whatWasWrittenOverIsNotToBeRead() {
        committed(new Append("x", 1), new Append("x", 2));
        committed(list("x", 1L));
        committed(list("x", 1L, 2L));
        HistoryCheck.Verdict verdict = HistoryCheck.of(new History(transactions));
        assertTrue(verdict.anomalies().contains(Anomaly.G1B_INTERMEDIATE_READ));
    }

    @Test
    void informationDoesNotFlowInACircle() {
        committed(new Append("x", 1), list("y", 2L));
        committed(new Append("y", 2), list("x", 1L));
        expect(Anomaly.G1C);
    }

    @Test
    void ofTwoUpdatesNoneIsLost() {
        committed(new Read("r", null), new Write("r", 1));
        committed(new Read("r", 1L), new Write("r", 2));
        committed(new Read("r", 1L), new Write("r", 3));
        HistoryCheck.Verdict verdict = HistoryCheck.of(new History(transactions));
        assertTrue(verdict.anomalies().contains(Anomaly.LOST_UPDATE), verdict::toString);
    }

    @Test
    void aListThatLosesAnAppendIsACircle() {
        committed(new Append("x", 1));
        committed(list("x", 1L), new Append("x", 2));
        committed(list("x", 1L), new Append("x", 3));
        committed(list("x", 1L, 2L, 3L));
        expect(Anomaly.G_SINGLE);
    }

    @Test
    void whoSeesOneHalfSeesTheOther() {
        committed(new Append("x", 1), new Append("y", 2));
        committed(new Append("x", 3), new Append("y", 4));
        committed(list("x", 1L, 3L), list("y", 2L));
        committed(list("y", 2L, 4L));
        expect(Anomaly.G_SINGLE);
    }

    @Test
    void twoReadersDoNotDisagreeAboutTheOrderOfTwoWriters() {
        committed(new Append("x", 1));
        committed(new Append("y", 2));
        committed(list("x", 1L), list("y"));
        committed(list("x"), list("y", 2L));
        expect(Anomaly.G_NONADJACENT);
    }

    @Test
    void writeSkewIsAllowedAndTold() {
        committed(list("x"), list("y"), new Append("x", 1));
        committed(list("x"), list("y"), new Append("y", 2));
        committed(list("x", 1L), list("y", 2L));
        expect();
        assertTrue(HistoryCheck.of(new History(transactions)).writeSkews());
    }

    @Test
    void aTransactionSeesItsOwnWrites() {
        committed(new Append("x", 1), list("x"));
        expect(Anomaly.INTERNAL);
    }

    @Test
    void aSessionSeesWhatItDidBefore() {
        transactions.add(
                new History.Transaction(1, 7, Outcome.COMMITTED, List.of(new Append("x", 1))));
        transactions.add(new History.Transaction(2, 7, Outcome.COMMITTED, List.of(list("x"))));
        committed(list("x", 1L));
        expect(Anomaly.G_SINGLE);
    }

    @Test
    void listsDoNotChangeTheirOrderAndHoldNoGarbage() {
        committed(new Append("x", 1));
        committed(new Append("x", 2));
        committed(list("x", 1L, 2L));
        committed(list("x", 2L));
        HistoryCheck.Verdict verdict = HistoryCheck.of(new History(transactions));
        assertTrue(verdict.anomalies().contains(Anomaly.INCOMPATIBLE_ORDER), verdict::toString);
        committed(list("z", 99L));
        assertTrue(
                HistoryCheck.of(new History(transactions)).anomalies().contains(Anomaly.GARBAGE));
    }
}
