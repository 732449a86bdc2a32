package io.basaltdb.storage.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.storage.catalog.UsedToken;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("D4")
final class TokenLedgerTest {
    private static UsedToken used(String name, long wallMicros) {
        return new UsedToken(name, 1, 2, 3, wallMicros);
    }

    @Test
    void aTableHoldsSoManyTokensAndSaysSo() {
        TokenLedger ledger = new TokenLedger(100, 40);
        for (int i = 0; i < 100; i++) {
            ledger.makeRoom(i, "main.t");
            ledger.add(used("t" + i, i), i);
        }
        BasaltException full =
                assertThrows(BasaltException.class, () -> ledger.makeRoom(100, "main.t"));
        assertEquals(ErrorCode.CONFIGURATION_LIMIT, full.code());
        assertTrue(full.text().contains("main.t holds 100 insert tokens"), full::text);
        long tomorrow = TokenLedger.KEPT_MICROS + 10;
        ledger.makeRoom(tomorrow, "main.t");
        ledger.add(used("next", tomorrow), 100);
        assertNull(ledger.find("t9"));
        assertNotNull(ledger.find("t10"));
        assertEquals(91, ledger.through(Long.MAX_VALUE).size());
    }

    @Test
    void aClockThatJumpsAheadForgetsOnlyWhatIsManyTokensOld() {
        TokenLedger ledger = new TokenLedger(100, 40);
        for (int i = 0; i < 60; i++) {
            ledger.add(used("t" + i, i), i);
        }
        long inTenYears = 3650 * TokenLedger.KEPT_MICROS;
        ledger.makeRoom(inTenYears, "main.t");
        ledger.add(used("late", inTenYears), 60);
        assertNull(ledger.find("t19"));
        assertNotNull(ledger.find("t21"));
        ledger.add(used("back", 61), 61);
        assertNotNull(ledger.find("t59"));
        TokenLedger restored = TokenLedger.of(ledger.through(Long.MAX_VALUE));
        assertEquals(
                ledger.through(Long.MAX_VALUE).size(), restored.through(Long.MAX_VALUE).size());
    }

    @Test
    void aManifestHoldsWhatItsCommitKnows() {
        TokenLedger ledger = new TokenLedger(100, 40);
        ledger.add(used("a", 1), 5);
        ledger.add(used("b", 2), 6);
        TokenLedger restored = TokenLedger.of(ledger.through(5));
        assertEquals(5, restored.find("a").commit());
        assertNull(restored.find("b"));
        assertEquals(1_000_000, TokenLedger.MAX_TOKENS);
    }
}
