/// SQL at the terminal: statements from arguments, files or keys, results as boxes, CSV or other text.
///
/// Doors: [SqlCommand] (`basalt sql`), [SqlRun] (what it does), [Training], [ResultFormat] (how rows are written), [StatementRunner] (runs one statement on a connection and writes
/// what it gives). Everything goes through JDBC, so a server and an embedded database look the same. Not here: what a statement means.
@NullMarked
package io.basaltdb.shell.sql;

import org.jspecify.annotations.NullMarked;
