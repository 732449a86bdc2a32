package io.basaltdb.jdbc;

import io.basaltdb.jdbc.value.NestedStruct;
import io.basaltdb.jdbc.value.NestedText;
import java.sql.Struct;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The members of a struct, in the order of its type.
final class BasaltStruct implements Struct {
    private final NestedStruct struct;

    BasaltStruct(NestedStruct struct) {
        this.struct = struct;
    }

    @Override
    public String getSQLTypeName() {
        return struct.type().sql();
    }

    @Override
    public @Nullable Object[] getAttributes() {
        @Nullable Object[] members = struct.members();
        for (int i = 0; i < members.length; i++) {
            members[i] = NestedValues.of(members[i]);
        }
        return members;
    }

    @Override
    public @Nullable Object[] getAttributes(@Nullable Map<String, Class<?>> map) {
        return getAttributes();
    }

    @Override
    public String toString() {
        String text = struct.text();
        return text == null ? NestedText.of(this) : text;
    }
}
