package io.basaltdb.benchmarks.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Random statements that change two small tables, `a` and `b`, and a keyed one, `c`, each with columns `k`, `g`, `v`, `s`.
final class RandomChanges {
    private final Random random;
    private int nextKey;

    RandomChanges(Random random) {
        this.random = random;
    }

    /// A change of the keyed table that cannot fail.
    ///
    /// @param inTransaction DuckDB cannot insert a key again that the same transaction has deleted
    String nextKeyed(boolean inTransaction) {
        return switch (random.nextInt(inTransaction ? 6 : 8)) {
            case 0 -> "INSERT INTO c VALUES " + keyedRows() + " ON CONFLICT DO NOTHING";
            case 1 -> "INSERT OR REPLACE INTO c VALUES " + keyedRows();
            case 2 ->
                    "INSERT INTO c VALUES "
                            + keyedRows()
                            + " ON CONFLICT (k) DO UPDATE SET v = (c.v + excluded.v) % 1000, s = excluded.s WHERE c.v < 700";
            case 3 ->
                    "INSERT INTO c VALUES "
                            + keyedRows()
                            + " ON CONFLICT (k) DO UPDATE SET v = excluded.v, g = c.g RETURNING k, v * 2, s || '!'";
            case 4 ->
                    "INSERT INTO c SELECT k, min(g), min(v), min(s) FROM a WHERE "
                            + condition()
                            + " GROUP BY k ON CONFLICT (k) DO UPDATE SET v = excluded.v";
            case 5 ->
                    "UPDATE c SET v = (v * 3 + %d) %% 1000 WHERE %s RETURNING k, v + 1"
                            .formatted(random.nextInt(100), condition());
            case 6 -> "DELETE FROM c WHERE " + condition();
            default -> "DELETE FROM c WHERE v % 5 = 1 RETURNING k, s";
        };
    }

    private String keyedRows() {
        List<String> rows = new ArrayList<>();
        int count = random.nextInt(12) == 0 ? 60 : 1 + random.nextInt(6);
        int key = random.nextInt(150);
        for (int i = 0; i < count; i++) {
            key += 1 + random.nextInt(4);
            rows.add(
                    "(%d, %s, %d, '%s')"
                            .formatted(
                                    key,
                                    number(6),
                                    random.nextInt(1000),
                                    "abcdefgh".substring(random.nextInt(8))));
        }
        return String.join(", ", rows);
    }

    String next() {
        String table = random.nextBoolean() ? "a" : "b";
        String other = table.equals("a") ? "b" : "a";
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> "INSERT INTO " + table + " VALUES " + rows();
            case 3 ->
                    "INSERT INTO %s SELECT k + 1000, g, v, s FROM %s WHERE %s AND k < 1000"
                            .formatted(table, other, condition());
            case 4 ->
                    "UPDATE %s SET v = (v * 3 + %d) %% 1000, s = s || 'x' WHERE %s AND length(s) < 12"
                            .formatted(table, random.nextInt(100), condition());
            case 5 -> "UPDATE %s SET g = %s WHERE %s".formatted(table, number(6), condition());
            case 6 ->
                    "UPDATE %1$s SET v = x.v, s = NULL FROM (SELECT g, max(v) AS v FROM %2$s GROUP BY g) AS x WHERE %1$s.g = x.g AND %1$s.k %% 5 = %3$d"
                            .formatted(table, other, random.nextInt(5));
            case 7 -> "DELETE FROM %s WHERE %s".formatted(table, condition());
            case 8 ->
                    "DELETE FROM %1$s WHERE k IN (SELECT k FROM %2$s WHERE %3$s)"
                            .formatted(table, other, condition());
            default ->
                    random.nextInt(12) == 0
                            ? "DELETE FROM " + table
                            : "DELETE FROM %1$s USING %2$s AS o WHERE o.g = %1$s.g AND o.v < %1$s.v AND %1$s.k %% 7 = %3$d"
                                    .formatted(table, other, random.nextInt(7));
        };
    }

    private String rows() {
        List<String> rows = new ArrayList<>();
        int count = random.nextInt(12) == 0 ? 60 : 1 + random.nextInt(6);
        for (int i = 0; i < count; i++) {
            rows.add(
                    "(%d, %s, %d, '%s')"
                            .formatted(
                                    nextKey++ % 1000,
                                    number(6),
                                    random.nextInt(1000),
                                    "abcdefgh".substring(random.nextInt(8))));
        }
        return String.join(", ", rows);
    }

    private String number(int bound) {
        return random.nextInt(8) == 0 ? "NULL" : Integer.toString(random.nextInt(bound));
    }

    private String condition() {
        int low = random.nextInt(1000);
        return switch (random.nextInt(5)) {
            case 0 -> "g = " + random.nextInt(6);
            case 1 -> "k BETWEEN " + low + " AND " + (low + random.nextInt(60));
            case 2 -> "s LIKE '%" + "cdefgh".charAt(random.nextInt(6)) + "%'";
            case 3 -> "(g IS NULL OR v > " + (900 + random.nextInt(100)) + ")";
            default -> "v % 11 = " + random.nextInt(11);
        };
    }
}
