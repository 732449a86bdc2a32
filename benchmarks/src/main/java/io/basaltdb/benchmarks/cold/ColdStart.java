package io.basaltdb.benchmarks.cold;

import io.basaltdb.benchmarks.suite.Median;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// One way to begin.
///
/// @param name what is begun, without blanks
/// @param command the process
/// @param wantedMillis what it is to take at most; not a number where nothing is said
public record ColdStart(String name, List<String> command, double wantedMillis) {
    public ColdStart {
        command = List.copyOf(command);
    }

    /// The shell, by the launcher of this installation.
    ///
    /// @param arguments of `basalt`
    public static ColdStart shell(
            String name, Path home, double wantedMillis, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("basalt").toString());
        command.addAll(arguments);
        return new ColdStart(name, command, wantedMillis);
    }

    /// A program in a JVM without flags.
    public static ColdStart program(
            String name, String classPath, String url, String sql, double wantedMillis) {
        return new ColdStart(
                name,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath,
                        ColdProgram.class.getName(),
                        url,
                        sql),
                wantedMillis);
    }

    /// What the runs took.
    ///
    /// @param answerMillis until the first line of the answer was read
    /// @param endMillis until the process was gone
    public record Times(double answerMillis, double endMillis) {}

    /// Runs it so many times, one after another; the medians of both.
    ///
    /// @throws IOException where a run fails or says nothing
    public Times run(int runs) throws IOException, InterruptedException {
        List<Double> answers = new ArrayList<>();
        List<Double> ends = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            Times times = runOnce();
            answers.add(times.answerMillis());
            ends.add(times.endMillis());
        }
        return new Times(Median.of(answers), Median.of(ends));
    }

    private Times runOnce() throws IOException, InterruptedException {
        long begun = System.nanoTime();
        Process process =
                new ProcessBuilder(command)
                        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        double answer = Double.NaN;
        try (BufferedReader lines = process.inputReader()) {
            if (lines.readLine() != null) {
                answer = (System.nanoTime() - begun) / 1e6;
            }
            while (lines.readLine() != null) {
                // What else it says does not matter, but must be read for it to end.
            }
        }
        int status = process.waitFor();
        if (status != 0 || Double.isNaN(answer)) {
            throw new IOException(
                    name
                            + " ended with status "
                            + status
                            + (Double.isNaN(answer) ? " and said nothing" : "")
                            + "; its errors are above");
        }
        return new Times(answer, (System.nanoTime() - begun) / 1e6);
    }

    /// One line for people.
    public String line(Times times) {
        return String.format(
                Locale.ROOT,
                "%-22s answer after %7.0f ms, gone after %7.0f ms%s",
                name,
                times.answerMillis(),
                times.endMillis(),
                Double.isNaN(wantedMillis)
                        ? ""
                        : String.format(Locale.ROOT, "  (%.0f ms wanted)", wantedMillis));
    }
}
