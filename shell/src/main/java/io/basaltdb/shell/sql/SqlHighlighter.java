package io.basaltdb.shell.sql;

import io.basaltdb.query.sql.SqlLexer;
import io.basaltdb.query.sql.SqlToken;
import io.basaltdb.query.sql.SqlToken.Kind;
import io.basaltdb.query.sql.SqlWords;
import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/// Colours SQL while it is typed, by the tokens that the engine itself reads.
final class SqlHighlighter implements Highlighter {
    private static final AttributedStyle KEYWORD =
            AttributedStyle.DEFAULT.bold().foreground(AttributedStyle.BLUE);
    private static final AttributedStyle STRING =
            AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN);
    private static final AttributedStyle NUMBER =
            AttributedStyle.DEFAULT.foreground(AttributedStyle.CYAN);
    private static final AttributedStyle COMMENT = AttributedStyle.DEFAULT.faint();

    @Override
    public AttributedString highlight(LineReader reader, String text) {
        return highlight(text);
    }

    /// The text with its colours; not a character more or less.
    static AttributedString highlight(String text) {
        AttributedStringBuilder out = new AttributedStringBuilder(text.length());
        if (ShellCommand.isCalledBy(text)) {
            return out.append(text).toAttributedString();
        }
        int at = 0;
        for (SqlToken token : SqlLexer.tokensOfUnfinished(text)) {
            // Between the tokens are blanks and comments.
            out.append(text.substring(at, token.start()), COMMENT);
            out.append(text.substring(token.start(), token.end()), style(token, text));
            at = token.end();
        }
        return out.toAttributedString();
    }

    private static AttributedStyle style(SqlToken token, String text) {
        return switch (token.kind()) {
            case WORD -> SqlWords.has(token.text()) ? KEYWORD : AttributedStyle.DEFAULT;
            case STRING -> STRING;
            case NUMBER -> NUMBER;
            case END -> open(token, text);
            case QUOTED_NAME, PARAMETER, SYMBOL -> AttributedStyle.DEFAULT;
        };
    }

    /// A quote or comment that is still open.
    private static AttributedStyle open(SqlToken end, String text) {
        if (end.kind() != Kind.END || end.start() == text.length()) {
            return AttributedStyle.DEFAULT;
        }
        return text.startsWith("/*", end.start()) ? COMMENT : STRING;
    }
}
