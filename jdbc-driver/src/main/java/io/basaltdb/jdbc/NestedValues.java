package io.basaltdb.jdbc;

import io.basaltdb.jdbc.value.NestedArray;
import io.basaltdb.jdbc.value.NestedStruct;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Nested values as JDBC hands them out, with what is in them.
final class NestedValues {
    private NestedValues() {}

    static @Nullable Object of(@Nullable Object value) {
        if (value instanceof NestedArray) {
            return new BasaltArray((NestedArray) value);
        }
        if (value instanceof NestedStruct) {
            return new BasaltStruct((NestedStruct) value);
        }
        if (!(value instanceof Map)) {
            return value;
        }
        Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
        ((Map<?, ?>) value).forEach((key, inner) -> map.put(of(key), of(inner)));
        return map;
    }
}
