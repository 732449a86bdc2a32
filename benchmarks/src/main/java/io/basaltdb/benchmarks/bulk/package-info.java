/// How many rows a second engines take in from the memory of one program: what a program holds in arrays, until it is durable.
///
/// [BulkRun] loads the same rows through one [BulkDoor] and counts what is there afterwards.
@NullMarked
package io.basaltdb.benchmarks.bulk;

import org.jspecify.annotations.NullMarked;
