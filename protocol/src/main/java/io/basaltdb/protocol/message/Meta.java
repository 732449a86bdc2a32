package io.basaltdb.protocol.message;

import io.basaltdb.protocol.frame.Frame;
import io.basaltdb.protocol.frame.FrameBuffer;
import io.basaltdb.protocol.frame.FrameType;
import io.basaltdb.protocol.frame.PayloadReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Payload of META: a question about the catalog.
///
/// Patterns are SQL LIKE patterns with `\` as escape; a missing one matches everything. The answer
/// is rows whose columns depend on the kind alone, and never on what the tables are called.
public final class Meta {
    /// Patterns: schema. Columns: `schema_name`.
    public static final String SCHEMAS = "schemas";

    /// Patterns: schema, table. Columns: `table_schema, table_name, table_type`.
    public static final String TABLES = "tables";

    /// Patterns: schema, table, column. Columns: `table_schema, table_name, column_name,
    /// ordinal_position, column_default, is_nullable, data_type, is_generated`.
    public static final String COLUMNS = "columns";

    /// Patterns: schema, table. Columns: `table_schema, table_name, column_name, key_position`.
    public static final String PRIMARY_KEYS = "primary_keys";

    /// Patterns: schema, table. Columns: `table_schema, table_name, column_name, key_position`.
    public static final String SORT_KEYS = "sort_keys";

    /// Patterns: function. Columns: `function_name`.
    public static final String FUNCTIONS = "functions";

    private static final int MOST_PATTERNS = 8;

    private final String kind;
    private final List<@Nullable String> patterns;

    public Meta(String kind, @Nullable String... patterns) {
        this.kind = kind;
        this.patterns = Collections.unmodifiableList(Arrays.asList(patterns.clone()));
    }

    /// Reads the payload of `frame`.
    public static Meta read(Frame frame) {
        PayloadReader in = frame.reader();
        String kind = in.readString();
        int count = in.readCount(MOST_PATTERNS);
        List<@Nullable String> patterns = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            patterns.add(in.readByte() == 0 ? null : in.readString());
        }
        return new Meta(kind, patterns.toArray(new @Nullable String[0]));
    }

    /// Appends this as one frame.
    public void write(FrameBuffer out, int stream) {
        out.begin(FrameType.META, 0, stream);
        out.putString(kind);
        out.putInt(patterns.size());
        for (String pattern : patterns) {
            out.putByte(pattern == null ? 0 : 1);
            if (pattern != null) {
                out.putString(pattern);
            }
        }
        out.end();
    }

    /// One of the constants of this class.
    public String kind() {
        return kind;
    }

    /// The pattern at `index`, or null if everything matches there.
    public @Nullable String pattern(int index) {
        return index < patterns.size() ? patterns.get(index) : null;
    }
}
