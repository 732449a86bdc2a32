/// What transactions see of each other. [History] is what a run of concurrent sessions did and saw, [HistoryCheck] finds in it what snapshot
/// isolation forbids, in the manner of Elle: the order of the versions of a key follows from what was read, and transactions that depend on each other
/// in a circle give the anomaly its name. Hermitage's cases, written down by hand, are in `HermitageTest`.
@NullMarked
package io.basaltdb.query.isolation;

import org.jspecify.annotations.NullMarked;
