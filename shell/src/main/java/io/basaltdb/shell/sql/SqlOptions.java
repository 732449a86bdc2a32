package io.basaltdb.shell.sql;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What `basalt sql` is asked to do.
///
/// @param target a database as a user may write it; null for one in memory
/// @param commands statements to run
/// @param files files of statements to run behind them
/// @param format how rows are written; null where the place decides
public record SqlOptions(
        @Nullable String target,
        List<String> commands,
        List<Path> files,
        @Nullable ResultFormat format,
        boolean timing,
        boolean keepGoing) {
    public SqlOptions {
        commands = List.copyOf(commands);
        files = List.copyOf(files);
    }

    /// Reads the words of a command line that are written in the plain way, `-c SQL` and not `-cSQL`; null for all others, and for what
    /// is wrong or asks for help. Those are for the library that reads the command line, which can do everything but start fast:
    /// its classes are too old for the cache, and loading them takes a third of the time of `basalt sql -c 'SELECT 1'`.
    public static @Nullable SqlOptions ofPlain(List<String> words) {
        String target = null;
        List<String> commands = new ArrayList<>();
        List<Path> files = new ArrayList<>();
        ResultFormat format = null;
        boolean csv = false;
        boolean timing = false;
        boolean keepGoing = false;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            String next = i + 1 < words.size() ? words.get(i + 1) : null;
            switch (word) {
                case "-c", "--command", "-f", "--file", "--format" -> {
                    if (next == null || next.startsWith("-")) {
                        return null;
                    }
                    i++;
                    if (word.equals("--format")) {
                        format = format(next);
                        if (format == null) {
                            return null;
                        }
                    } else if (word.equals("-c") || word.equals("--command")) {
                        commands.add(next);
                    } else {
                        files.add(Path.of(next));
                    }
                }
                case "--csv" -> csv = true;
                case "--timing" -> timing = true;
                case "--keep-going" -> keepGoing = true;
                default -> {
                    if (target != null || word.startsWith("-") || word.startsWith("@")) {
                        return null;
                    }
                    target = word;
                }
            }
        }
        return new SqlOptions(
                target, commands, files, csv ? ResultFormat.CSV : format, timing, keepGoing);
    }

    private static @Nullable ResultFormat format(String name) {
        for (ResultFormat format : ResultFormat.values()) {
            if (format.name().equals(name.toUpperCase(Locale.ROOT))) {
                return format;
            }
        }
        return null;
    }
}
