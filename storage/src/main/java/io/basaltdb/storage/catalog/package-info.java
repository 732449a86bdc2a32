/// Names, definitions, log records, the manifest (checkpoint of the log), commit numbers and the Committer.
///
/// Doors: [TableDefinition], [CatalogSnapshot], `Manifest`, `LogRecord`, `Committer`. Definitions are immutable records that everyone
/// may read; only the Committer publishes new ones.
@NullMarked
package io.basaltdb.storage.catalog;

import org.jspecify.annotations.NullMarked;
