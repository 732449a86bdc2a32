package io.basaltdb.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.basaltdb.query.session.Session;
import io.basaltdb.storage.DatabaseOptions;
import io.basaltdb.storage.io.MemoryDisk;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// UPDATE from text to answer, on rows of the delta and of parts.
@Timeout(60)
class UpdateTest {
    private final MemoryDisk disk = new MemoryDisk("the test", 1L << 28);
    private final TestSessions sessions =
            new TestSessions(
                    disk,
                    DatabaseOptions.defaults()
                            .withManualSteps(new Random(1))
                            .withSeal(1, 3)
                            .withBulk(1 << 20, 100_000, 1 << 20, 8000));
    private final TestSessions.Client client = sessions.client();

    @AfterEach
    void close() {
        sessions.close();
    }

    private void makeFruit() {
        client.run(
                "CREATE TABLE fruit (id BIGINT NOT NULL, name TEXT DEFAULT 'none', price DECIMAL(8, 2))"
                        + " PARTITION BY name ORDER BY (id)");
        client.run(
                "INSERT INTO fruit VALUES (3, 'fig', 0.25), (1, 'apple', 1.5), (2, NULL, 3), (4, 'fig', 0.5)");
    }

    private List<String> fruit() {
        return client.rows("SELECT id, name, price FROM fruit ORDER BY id, price");
    }

    @Test
    void changesWhatTheConditionFinds() {
        makeFruit();
        assertEquals(2, client.run("UPDATE fruit SET price = price * 2 WHERE name = 'fig'"));
        assertEquals(List.of("1|apple|1.50", "2|NULL|3.00", "3|fig|0.50", "4|fig|1.00"), fruit());
        assertEquals(0, client.run("UPDATE fruit SET price = 7 WHERE id > 4"));
        assertEquals(
                1,
                client.run(
                        "UPDATE main.fruit AS f SET name = DEFAULT, id = f.id + 10 WHERE f.id = 2"));
        assertEquals(4, client.run("UPDATE fruit SET (name, price) = (upper(name), NULL)"));
        assertEquals(List.of("1|APPLE|NULL", "3|FIG|NULL", "4|FIG|NULL", "12|NONE|NULL"), fruit());
    }

    @Test
    void movesRowsThroughSortKeyPartitionsAndParts() {
        makeFruit();
        for (int round = 0; round < 4; round++) {
            sessions.settle();
            assertEquals(4, client.run("UPDATE fruit SET id = 5 - id"));
            assertEquals(
                    2,
                    client.run(
                            "UPDATE fruit SET name = CASE name WHEN 'fig' THEN 'plum' ELSE 'fig' END"
                                    + " WHERE name IN ('fig', 'plum')"));
        }
        assertEquals(List.of("1|apple|1.50", "2|NULL|3.00", "3|fig|0.25", "4|fig|0.50"), fruit());
    }

    @Test
    void takesValuesFromOtherTables() {
        makeFruit();
        client.run("CREATE TABLE offer (name TEXT, price DOUBLE)");
        client.run("INSERT INTO offer VALUES ('fig', 0.1), ('melon', 2)");
        assertEquals(
                2,
                client.run(
                        "UPDATE fruit f SET price = o.price FROM offer o WHERE o.name = f.name"
                                + " AND f.name IS DISTINCT FROM 'melon'"));
        assertEquals(
                1,
                client.run("UPDATE fruit SET price = (SELECT max(price) FROM offer) WHERE id = 1"));
        assertEquals(List.of("1|apple|2.00", "2|NULL|3.00", "3|fig|0.10", "4|fig|0.10"), fruit());
        client.run("INSERT INTO offer VALUES ('fig', 0.2)");
        assertEquals(
                "21000",
                client.refusal(
                        "UPDATE fruit SET price = o.price FROM offer o WHERE o.name = fruit.name"));
        assertEquals(List.of("1|apple|2.00", "2|NULL|3.00", "3|fig|0.10", "4|fig|0.10"), fruit());
    }

    @Test
    void takesParametersInTheOrderOfTheText() {
        makeFruit();
        assertEquals(
                1,
                client.run(
                        "UPDATE fruit SET name = ?, price = ? FROM (SELECT CAST(? AS BIGINT) AS i) x"
                                + " WHERE id = x.i AND name = ?",
                        new Session.Parameter(Value.of("date"), Type.TEXT),
                        new Session.Parameter(Value.of("4.75"), Type.TEXT),
                        new Session.Parameter(Value.of(3L), Type.BIGINT),
                        new Session.Parameter(Value.of("fig"), Type.TEXT)));
        assertEquals(
                List.of("3|date|4.75"), client.rows("SELECT * FROM fruit WHERE name = 'date'"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "UPDATE nope SET id = 1; 42P01",
                "UPDATE fruit id = 1; 42601",
                "UPDATE fruit SET; 42601",
                "UPDATE fruit SET id; 42601",
                "UPDATE fruit SET id = ; 42601",
                "UPDATE fruit SET id = WHERE id = 1; 42601",
                "UPDATE fruit SET id = 1, WHERE id = 1; 42601",
                "UPDATE fruit SET (id, name) = (1); 42601",
                "UPDATE fruit SET (id, name) = (SELECT 1, 'a'); 0A000",
                "UPDATE fruit SET nope = 1; 42703",
                "UPDATE fruit SET id = 1, ID = 2; 42701",
                "UPDATE fruit SET id = NULL; 23502",
                "UPDATE fruit SET price = 12345678; 22003",
                "UPDATE fruit SET id = 1 / (id - 3); 22012",
                "UPDATE fruit SET id = (SELECT id FROM fruit); 21000",
                "UPDATE information_schema.tables SET table_name = 'x'; 42809",
            })
    void namesMistakesAndChangesNothing(String sql, String state) {
        makeFruit();
        assertEquals(state, client.refusal(sql));
        assertEquals(List.of("1|apple|1.50", "2|NULL|3.00", "3|fig|0.25", "4|fig|0.50"), fruit());
    }
}
