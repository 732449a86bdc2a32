/// Kill tests: a child JVM writes through an embedded JDBC URL until it is killed, and the database is opened again.
///
/// [KillWriter] is the child: it inserts [Batches] from several connections and says on its standard output which ones
/// were acknowledged. [KillRun] is the parent: it kills the child at a random moment, opens the directory, and checks
/// that each acknowledged batch is there once and whole, each other one whole or not at all, and that nothing comes or
/// goes afterwards. A reader in the child checks the same while it runs. Where batches have tokens, the next child sends again whatever it does not
/// know the fate of, and nothing may be there twice. [ChildJvm] makes children that are at work within a second.
///
/// [PowerCutTest] does the same with the power of a file system, which [CuttableDisk] can cut; [Recovered] is what both look at.
/// [FullDiskTest] fills a real file system up, [FailedForceTest] lets the kernel fail, and [ClockJumpTest] sets the clock of a child.
@NullMarked
package io.basaltdb.benchmarks.crash;

import org.jspecify.annotations.NullMarked;
