package io.basaltdb.benchmarks.command;

import io.basaltdb.benchmarks.suite.Suite;
import io.basaltdb.benchmarks.tpcds.TpcdsDataSet;
import io.basaltdb.benchmarks.tpcds.TpcdsQueries;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `basalt bench tpcds`.
@Command(name = "tpcds", mixinStandardHelpOptions = true, description = "the 99 queries of TPC-DS")
public final class TpcdsCommand extends SuiteCommand {
    @Option(
            names = "--scale",
            defaultValue = "1",
            description =
                    "scale factor: 1 is 2.9 million rows of store_sales (default: ${DEFAULT-VALUE})")
    private double scale;

    @Override
    Suite suite() {
        return new Suite("tpcds", TpcdsDataSet.ofScale(scale), TpcdsQueries.all());
    }
}
