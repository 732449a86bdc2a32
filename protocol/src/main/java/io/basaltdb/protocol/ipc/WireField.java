package io.basaltdb.protocol.ipc;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One column of a schema.
public final class WireField {
    /// The dictionary of a field that has none.
    public static final long NO_DICTIONARY = -1;

    private final String name;
    private final WireType type;
    private final boolean nullable;
    private final long dictionary;
    private final Map<String, String> metadata;

    public WireField(
            String name,
            WireType type,
            boolean nullable,
            long dictionary,
            Map<String, String> metadata) {
        this.name = name;
        this.type = type;
        this.nullable = nullable;
        this.dictionary = dictionary;
        this.metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /// A plain column without metadata.
    public static WireField of(String name, WireType type, boolean nullable) {
        return new WireField(name, type, nullable, NO_DICTIONARY, Map.of());
    }

    public String name() {
        return name;
    }

    /// The type of the values; a dictionary-encoded column sends indices to them.
    public WireType type() {
        return type;
    }

    public boolean isNullable() {
        return nullable;
    }

    /// The number of the dictionary, or [#NO_DICTIONARY].
    public long dictionary() {
        return dictionary;
    }

    public boolean isEncoded() {
        return dictionary != NO_DICTIONARY;
    }

    /// The type of what a record batch holds for this column.
    public WireType storedType() {
        return isEncoded() ? WireType.INT32 : type;
    }

    /// Further facts; the keys of ours are in [FieldKey].
    public Map<String, String> metadata() {
        return metadata;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof WireField)) {
            return false;
        }
        WireField that = (WireField) other;
        return name.equals(that.name)
                && type.equals(that.type)
                && nullable == that.nullable
                && dictionary == that.dictionary
                && metadata.equals(that.metadata);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, type, nullable, dictionary, metadata);
    }

    @Override
    public String toString() {
        return name + " " + type + (nullable ? "" : " NOT NULL");
    }
}
