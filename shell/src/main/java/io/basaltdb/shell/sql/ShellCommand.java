package io.basaltdb.shell.sql;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What the shell does itself, without the database's SQL.
enum ShellCommand {
    HELP("", "this list (also \\?)"),
    TABLES("", "tables and views of the current schema"),
    SCHEMA("[TABLE]", "the schemas, or the columns of a table"),
    MODE("[FORMAT]", "how rows are written: box, vertical, csv, tsv, json or markdown"),
    TIMER("[on|off]", "rows and time after each statement"),
    READ("FILE", "run the statements of a file"),
    QUIT("", "leave (also .exit, ^D)");

    private final String arguments;
    private final String summary;

    ShellCommand(String arguments, String summary) {
        this.arguments = arguments;
        this.summary = summary;
    }

    String word() {
        return "." + name().toLowerCase(Locale.ROOT);
    }

    /// Whether what was typed is a command, known or not, and no SQL.
    static boolean isCalledBy(String typed) {
        String line = typed.stripLeading();
        return line.startsWith(".") || line.startsWith("\\");
    }

    /// The command of a word as typed, by its name, another name or the psql way; null where there is none.
    static @Nullable ShellCommand of(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case ".help", "\\?", "\\h", ".?" -> HELP;
            case ".tables", "\\dt" -> TABLES;
            case ".schema", "\\d" -> SCHEMA;
            case ".mode", ".format" -> MODE;
            case ".timer", ".timing", "\\timing" -> TIMER;
            case ".read", "\\i" -> READ;
            case ".quit", ".exit", "\\q" -> QUIT;
            default -> null;
        };
    }

    /// One line of the help.
    String help() {
        return String.format("  %-20s %s", word() + " " + arguments, summary);
    }
}
