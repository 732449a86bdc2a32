/// What each statement does: sessions, settings, definitions, queries, inserts.
///
/// Doors: [Session] (a client's conversation), `EngineSession` (opens one), [QueryLog]. Called by the
/// engine alone.
///
/// One class per family of statements; `EngineSession` parses, picks the family and keeps the session's state. A statement that reads takes a
/// snapshot, plans against its names and runs on the shared workers; a statement that writes runs in a transaction of its own and returns when it is durable.
/// Between BEGIN and COMMIT both work in the session's transaction (`SessionTransaction`), whose snapshot holds what it has changed so far.
///
/// Not here: how text is read and planned (`sql`, `optimizer`), how plans run (`execution`), what is durable (storage).
@NullMarked
package io.basaltdb.query.session;

import org.jspecify.annotations.NullMarked;
