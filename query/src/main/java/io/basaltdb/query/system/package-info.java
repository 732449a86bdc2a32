/// Virtual tables that describe the database: `information_schema` and `system`.
///
/// Doors: `InformationSchema`, `SystemTables`. Seen through `relation` like every other relation.
@NullMarked
package io.basaltdb.query.system;

import org.jspecify.annotations.NullMarked;
