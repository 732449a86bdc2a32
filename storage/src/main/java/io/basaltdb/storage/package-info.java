/// Keeps rows: this module knows types, vectors, files, the log, parts and tables, and gives every
/// commit one dense number. It knows nothing of SQL, of plans or of connections; whatever reads and
/// writes rows stands on it. The root package is its front door and only wires the packages below
/// it.
///
/// Doors: [Database], [DatabaseOptions], [DatabaseCheck]. A database directory holds `log/`, `manifest/`, `parts/` and `LOCK`; the
/// packages that write them specify their bytes.
@NullMarked
package io.basaltdb.storage;

import org.jspecify.annotations.NullMarked;
