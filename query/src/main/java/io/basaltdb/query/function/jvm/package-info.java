/// Functions and aggregates that users write in Java.
///
/// Doors: [JavaRoutine], what CREATE FUNCTION … LANGUAGE JAVA says; [JavaLibrary], which finds the code of one; [JavaFunction] and [JavaAggregate], what SQL
/// then calls. A user's class knows nothing of ours: it is found by its name, its public methods by their names, and their parameters say by
/// their classes what they want ([JavaSlot]).
///
/// **Scalar functions** are public static methods. A method whose parameters are arrays is called once for the rows of a batch, any other once a row. **Aggregates**
/// are classes with a public constructor without parameters and the methods `accumulate`, `merge` and `finish`; an object is the state of one group.
///
/// **Jars** are read once, whole, and their classes defined from memory, so that a file may be replaced while queries run. Their parent is the platform's
/// class loader: they see neither the engine nor the program. The catalog holds a jar's path and the checksum of its bytes; a jar that is no longer the same is refused by
/// name. Without a jar the class is one of the program's own.
///
/// **Objects of the program** become functions too ([ProgramCode]) and are known as long as the database is open ([ProgramFunctions]).
///
/// Not here: what a failure means for the query. Whatever a user's method throws becomes an error of the statement, SQLSTATE 39000.
@NullMarked
package io.basaltdb.query.function.jvm;

import org.jspecify.annotations.NullMarked;
