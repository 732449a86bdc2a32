package io.basaltdb.query.sql;

import io.basaltdb.query.sql.SqlToken.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// SQL text in the spelling that the grammar knows, and the way back from its places to those of the text that was given.
///
/// Comments become blanks; backticks become double quotes and dollar quotes single ones; reserved words that can only be names
/// where they stand (behind AS, behind a dot, function names without parenthesis) get quotes; what is only another way to write
/// something is written out ([Shorthand]).
final class PlainText {
    private final String source;
    private final StringBuilder text = new StringBuilder();

    /// Offsets in the plain text, ascending, behind each of which every character stands `shift` later than in the source.
    private int[] shiftedFrom = new int[8];

    private int[] shift = new int[8];
    private int shifts;

    private PlainText(String source) {
        this.source = source;
    }

    static PlainText of(String source, List<SqlToken> tokens) {
        PlainText plain = new PlainText(source);
        plain.append(tokens);
        return plain;
    }

    /// All of it.
    String whole() {
        return text.toString();
    }

    /// The plain text of the source between two offsets at which tokens begin or end, behind as many blanks as it takes to keep places.
    String between(int start, int end) {
        int plainStart = toPlain(start);
        StringBuilder result = new StringBuilder(toPlain(end));
        for (int i = 0; i < plainStart; i++) {
            result.append(text.charAt(i) == '\n' ? '\n' : ' ');
        }
        return result.append(text, plainStart, Math.min(toPlain(end), text.length())).toString();
    }

    /// As [#between], from `from` on, behind the words `SELECT * FROM`, which take the places of three words before.
    String selectAll(SqlToken select, SqlToken star, SqlToken from, int end) {
        StringBuilder result = new StringBuilder(between(from.end(), end));
        put(result, select, "SELECT");
        put(result, star, "*");
        put(result, from, "FROM");
        return result.toString();
    }

    /// As [#between], from `keyword` on, with the word `SELECT` in its place.
    String select(SqlToken keyword, int end) {
        StringBuilder result = new StringBuilder(between(keyword.end(), end));
        put(result, keyword, "SELECT");
        return result.toString();
    }

    private void put(StringBuilder target, SqlToken place, String word) {
        int at = toPlain(place.start());
        assert toPlain(place.end()) - at >= word.length();
        target.replace(at, at + word.length(), word);
    }

    /// Where a place of the plain text is in the source.
    SqlPosition toSource(int line, int column) {
        return SqlPosition.of(source, sourceOffset(line, column));
    }

    /// Where a place of the plain text is in the source, as an offset.
    int sourceOffset(int line, int column) {
        int offset = 0;
        for (int i = 1; i < line; i++) {
            int end = text.indexOf("\n", offset);
            if (end < 0) {
                break;
            }
            offset = end + 1;
        }
        offset += column - 1;
        int moved = 0;
        for (int i = 0; i < shifts && shiftedFrom[i] <= offset; i++) {
            moved = shift[i];
        }
        return Math.max(0, offset - moved);
    }

    private int toPlain(int sourceOffset) {
        int moved = 0;
        for (int i = 0; i < shifts && shiftedFrom[i] - shift[i] <= sourceOffset; i++) {
            moved = shift[i];
        }
        return sourceOffset + moved;
    }

    private void append(List<SqlToken> tokens) {
        @Nullable String[] writtenOut = Shorthand.writtenOut(source, tokens);
        AggregateOrder.leaveOut(tokens, writtenOut);
        Deque<Boolean> casts = new ArrayDeque<>();
        int at = 0;
        for (int i = 0; i < tokens.size(); i++) {
            SqlToken token = tokens.get(i);
            for (int blank = at; blank < token.start(); blank++) {
                text.append(source.charAt(blank) == '\n' ? '\n' : ' ');
            }
            at = token.end();
            if (token.isSymbol("(")) {
                casts.push(i > 0 && isCast(tokens.get(i - 1)));
            } else if (token.isSymbol(")") && !casts.isEmpty()) {
                casts.pop();
            }
            String text = writtenOut[i];
            if (text != null) {
                append(token, text);
                continue;
            }
            boolean inCast = !casts.isEmpty() && casts.peek();
            append(token, ReservedNames.isName(tokens, i, inCast));
        }
    }

    private static boolean isCast(SqlToken token) {
        return token.isWord("CAST") || token.isWord("TRY_CAST") || token.isWord("SAFE_CAST");
    }

    private void append(SqlToken token, boolean reservedName) {
        char first = token.kind() == Kind.END ? ' ' : source.charAt(token.start());
        if (reservedName || (token.kind() == Kind.QUOTED_NAME && first == '`')) {
            append(token, SqlNames.quoted(token.text()));
        } else if (token.kind() == Kind.STRING && first == '$') {
            append(token, "'" + token.text().replace("'", "''") + "'");
        } else {
            append(token, source.substring(token.start(), token.end()));
        }
    }

    private void append(SqlToken token, String written) {
        int before = text.length();
        int length = token.end() - token.start();
        text.append(written);
        while (text.length() - before < length) {
            text.append(' ');
        }
        int longer = text.length() - before - length;
        if (longer > 0) {
            addShift(longer);
        }
    }

    private void addShift(int longer) {
        if (shifts == shift.length) {
            shiftedFrom = java.util.Arrays.copyOf(shiftedFrom, shifts * 2);
            shift = java.util.Arrays.copyOf(shift, shifts * 2);
        }
        shiftedFrom[shifts] = text.length();
        shift[shifts] = longer + (shifts == 0 ? 0 : shift[shifts - 1]);
        shifts++;
    }
}
