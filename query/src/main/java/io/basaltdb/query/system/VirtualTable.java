package io.basaltdb.query.system;

import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// A table that the engine fills when it is read.
///
/// @param rows makes the rows, each with one value per column
public record VirtualTable(
        String schemaName,
        String name,
        Schema schema,
        Function<SystemContext, List<List<Value>>> rows) {
    /// Columns from alternating names and types.
    static Schema columns(Object... namesAndTypes) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < namesAndTypes.length; i += 2) {
            fields.add(new Field((String) namesAndTypes[i], (Type) namesAndTypes[i + 1], true));
        }
        return new Schema(fields);
    }
}
