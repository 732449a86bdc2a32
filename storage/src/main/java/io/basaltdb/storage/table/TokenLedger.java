package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.TableCheckpoint;
import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.catalog.UsedToken;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The idempotency tokens of one table. The Committer adds and forgets, in commit order; others look up, and tell by the commit what their
/// snapshot does not see yet.
///
/// A token is forgotten when one comes that is a day younger, unless it is among the newest [#ALWAYS_KEPT]: so what is forgotten follows from the
/// log alone, whatever the clock of whoever reads it says, and a clock that jumps ahead makes no insert repeat.
final class TokenLedger {
    /// A token that was used, and the commit that used it.
    record Entry(UsedToken token, long commit) {}

    static final long KEPT_MICROS = 24 * 3_600_000_000L;
    static final int MAX_TOKENS = 1_000_000;
    static final int ALWAYS_KEPT = 10_000;

    private final int maxTokens;
    private final int alwaysKept;
    private final Map<String, Entry> byName = new ConcurrentHashMap<>();
    // The Committer's own; in commit order, which is the order of age but for moments.
    private final Deque<Entry> byAge = new ArrayDeque<>();

    TokenLedger() {
        this(MAX_TOKENS, ALWAYS_KEPT);
    }

    TokenLedger(int maxTokens, int alwaysKept) {
        this.maxTokens = maxTokens;
        this.alwaysKept = alwaysKept;
    }

    static TokenLedger of(List<TableCheckpoint.TokenCheckpoint> tokens) {
        TokenLedger ledger = new TokenLedger();
        for (TableCheckpoint.TokenCheckpoint token : tokens) {
            ledger.add(token.token(), token.commit());
        }
        return ledger;
    }

    /// Any thread.
    @Nullable Entry find(String name) {
        return byName.get(name);
    }

    /// Makes room for one more.
    ///
    /// @param table its name, for the message
    /// @throws BasaltException CONFIGURATION_LIMIT where the table has too many young ones
    void makeRoom(long wallMicros, String table) {
        forgetBefore(wallMicros - KEPT_MICROS);
        if (byName.size() >= maxTokens) {
            throw new BasaltException(
                    ErrorCode.CONFIGURATION_LIMIT,
                    "table "
                            + table
                            + " holds "
                            + maxTokens
                            + " insert tokens of the last 24 hours, which is the limit; insert"
                            + " larger batches under each, or without a token");
        }
    }

    void add(UsedToken token, long commit) {
        forgetBefore(token.wallMicros() - KEPT_MICROS);
        Entry entry = new Entry(token, commit);
        byName.put(token.name(), entry);
        byAge.addLast(entry);
    }

    static BasaltException conflict(String token, TableDefinition table) {
        return DeathResolver.conflict(
                "an insert under the token "
                        + token
                        + " into "
                        + table.qualifiedName()
                        + " was committed");
    }

    private void forgetBefore(long wallMicros) {
        Entry oldest = byAge.peekFirst();
        while (oldest != null
                && byAge.size() > alwaysKept
                && oldest.token().wallMicros() < wallMicros) {
            byAge.removeFirst();
            byName.remove(oldest.token().name(), oldest);
            oldest = byAge.peekFirst();
        }
    }

    /// What was used up to that commit. Any thread.
    List<TableCheckpoint.TokenCheckpoint> through(long commit) {
        return byName.values().stream()
                .filter(entry -> entry.commit() <= commit)
                .sorted(Comparator.comparingLong(Entry::commit))
                .map(entry -> new TableCheckpoint.TokenCheckpoint(entry.token(), entry.commit()))
                .toList();
    }
}
