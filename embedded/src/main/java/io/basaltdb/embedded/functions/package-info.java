/// What a program that runs the engine can give it: functions and aggregates as objects and lambdas.
///
/// Door: [JavaFunctions], which a connection to a database in this process unwraps to. `docs/sql/java-functions.md` says which class stands
/// for which type.
///
/// Not here: functions of jars and of public classes, which CREATE FUNCTION names; how any of them is called (`query.function.jvm`).
@NullMarked
package io.basaltdb.embedded.functions;

import org.jspecify.annotations.NullMarked;
