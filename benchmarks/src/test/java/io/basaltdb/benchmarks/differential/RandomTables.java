package io.basaltdb.benchmarks.differential;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Tables with random columns and rows.
final class RandomTables {
    /// What a column holds.
    enum Kind {
        INT("INTEGER"),
        LONG("BIGINT"),
        MONEY("DECIMAL(12,2)"),
        TEXT("VARCHAR(40)"),
        DATE("DATE"),
        FLAG("BOOLEAN"),
        UUID("UUID"),
        TIME("TIME"),
        BYTES("BLOB");

        private final String sql;

        Kind(String sql) {
            this.sql = sql;
        }
    }

    /// A column of a table.
    record Column(String name, Kind kind) {}

    /// A table and its rows.
    record Table(String name, List<Column> columns, List<@Nullable Object[]> rows) {}

    private static final int[] INT_EXTREMES = {Integer.MAX_VALUE, Integer.MIN_VALUE + 1, 0, -1};
    private static final long[] LONG_EXTREMES = {Long.MAX_VALUE / 4096, -Long.MAX_VALUE / 4096, 0};
    private static final String[] WORDS = {"", "a", "A", "ab", "abc", "ä", "Ω", "%", "_", "a b"};

    private final Random random;

    RandomTables(Random random) {
        this.random = random;
    }

    /// Two tables; both have the column `k` by which they may be joined.
    List<Table> make() {
        return List.of(table("t0", 30 + random.nextInt(170)), table("t1", random.nextInt(60)));
    }

    private Table table(String name, int rowCount) {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column("k", Kind.INT));
        for (Kind kind : Kind.values()) {
            columns.add(new Column(name + "_" + kind.name().toLowerCase(Locale.ROOT), kind));
        }
        columns.add(new Column(name + "_few", Kind.values()[random.nextInt(5)]));
        int[] distinct = new int[columns.size()];
        double[] nulls = new double[columns.size()];
        for (int i = 0; i < distinct.length; i++) {
            distinct[i] = random.nextBoolean() ? 1 + random.nextInt(5) : 1000;
            nulls[i] = random.nextInt(3) == 0 ? 0 : random.nextDouble() * 0.4;
        }
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (int row = 0; row < rowCount; row++) {
            @Nullable Object[] values = new @Nullable Object[columns.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] =
                        random.nextDouble() < nulls[i]
                                ? null
                                : i == 0
                                        ? (Object) random.nextInt(20)
                                        : value(columns.get(i).kind(), distinct[i]);
            }
            rows.add(values);
        }
        return new Table(name, columns, rows);
    }

    private Object value(Kind kind, int distinct) {
        int drawn = random.nextInt(distinct);
        boolean extreme = random.nextInt(25) == 0;
        return switch (kind) {
            case INT -> extreme ? INT_EXTREMES[drawn % INT_EXTREMES.length] : drawn * 7 - 50;
            case LONG ->
                    extreme
                            ? LONG_EXTREMES[drawn % LONG_EXTREMES.length]
                            : drawn * 10_000_000_019L - 7;
            case MONEY ->
                    extreme
                            ? new BigDecimal("9999999999.99")
                            : BigDecimal.valueOf(drawn * 37L - 1000, 2);
            case TEXT -> WORDS[drawn % WORDS.length] + (distinct > 10 && !extreme ? drawn : "");
            case DATE ->
                    extreme ? LocalDate.of(1970, 1, 1) : LocalDate.of(2024, 2, 27).plusDays(drawn);
            case FLAG -> drawn % 2 == 0;
            case UUID -> uuid(extreme ? -1 : drawn).toString();
            case TIME -> LocalTime.ofSecondOfDay(extreme ? 86_399 : drawn * 61L).toString();
            case BYTES -> new byte[] {(byte) (drawn * 77), (byte) drawn};
        };
    }

    /// Numbers from a few to many, spread over both ends of the order.
    static UUID uuid(int drawn) {
        return new UUID(drawn * 0x9E3779B97F4A7C15L, drawn);
    }

    /// Creates and fills a table.
    static void create(Connection connection, Table table) throws SQLException {
        String columns =
                table.columns().stream()
                        .map(column -> column.name() + " " + column.kind().sql)
                        .collect(Collectors.joining(", "));
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE " + table.name() + " (" + columns + ")");
        }
        String marks = table.columns().stream().map(c -> "?").collect(Collectors.joining(", "));
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "INSERT INTO " + table.name() + " VALUES (" + marks + ")")) {
            for (@Nullable Object[] row : table.rows()) {
                for (int i = 0; i < row.length; i++) {
                    insert.setObject(i + 1, row[i]);
                }
                insert.addBatch();
            }
            if (!table.rows().isEmpty()) {
                insert.executeBatch();
            }
        }
    }
}
