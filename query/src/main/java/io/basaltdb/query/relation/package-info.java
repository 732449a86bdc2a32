/// Everything that can be scanned: stored tables at a snapshot, virtual tables of the engine, files, table functions.
///
/// Doors: [Relation], [RelationRegistry]. Execution resolves the names of a plan here when a query starts; the SQL side asks for
/// their columns when it plans.
@NullMarked
package io.basaltdb.query.relation;

import org.jspecify.annotations.NullMarked;
