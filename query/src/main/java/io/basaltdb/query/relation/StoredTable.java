package io.basaltdb.query.relation;

import io.basaltdb.storage.catalog.TableStatistics;
import io.basaltdb.storage.table.Split;
import io.basaltdb.storage.table.TableSnapshot;
import io.basaltdb.storage.type.Schema;
import java.util.List;

/// A table of the database at one commit number.
public record StoredTable(TableSnapshot snapshot) implements Relation {
    @Override
    public Schema schema() {
        return snapshot.definition().rowSchema();
    }

    @Override
    public TableStatistics statistics() {
        return snapshot.statistics();
    }

    @Override
    public List<Split> splits() {
        return snapshot.splits();
    }
}
