package io.basaltdb.embedded.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InsertShapeTest {
    @Test
    void plainFormsAreTaken() {
        assertEquals(
                new InsertShape(null, "t", List.of("a", "b"), 2),
                InsertShape.of("INSERT INTO t (a, b) VALUES (?, ?)"));
        assertEquals(
                new InsertShape("s", "t", List.of(), 1),
                InsertShape.of("  insert\n into s . \"t\" values(?) ; "));
        assertEquals(
                new InsertShape(null, "my table", List.of("a(b"), 1),
                InsertShape.of("INSERT INTO `my table`(\"a(b\") VALUES (?)"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO t VALUES (?, 1)",
                "INSERT INTO t VALUES (?), (?)",
                "INSERT INTO t (a, b) VALUES (?)",
                "INSERT INTO t SELECT ?",
                "INSERT INTO t VALUES (? + 1)",
                "INSERT INTO t VALUES (?) ON CONFLICT DO NOTHING",
                "INSERT INTO t VALUES ()",
                "INSERT INTO t VALUES (?",
                "INSERT INTO \"a\"\"b\" VALUES (?)",
                "INSERT INTO 1t VALUES (?)",
                "INSERT /* c */ INTO t VALUES (?)",
                "INSERTINTO t VALUES (?)",
                "UPDATE t SET a = ?",
                "",
                "INSERT",
            })
    void everythingElseIsLeftToTheParser(String sql) {
        assertNull(InsertShape.of(sql));
    }
}
