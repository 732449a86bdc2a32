/// What can go wrong, as one exception type and a closed list of codes.
///
/// Doors: [BasaltException] and [ErrorCode]. Everyone may use them. Three kinds of failure exist: a mistake of ours is an
/// `assert`; something from outside (disk, wire, user) is checked always and raised as a [BasaltException]; a limit has a code
/// of its own and names the limit and its setting. A message names the thing, what was expected, what was found, and what to
/// do. No Java class name ever stands in a message.
@NullMarked
package io.basaltdb.storage.error;

import org.jspecify.annotations.NullMarked;
