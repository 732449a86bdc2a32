package io.basaltdb.benchmarks.logictest;

import io.basaltdb.benchmarks.engine.TestEngine;
import org.junit.jupiter.api.condition.EnabledIf;

/// Basalt: an answer is right, or it is an error.
@EnabledIf("io.basaltdb.benchmarks.engine.TestEngine#basaltStands")
class BasaltSqlLogicTest extends SqlLogicTest {
    BasaltSqlLogicTest() {
        super(TestEngine.BASALT, 2000, Tolerance.NONE);
    }
}
