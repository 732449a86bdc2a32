/// `basalt demo`: what Basalt does, shown on real data in a few minutes.
///
/// Door: [DemoCommand]. It loads the flights of the folder `demo`, generates TPC-H, runs a tour of
/// queries, and then inserts and asks at once. Rows go in through the engine's columnar insert, questions
/// through JDBC, as a program would ask them.
///
/// Not here: measuring beside other engines (package `suite`).
@NullMarked
package io.basaltdb.benchmarks.demo;

import org.jspecify.annotations.NullMarked;
