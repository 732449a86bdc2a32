/// A runner for scripts in the form of SQLite's sqllogictest, over JDBC.
///
/// [ScriptParser] reads a script into [ScriptRecord]s, [ScriptRunner] runs them on a connection and counts in a
/// [Score]. A wrong answer is a query that was answered with other values than the script has; a statement that the
/// engine refuses is counted by its reason, and once the state of the database is no longer that of the script, the
/// rest of its queries are counted as unreachable. [Corpus] lists the scripts: those of `net.hydromatic:sql-logic-test`
/// on the class path, and Apache Calcite's beside this package. `excluded.txt` lists the queries that are not asked, and the
/// statements that need not fail, each with its reason: the answer of the script is not determined, or not what standard SQL says. It also
/// lists the SQLSTATEs with which any query may be refused, where the standard asks for an error and SQLite answers.
@NullMarked
package io.basaltdb.benchmarks.logictest;

import org.jspecify.annotations.NullMarked;
