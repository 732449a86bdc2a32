package io.basaltdb.shell.sql;

import io.basaltdb.query.sql.StatementSplitter;
import java.util.List;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/// Says when what was typed is whole: a command of the shell in one line, or statements up to a semicolon over as many lines as
/// they take. To the completer it hands the text as it is.
final class StatementReader implements Parser {
    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        if (context == ParseContext.ACCEPT_LINE && !isWhole(line)) {
            throw new EOFError(-1, -1, "the statement has no semicolon yet");
        }
        return new Typed(line, cursor, wordStart(line, cursor));
    }

    /// Whether Enter runs it.
    private static boolean isWhole(String line) {
        return line.isBlank()
                || ShellCommand.isCalledBy(line)
                || StatementSplitter.split(line).rest().isBlank();
    }

    private static int wordStart(String line, int cursor) {
        int start = cursor;
        while (start > 0 && isWordPart(line.charAt(start - 1))) {
            start--;
        }
        return start > 0 && line.charAt(start - 1) == '"' ? start - 1 : start;
    }

    private static boolean isWordPart(char c) {
        return Character.isUnicodeIdentifierPart(c) || c == '$';
    }

    @Override
    public boolean isEscapeChar(char c) {
        return false;
    }

    /// The text around the cursor; nothing in it is escaped.
    private record Typed(String line, int cursor, int start) implements CompletingParsedLine {
        @Override
        public String word() {
            return line.substring(start, cursor);
        }

        @Override
        public int wordCursor() {
            return cursor - start;
        }

        @Override
        public int wordIndex() {
            return 0;
        }

        @Override
        public List<String> words() {
            return List.of(word());
        }

        @Override
        public CharSequence escape(CharSequence candidate, boolean complete) {
            return candidate;
        }

        @Override
        public int rawWordCursor() {
            return wordCursor();
        }

        @Override
        public int rawWordLength() {
            return cursor - start;
        }
    }
}
