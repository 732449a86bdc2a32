package io.basaltdb.benchmarks.command;

import io.basaltdb.benchmarks.hits.HitsDataSet;
import io.basaltdb.benchmarks.hits.HitsQueries;
import io.basaltdb.benchmarks.suite.Suite;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `basalt bench hits`.
@Command(
        name = "hits",
        mixinStandardHelpOptions = true,
        description = "43 queries over a web-analytics table of 105 columns")
public final class HitsCommand extends SuiteCommand {
    @Option(
            names = "--rows",
            defaultValue = "10000000",
            description = "rows of the table (default: ${DEFAULT-VALUE})")
    private long rows;

    @Option(
            names = "--seed",
            defaultValue = "" + HitsDataSet.DEFAULT_SEED,
            description = "seed of the table (default: ${DEFAULT-VALUE})")
    private long seed;

    @Override
    Suite suite() {
        return new Suite("hits", HitsDataSet.ofRows(rows, seed), HitsQueries.all());
    }
}
