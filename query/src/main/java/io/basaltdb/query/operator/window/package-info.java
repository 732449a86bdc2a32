/// Window functions: for each row a value computed from the rows around it.
///
/// Doors: [WindowSink] with its [WindowSource]. Made by execution from a window node of a plan.
///
/// **Gathering.** Lanes keep their rows; when all have come they are one store, cut into **buckets** by the hash of the partition columns, so that a partition lies in
/// one bucket. Each bucket is sorted by one task with the words of `sort` (partition, then order, then, where a call tells rows apart that the order does
/// not, all other columns: so the answer never depends on the order in which rows came) and its borders are marked: where partitions begin, and where peers begin.
///
/// **Computing.** A lane of the source takes one bucket after the other and goes through it batch by batch; every call computes its column from the rows in their order. Nothing is
/// kept per row but row numbers and border bits. Frames only move forward ([Frame]), so sums take rows in and out, minima keep a queue of candidates, and
/// whatever picks a row of the frame gives its number: no call is slower with a longer frame.
///
/// Not here: the order of partitions among each other (SQL leaves it open), spilling.
@NullMarked
package io.basaltdb.query.operator.window;

import org.jspecify.annotations.NullMarked;
