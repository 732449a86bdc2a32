package io.basaltdb.query.relation;

import io.basaltdb.storage.catalog.TableStatistics;
import io.basaltdb.storage.table.Split;
import io.basaltdb.storage.type.Schema;
import java.util.List;

/// Rows that can be scanned, fixed for one query.
public interface Relation {
    Schema schema();

    TableStatistics statistics();

    /// The rows, cut for parallel reading. A split's columns are those of [#schema], by position.
    List<Split> splits();
}
