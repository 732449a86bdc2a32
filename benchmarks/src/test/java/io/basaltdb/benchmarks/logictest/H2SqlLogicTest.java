package io.basaltdb.benchmarks.logictest;

import io.basaltdb.benchmarks.engine.TestEngine;

/// Proves the runner on an engine with the standard's arithmetic.
class H2SqlLogicTest extends SqlLogicTest {
    H2SqlLogicTest() {
        super(TestEngine.H2, 300, new Tolerance(1, 8));
    }
}
