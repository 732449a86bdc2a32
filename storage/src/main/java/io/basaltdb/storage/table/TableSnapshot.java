package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.catalog.TableStatistics;
import java.util.List;

/// The rows of one table at one commit number.
public interface TableSnapshot {
    TableDefinition definition();

    /// The commit number whose rows are seen.
    long commit();

    TableStatistics statistics();

    /// Parts and delta rows, in a fixed order (parts by age, then the delta); the same rows at every merge state.
    List<Split> splits();

    /// The parts among them, by age.
    List<StoredPart> parts();
}
