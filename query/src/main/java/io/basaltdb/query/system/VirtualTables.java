package io.basaltdb.query.system;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All virtual tables, by name.
public final class VirtualTables {
    private final List<VirtualTable> tables;

    public VirtualTables() {
        List<VirtualTable> all = new ArrayList<>(InformationSchema.tables());
        all.addAll(SystemTables.tables());
        tables = List.copyOf(all);
    }

    public List<VirtualTable> tables() {
        return tables;
    }

    /// The schemas that hold virtual tables.
    public List<String> schemas() {
        return tables.stream().map(VirtualTable::schemaName).distinct().sorted().toList();
    }

    public boolean hasSchema(String schema) {
        return tables.stream().anyMatch(table -> table.schemaName().equalsIgnoreCase(schema));
    }

    /// The table of that name, ignoring case.
    public @Nullable VirtualTable find(String schema, String name) {
        for (VirtualTable table : tables) {
            if (table.schemaName().equalsIgnoreCase(schema)
                    && table.name().equalsIgnoreCase(name)) {
                return table;
            }
        }
        return null;
    }
}
