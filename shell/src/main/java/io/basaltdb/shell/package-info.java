/// The command line: the interactive shell and the commands of the `basalt` launcher. It talks to
/// the engine through the JDBC driver alone; the exceptions are `server` and `check`, which open it
/// themselves.
@NullMarked
package io.basaltdb.shell;

import org.jspecify.annotations.NullMarked;
