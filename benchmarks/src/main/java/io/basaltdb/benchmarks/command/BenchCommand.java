package io.basaltdb.benchmarks.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// What the measurements have in common: where they write, and where their databases lie.
abstract class BenchCommand implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;

    @Option(names = "--work", description = "folder of databases (default: target/bench/work)")
    private Path workFolder = BenchFolders.work();

    final PrintWriter out() {
        if (spec == null) {
            throw new IllegalStateException("the command was not made by the command line");
        }
        return spec.commandLine().getOut();
    }

    final Path workFolder() {
        return workFolder;
    }
}
