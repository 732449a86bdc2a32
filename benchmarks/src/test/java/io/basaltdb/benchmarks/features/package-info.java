/// What a user of PostgreSQL, DuckDB or ClickHouse writes, one statement a feature, and what Basalt makes of each.
///
/// `statements.txt` beside this package lists the statements; `outcomes.txt` says of each whether Basalt takes it, whether DuckDB
/// gives the same answer, or with which error it is refused. The test holds both against the engine; run it with
/// `-Dfeatures.write=true` to write the outcomes anew, and read the difference before it is committed.
///
/// In the same way `semantics.txt` lists what answers are at the edges, and `types.txt` the types. The pages `statements.md`, `semantics.md`
/// and `types.md` of `docs/sql` are written from these tables, and a test fails where a page is stale.
@NullMarked
package io.basaltdb.benchmarks.features;

import org.jspecify.annotations.NullMarked;
