package io.basaltdb.embedded.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableNameTest {
    @Test
    void namesAreRead() {
        assertEquals(new TableName(null, "t"), TableName.read(" t "));
        assertEquals(new TableName("s", "t"), TableName.read("s . \"t\""));
        assertEquals(new TableName(null, "my table"), TableName.read("`my table`"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1t", "a b", "a.", "\"a\"\"b\"", "\"a", "t (a)"})
    void everythingElseIsNone(String text) {
        assertNull(TableName.read(text));
    }
}
