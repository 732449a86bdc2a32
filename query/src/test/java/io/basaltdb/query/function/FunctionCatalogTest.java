package io.basaltdb.query.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.type.Type;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FunctionCatalogTest {
    @Test
    void namesAndAliasesAreUniqueAndLowerCase() {
        Set<String> seen = new HashSet<>();
        for (FunctionCatalog.Entry entry : FunctionCatalog.entries()) {
            String name = entry.function().name();
            assertEquals(name.toLowerCase(Locale.ROOT), name);
            assertTrue(seen.add(name), name);
            for (String alias : entry.aliases()) {
                assertEquals(alias.toLowerCase(Locale.ROOT), alias);
                assertTrue(seen.add(alias), alias);
                assertSame(entry.function(), FunctionCatalog.find(alias));
            }
            assertFalse(entry.summary().isBlank(), name);
        }
    }

    @Test
    void findsByNameAndAliasIgnoringCase() {
        assertSame(FunctionCatalog.find("substring"), FunctionCatalog.find("SUBSTR"));
        assertNull(FunctionCatalog.find("no_such"));
        assertEquals(
                "42883",
                assertThrows(BasaltException.class, () -> FunctionCatalog.get("no_such"))
                        .code()
                        .sqlState());
    }

    @Test
    void derivesTheTypesOfArithmetic() {
        Type price = new Type.Decimal(15, 2);
        assertEquals(new Type.Decimal(16, 2), type("add", price, price));
        assertEquals(new Type.Decimal(30, 4), type("multiply", price, price));
        assertEquals(
                new Type.Decimal(21, 13), type("divide", new Type.Decimal(10, 2), Type.INTEGER));
        assertEquals(Type.BIGINT, type("add", Type.INTEGER, Type.BIGINT));
        assertEquals(Type.DOUBLE, type("multiply", price, Type.DOUBLE));
        assertEquals(Type.INTEGER, type("subtract", Type.DATE, Type.DATE));
        assertEquals(Type.DATE, type("add", Type.DATE, Type.INTEGER));
        assertEquals(
                Type.TIMESTAMP,
                type("add", Type.DATE, new Type.Interval(Type.Interval.Unit.MONTHS)));
        assertNull(FunctionCatalog.get("add").resultType(List.of(Type.TEXT, Type.INTEGER)));
    }

    private static Type type(String name, Type... arguments) {
        return FunctionCatalog.get(name).resultType(List.of(arguments));
    }
}
