package io.basaltdb.shell.sql;

import io.basaltdb.query.sql.StatementSplitter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;

/// Runs the statements of a script one after the other.
final class ScriptRunner {
    private final StatementRunner runner;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Display display;
    private final boolean timing;
    private final boolean keepGoing;

    ScriptRunner(
            Connection connection,
            PrintWriter out,
            PrintWriter err,
            Display display,
            boolean timing,
            boolean keepGoing) {
        this.runner = new StatementRunner(connection, out);
        this.out = out;
        this.err = err;
        this.display = display;
        this.timing = timing;
        this.keepGoing = keepGoing;
    }

    /// Whether every statement succeeded; the first that fails ends the script unless it should go on.
    boolean run(String script) {
        boolean good = true;
        for (String statement : StatementSplitter.split(script).all()) {
            if (!runOne(statement)) {
                good = false;
                if (!keepGoing) {
                    break;
                }
            }
        }
        return good;
    }

    private boolean runOne(String statement) {
        try {
            StatementRunner.Outcome outcome = runner.run(statement, display);
            if (timing) {
                out.println(OutcomeText.of(outcome));
                out.flush();
            }
            return true;
        } catch (SQLException failure) {
            err.println(ErrorText.of(failure, statement));
            err.flush();
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
