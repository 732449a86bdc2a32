package io.basaltdb.jdbc.value;

import org.jspecify.annotations.Nullable;

/// The elements of a list, and what they are.
public final class NestedArray {
    private final NestedType element;
    private final @Nullable Object[] elements;
    private final @Nullable String text;

    /// @param text as the database wrote the list; null where a program made it
    public NestedArray(NestedType element, @Nullable Object[] elements, @Nullable String text) {
        this.element = element;
        this.elements = elements.clone();
        this.text = text;
    }

    public @Nullable String text() {
        return text;
    }

    public NestedType element() {
        return element;
    }

    public @Nullable Object[] elements() {
        return elements.clone();
    }
}
