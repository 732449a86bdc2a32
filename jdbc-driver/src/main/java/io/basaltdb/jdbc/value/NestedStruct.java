package io.basaltdb.jdbc.value;

import org.jspecify.annotations.Nullable;

/// The members of a struct, in the order of its type.
public final class NestedStruct {
    private final NestedType type;
    private final @Nullable Object[] members;
    private final @Nullable String text;

    /// @param text as the database wrote the struct; null where a program made it
    public NestedStruct(NestedType type, @Nullable Object[] members, @Nullable String text) {
        if (type.kind() != NestedType.Kind.STRUCT || type.parts().size() != members.length) {
            throw new ConversionException(
                    "22023", type.sql() + " is no struct of " + members.length + " members");
        }
        this.type = type;
        this.members = members.clone();
        this.text = text;
    }

    public @Nullable String text() {
        return text;
    }

    public NestedType type() {
        return type;
    }

    public @Nullable Object[] members() {
        return members.clone();
    }
}
