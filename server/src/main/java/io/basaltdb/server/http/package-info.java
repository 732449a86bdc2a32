/// What the port answers to HTTP: a page that says what this is, and `/healthz`.
///
/// Door: [HttpPages]. Called by `net`. Not here: queries.
@NullMarked
package io.basaltdb.server.http;

import org.jspecify.annotations.NullMarked;
