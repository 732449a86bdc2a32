package io.basaltdb.benchmarks.command;

import io.basaltdb.benchmarks.suite.Suite;
import io.basaltdb.benchmarks.tpch.TpchDataSet;
import io.basaltdb.benchmarks.tpch.TpchQueries;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `basalt bench tpch`.
@Command(name = "tpch", mixinStandardHelpOptions = true, description = "the 22 queries of TPC-H")
public final class TpchCommand extends SuiteCommand {
    @Option(
            names = "--scale",
            defaultValue = "1",
            description =
                    "scale factor: 1 is 6 million rows of lineitem (default: ${DEFAULT-VALUE})")
    private double scale;

    @Override
    Suite suite() {
        return new Suite("tpch", TpchDataSet.ofScale(scale), TpchQueries.all());
    }
}
