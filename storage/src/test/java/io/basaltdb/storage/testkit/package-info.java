/// What tests of all modules stand on: a disk that fails and crashes on command, a clock set by hand.
///
/// Doors: [SimulatedDisk], [ManualClock].
@NullMarked
package io.basaltdb.storage.testkit;

import org.jspecify.annotations.NullMarked;
