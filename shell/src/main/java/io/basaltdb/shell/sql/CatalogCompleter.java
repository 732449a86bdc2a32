package io.basaltdb.shell.sql;

import io.basaltdb.jdbc.BasaltConnection;
import io.basaltdb.jdbc.Completion;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/// Asks the database how the text could go on; commands of the shell it knows itself.
final class CatalogCompleter implements Completer {
    private final Connection connection;

    CatalogCompleter(Connection connection) {
        this.connection = connection;
    }

    @Override
    public void complete(LineReader reader, ParsedLine typed, List<Candidate> candidates) {
        String text = typed.line();
        if (text.stripLeading().startsWith(".") && text.strip().indexOf(' ') < 0) {
            // The dot does not belong to the word.
            for (ShellCommand command : ShellCommand.values()) {
                candidates.add(candidate(command.word().substring(1), "", 0));
            }
            return;
        }
        String prefix = typed.word();
        try {
            List<Completion> found =
                    connection.unwrap(BasaltConnection.class).complete(text, typed.cursor());
            for (int i = 0; i < found.size(); i++) {
                Completion completion = found.get(i);
                if (completion.start() == typed.cursor() - prefix.length()) {
                    candidates.add(candidate(completion.text(), completion.kind(), i));
                }
            }
        } catch (SQLException e) {
            // Nothing is offered; the statement itself will say what is wrong.
        }
    }

    private static Candidate candidate(String text, String kind, int rank) {
        boolean isWhole = !text.endsWith("(");
        return new Candidate(
                text, text, null, kind.isEmpty() ? null : kind, null, null, isWhole, rank);
    }
}
