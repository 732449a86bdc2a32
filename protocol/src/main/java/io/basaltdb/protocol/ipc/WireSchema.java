package io.basaltdb.protocol.ipc;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The columns of a result, of an insert or of the parameters of a statement.
public final class WireSchema {
    private final List<WireField> fields;

    public WireSchema(List<WireField> fields) {
        this.fields = List.copyOf(fields);
    }

    public static WireSchema of(WireField... fields) {
        return new WireSchema(Arrays.asList(fields));
    }

    public List<WireField> fields() {
        return fields;
    }

    public WireField field(int index) {
        return fields.get(index);
    }

    public int size() {
        return fields.size();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof WireSchema && fields.equals(((WireSchema) other).fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    @Override
    public String toString() {
        return fields.toString();
    }
}
