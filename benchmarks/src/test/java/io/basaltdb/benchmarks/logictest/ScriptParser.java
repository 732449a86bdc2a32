package io.basaltdb.benchmarks.logictest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads a script. Records that `skipif` and `onlyif` take away from the engine are left out.
final class ScriptParser {
    private static final Pattern HASH = Pattern.compile("(\\d+) values hashing to ([0-9a-f]{32})");

    private final String[] lines;
    private final Set<String> engineNames;
    private final boolean rowPerLine;
    private final List<ScriptRecord> records = new ArrayList<>();
    private int at;

    private ScriptParser(String script, Set<String> engineNames, boolean rowPerLine) {
        this.lines = script.split("\\R", -1);
        this.engineNames = engineNames;
        this.rowPerLine = rowPerLine;
    }

    /// Reads a script in the form of SQLite's own: one value a line.
    static List<ScriptRecord> parse(String script, Set<String> engineNames) {
        return new ScriptParser(script, engineNames, false).parse();
    }

    /// Reads a script that has one row a line.
    static List<ScriptRecord> parseRows(String script, Set<String> engineNames) {
        return new ScriptParser(script, engineNames, true).parse();
    }

    private List<ScriptRecord> parse() {
        boolean applies = true;
        while (at < lines.length) {
            String line = stripComment(lines[at]);
            int number = ++at;
            if (line.isEmpty()) {
                continue;
            }
            String[] words = line.split("\\s+", -1);
            switch (words[0].toLowerCase(Locale.ROOT)) {
                case "skipif" -> applies &= !engineNames.contains(words[1]);
                case "onlyif" -> applies &= engineNames.contains(words[1]);
                case "hash-threshold" -> {}
                case "halt" -> {
                    add(applies, new ScriptRecord.Halt(number));
                    applies = true;
                }
                case "statement" -> {
                    add(applies, statement(number, words));
                    applies = true;
                }
                case "query" -> {
                    add(applies, query(number, words));
                    applies = true;
                }
                default ->
                        throw new IllegalArgumentException(
                                "line " + number + ": expected a record, found " + line);
            }
        }
        return records;
    }

    private void add(boolean applies, @Nullable ScriptRecord record) {
        if (applies && record != null) {
            records.add(record);
        }
    }

    private ScriptRecord statement(int number, String[] words) {
        boolean fails = words[1].equals("error");
        return new ScriptRecord.Command(number, text(false), fails);
    }

    private ScriptRecord query(int number, String[] words) {
        String types = words.length > 1 ? words[1] : "";
        ScriptRecord.Sorting sorting =
                switch (words.length > 2 ? words[2] : "nosort") {
                    case "rowsort" -> ScriptRecord.Sorting.ROWS;
                    case "valuesort" -> ScriptRecord.Sorting.VALUES;
                    default -> ScriptRecord.Sorting.NONE;
                };
        String label = words.length > 3 ? words[3] : "";
        String sql = text(true);
        return new ScriptRecord.Query(number, sql, types, sorting, label, expected());
    }

    /// The SQL up to an empty line, or up to the line of dashes that begins the answer.
    private String text(boolean untilDashes) {
        StringBuilder sql = new StringBuilder();
        while (at < lines.length && !lines[at].isBlank()) {
            if (untilDashes && lines[at].strip().equals("----")) {
                break;
            }
            sql.append(sql.isEmpty() ? "" : "\n").append(lines[at++]);
        }
        return sql.toString().strip();
    }

    private ScriptRecord.Expected expected() {
        if (at < lines.length && lines[at].strip().equals("----")) {
            at++;
        }
        List<String> values = new ArrayList<>();
        while (at < lines.length && !lines[at].isEmpty()) {
            values.add(lines[at++]);
        }
        if (rowPerLine) {
            return new ScriptRecord.Expected.Rows(values);
        }
        if (values.size() == 1) {
            Matcher hash = HASH.matcher(values.getFirst().strip());
            if (hash.matches()) {
                return new ScriptRecord.Expected.Hash(
                        Integer.parseInt(hash.group(1)), hash.group(2));
            }
        }
        return new ScriptRecord.Expected.Values(values);
    }

    private static String stripComment(String line) {
        int comment = line.indexOf('#');
        return (comment < 0 ? line : line.substring(0, comment)).strip();
    }
}
