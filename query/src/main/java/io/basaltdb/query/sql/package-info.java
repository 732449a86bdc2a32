/// Text → statement, and the Calcite side of names, types and functions.
///
/// Doors: [SqlFrontEnd] (text in, [Statement] or plan out), [Statement] (sealed: what the text says), [CatalogView] (what the engine
/// tells the front end about tables), [StatementSplitter] (scripts into statements), [SqlLexer] and
/// [SqlWords] (for those who colour or complete text). `query` calls them, and the shell the last three.
///
/// The way of a query: [SqlLexer] cuts the text, [ComplexityLimit] refuses what would need too much stack, the generated grammar
/// parses it, the validator binds names and types, views are inlined, and `optimizer` makes a plan of it. The way of every
/// other statement ends at its record, which keeps the names as they were written.
///
/// Not here: what a statement does (`query`), how a plan runs (`execution`), the grammar of queries (module `sql-parser`). Of
/// Calcite nothing leaves this package and `optimizer`.
@NullMarked
package io.basaltdb.query.sql;

import org.jspecify.annotations.NullMarked;
