package io.basaltdb.benchmarks.logictest;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Runs the records of one script on one connection.
final class ScriptRunner {
    private static final Pattern CHANGES_STATE =
            Pattern.compile(
                    "(?is)\\s*(insert|update|delete|replace|drop|create\\s+(table|view|temp)).*");
    private static final Pattern VARIABLE = Pattern.compile("[0-9]+|'[^']*'|\"[^\"]*\"|\\s+");
    private static final String INTERNAL_ERROR = "XX000";
    private static final int REASON_LENGTH = 90;
    private static final int QUERY_TIMEOUT_SECONDS = 20;

    private final String name;
    private final Connection connection;
    private final Score score = new Score();
    private final Map<String, String> labelled = new HashMap<>();
    private boolean lost;

    private ScriptRunner(String name, Connection connection) {
        this.name = name;
        this.connection = connection;
    }

    /// Runs a script; of its queries those that are wanted.
    static Score run(
            String name,
            Connection connection,
            List<ScriptRecord> records,
            Predicate<ScriptRecord.Query> wanted) {
        ScriptRunner runner = new ScriptRunner(name, connection);
        for (ScriptRecord record : records) {
            switch (record) {
                case ScriptRecord.Halt(_) -> {
                    return runner.score;
                }
                case ScriptRecord.Command command -> runner.run(command);
                case ScriptRecord.Query query -> {
                    if (wanted.test(query)) {
                        runner.run(query);
                    }
                }
            }
        }
        return runner.score;
    }

    /// A statement with an unexpected outcome leaves a database other than the one the script is about; what follows would ask
    /// nothing.
    private void run(ScriptRecord.Command command) {
        if (lost) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(command.sql());
            if (command.fails()) {
                score.accept(place(command));
                lost |= CHANGES_STATE.matcher(command.sql()).matches();
            }
        } catch (SQLException refusal) {
            noteInternal(command, refusal);
            if (!command.fails()) {
                score.refuseStatement(reason(refusal), place(command));
                lost |= CHANGES_STATE.matcher(command.sql()).matches();
            }
        }
    }

    private void noteInternal(ScriptRecord record, SQLException refusal) {
        if (INTERNAL_ERROR.equals(refusal.getSQLState())) {
            score.addInternal(place(record) + " " + refusal.getMessage());
        }
    }

    private String place(ScriptRecord record) {
        return name + ":" + record.line();
    }

    private void run(ScriptRecord.Query query) {
        if (lost) {
            score.skipUnreachable();
            return;
        }
        List<List<@Nullable Object>> rows;
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(QUERY_TIMEOUT_SECONDS);
            try (ResultSet result = statement.executeQuery(query.sql())) {
                rows = read(result);
            }
        } catch (SQLException refusal) {
            noteInternal(query, refusal);
            if ("57014".equals(refusal.getSQLState())) {
                System.out.println("no answer in time: " + name + ":" + query.line());
            }
            score.refuse(reason(refusal), place(query));
            return;
        }
        Optional<String> difference = difference(query, rows);
        if (difference.isEmpty()) {
            score.pass();
        } else {
            score.addWrong(place(query) + " " + difference.get());
        }
    }

    private Optional<String> difference(
            ScriptRecord.Query query, List<List<@Nullable Object>> rows) {
        return switch (query.expected()) {
            case ScriptRecord.Expected.Rows(List<String> lines) ->
                    RowLines.difference(query, lines, rows);
            case ScriptRecord.Expected.Values(List<String> expected) -> {
                List<String> values = values(query, rows);
                yield compareLabel(query, values)
                        .or(() ->
                                values.equals(expected)
                                        ? Optional.empty()
                                        : Optional.of(
                                                "expected " + expected + ", found " + values));
            }
            case ScriptRecord.Expected.Hash(int count, String md5) -> {
                List<String> values = values(query, rows);
                String found = ScriptValues.md5(values);
                yield compareLabel(query, values)
                        .or(() ->
                                values.size() == count && found.equals(md5)
                                        ? Optional.empty()
                                        : Optional.of(
                                                "expected "
                                                        + count
                                                        + " values hashing to "
                                                        + md5
                                                        + ", found "
                                                        + values.size()
                                                        + " hashing to "
                                                        + found));
            }
        };
    }

    /// Queries with the same label have the same answer.
    private Optional<String> compareLabel(ScriptRecord.Query query, List<String> values) {
        if (query.label().isEmpty()) {
            return Optional.empty();
        }
        String found = ScriptValues.md5(values);
        String before = labelled.putIfAbsent(query.label(), found);
        return before == null || before.equals(found)
                ? Optional.empty()
                : Optional.of("differs from an earlier query with label " + query.label());
    }

    private static List<String> values(
            ScriptRecord.Query query, List<List<@Nullable Object>> rows) {
        List<List<String>> texts = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            List<String> text = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                char type = i < query.types().length() ? query.types().charAt(i) : 'T';
                text.add(ScriptValues.text(type, row.get(i)));
            }
            texts.add(text);
        }
        return ScriptValues.sorted(query.sorting(), texts);
    }

    private static List<List<@Nullable Object>> read(ResultSet result) throws SQLException {
        int columns = result.getMetaData().getColumnCount();
        List<List<@Nullable Object>> rows = new ArrayList<>();
        while (result.next()) {
            List<@Nullable Object> row = new ArrayList<>();
            for (int i = 1; i <= columns; i++) {
                row.add(result.getObject(i));
            }
            rows.add(row);
        }
        return rows;
    }

    /// The message without what differs from case to case, so that like refusals are counted together.
    private static String reason(SQLException refusal) {
        String state = refusal.getSQLState() == null ? "" : refusal.getSQLState() + " ";
        String message = String.valueOf(refusal.getMessage()).lines().findFirst().orElse("");
        String general = VARIABLE.matcher(message).replaceAll(" ").replaceAll(" +", " ").strip();
        String text = state + general;
        return text.length() <= REASON_LENGTH
                ? text
                : text.substring(0, REASON_LENGTH).toLowerCase(Locale.ROOT).strip() + "…";
    }
}
