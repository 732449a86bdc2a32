package io.basaltdb.benchmarks.logictest;

import io.basaltdb.benchmarks.engine.TestEngine;

/// Proves the runner on an engine whose score is known.
class DuckDbSqlLogicTest extends SqlLogicTest {
    DuckDbSqlLogicTest() {
        super(TestEngine.DUCKDB, 300, new Tolerance(1, 4));
    }
}
