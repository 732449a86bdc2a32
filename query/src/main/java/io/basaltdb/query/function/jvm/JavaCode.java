package io.basaltdb.query.function.jvm;

/// The code of a routine, found and checked.
public sealed interface JavaCode permits JavaFunction, JavaAggregate {
    JavaRoutine routine();
}
