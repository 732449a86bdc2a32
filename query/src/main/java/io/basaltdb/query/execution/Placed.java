package io.basaltdb.query.execution;

/// An operator and where its work is counted.
record Placed<T>(T operator, OperatorProfile profile) {}
