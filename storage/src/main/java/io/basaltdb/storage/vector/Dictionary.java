package io.basaltdb.storage.vector;

import io.basaltdb.storage.type.Type;

/// Distinct values that codes name; immutable, may be kept. Identity (`==`) tells dictionaries apart.
public final class Dictionary {
    private final Vector values;
    private final boolean ordered;
    private final Vocabulary.Memory vocabulary = new Vocabulary.Memory();

    /// @param values flat (neither dictionary nor constant), at least one lane, no nulls
    /// @param ordered whether the values ascend strictly, so that codes compare as values do
    public Dictionary(Vector values, boolean ordered) {
        assert values.size() > 0 && !values.mayHaveNulls();
        assert !(values instanceof DictionaryVector) && !(values instanceof ConstantVector);
        this.values = values;
        this.ordered = ordered;
    }

    public Vector values() {
        return values;
    }

    public Type type() {
        return values.type();
    }

    public int size() {
        return values.size();
    }

    public boolean isOrdered() {
        return ordered;
    }

    /// What is remembered of the texts that it has in common with others.
    Vocabulary.Memory vocabulary() {
        return vocabulary;
    }
}
