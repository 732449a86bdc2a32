package io.basaltdb.query.sql;

import io.basaltdb.query.sql.SqlToken.Kind;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A query without its literals: what queries that differ only in them have in common. Numbers behind LIMIT and its like and the units of
/// date_trunc belong to the shape.
///
/// @param text the tokens, with the types of the literals in their places
/// @param literals in the order in which they stand
record QueryShape(String text, List<Literal> literals) {
    private static final int MOST_LITERALS = 100;

    /// Numbers with more are left to the parser.
    private static final int MOST_DIGITS = 18;

    /// Words whose number says how many rows are wanted.
    private static final Set<String> COUNTS =
            Set.of("LIMIT", "OFFSET", "FETCH", "FIRST", "NEXT", "TOP", "SAMPLE", "BY");

    /// Units of intervals, as months and as milliseconds.
    private static final Set<String> MONTH_UNITS = Set.of("MONTH", "YEAR");

    private static final Set<String> MILLI_UNITS = Set.of("DAY", "HOUR", "MINUTE", "SECOND");

    /// The closed list of literals that a shape leaves out.
    enum LiteralKind {
        NUMBER,
        TEXT,
        DATE,
        MONTHS,
        MILLIS
    }

    /// @param token as it stands in the statement
    /// @param number of a NUMBER its value; of an interval its months or milliseconds; else 0
    /// @param content of a TEXT or DATE what stands in its quotes
    /// @param digits of a NUMBER those of its unscaled value, of an interval those written
    record Literal(
            LiteralKind kind, SqlToken token, BigDecimal number, String content, int digits) {
        boolean isDateText() {
            return kind == LiteralKind.TEXT && date(content) != null;
        }
    }

    /// The shape of a SELECT; null where the statement is none, holds parameters, or a literal of which we do not know what it is.
    static @Nullable QueryShape of(List<SqlToken> tokens) {
        if (tokens.isEmpty()
                || !(tokens.getFirst().isWord("SELECT") || tokens.getFirst().isWord("WITH"))) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        List<Literal> literals = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            SqlToken token = tokens.get(i);
            text.append(token.kind().name()).append(' ');
            boolean isLiteral =
                    switch (token.kind()) {
                        case STRING -> !isUnit(tokens, i);
                        case NUMBER -> !isCount(tokens.get(i - 1)) && !isUnread(tokens, i);
                        default -> false;
                    };
            if (token.kind() == Kind.PARAMETER || token.isSymbol("->")) {
                return null;
            }
            if (!isLiteral) {
                text.append(token.text().length()).append(' ').append(token.text());
                continue;
            }
            @Nullable Literal literal = literal(tokens, i);
            if (literal == null || literals.size() == MOST_LITERALS) {
                return null;
            }
            literals.add(literal);
            text.append('?').append(typeOf(literal));
        }
        return new QueryShape(text.toString(), List.copyOf(literals));
    }

    private static boolean isCount(SqlToken before) {
        return before.kind() == Kind.WORD
                && COUNTS.contains(before.text().toUpperCase(Locale.ROOT));
    }

    /// `date_trunc('hour', …)`: the unit shapes the query.
    private static boolean isUnit(List<SqlToken> tokens, int at) {
        return at > 1
                && tokens.get(at - 1).isSymbol("(")
                && tokens.get(at - 2).isWord("DATE_TRUNC");
    }

    /// `EXISTS (SELECT 1 …)`: nobody reads it.
    private static boolean isUnread(List<SqlToken> tokens, int at) {
        return at > 2
                && tokens.get(at - 1).isWord("SELECT")
                && tokens.get(at - 2).isSymbol("(")
                && tokens.get(at - 3).isWord("EXISTS");
    }

    private static String typeOf(Literal literal) {
        return switch (literal.kind()) {
            case NUMBER -> {
                BigDecimal number = literal.number();
                if (number.scale() > 0) {
                    yield "decimal " + literal.digits() + " " + number.scale();
                }
                yield number.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0
                        ? "integer"
                        : "bigint";
            }
            case TEXT -> literal.isDateText() ? "date text" : "text";
            case DATE -> "date";
            case MONTHS, MILLIS -> "interval " + literal.digits();
        };
    }

    private static @Nullable Literal literal(List<SqlToken> tokens, int at) {
        SqlToken token = tokens.get(at);
        if (token.kind() == Kind.NUMBER) {
            return number(token);
        }
        // Texts between dollar signs and with escapes are left to the parser.
        if (token.end() - token.start() < 2 || token.text().indexOf('\'') >= 0) {
            return null;
        }
        SqlToken before = tokens.get(at - 1);
        if (before.isWord("DATE")) {
            return date(token.text()) == null
                    ? null
                    : new Literal(LiteralKind.DATE, token, BigDecimal.ZERO, token.text(), 0);
        }
        if (before.isWord("INTERVAL")) {
            return interval(token, tokens.get(at + 1), tokens, at + 2);
        }
        return new Literal(LiteralKind.TEXT, token, BigDecimal.ZERO, token.text(), 0);
    }

    private static @Nullable Literal number(SqlToken token) {
        String text = token.text();
        if (text.length() > MOST_DIGITS
                || !text.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'))
                || text.startsWith(".")
                || text.endsWith(".")) {
            return null;
        }
        BigDecimal number = new BigDecimal(text);
        return new Literal(LiteralKind.NUMBER, token, number, "", number.precision());
    }

    private static @Nullable Literal interval(
            SqlToken token, SqlToken unit, List<SqlToken> tokens, int behind) {
        String text = token.text();
        boolean plain =
                !text.isEmpty()
                        && text.length() <= 4
                        && text.chars().allMatch(c -> c >= '0' && c <= '9');
        boolean combined =
                behind < tokens.size()
                        && (tokens.get(behind).isWord("TO") || tokens.get(behind).isSymbol("("));
        if (!plain || combined || unit.kind() != Kind.WORD) {
            return null;
        }
        String name = unit.text().toUpperCase(Locale.ROOT);
        BigDecimal amount = new BigDecimal(text).multiply(BigDecimal.valueOf(perUnit(name)));
        if (MONTH_UNITS.contains(name)) {
            return new Literal(LiteralKind.MONTHS, token, amount, text, text.length());
        }
        return MILLI_UNITS.contains(name)
                ? new Literal(LiteralKind.MILLIS, token, amount, text, text.length())
                : null;
    }

    private static long perUnit(String unit) {
        return switch (unit) {
            case "YEAR" -> 12;
            case "DAY" -> 86_400_000;
            case "HOUR" -> 3_600_000;
            case "MINUTE" -> 60_000;
            case "SECOND" -> 1000;
            default -> 1;
        };
    }

    static @Nullable LocalDate date(String text) {
        if (text.length() != 10 || text.charAt(4) != '-' || text.charAt(7) != '-') {
            return null;
        }
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException none) {
            return null;
        }
    }

    /// The same shape with other literals, of which no two are equal and none is one of ours; null where there are not enough of a type.
    @Nullable QueryShape withStandIns() {
        Set<Object> taken = new HashSet<>();
        for (Literal literal : literals) {
            taken.add(identity(literal));
        }
        List<Literal> others = new ArrayList<>();
        for (Literal literal : literals) {
            @Nullable Literal other = standIn(literal, taken);
            if (other == null) {
                return null;
            }
            others.add(other);
        }
        return new QueryShape(text, others);
    }

    private static Object identity(Literal literal) {
        return switch (literal.kind()) {
            case NUMBER -> literal.number().stripTrailingZeros();
            case TEXT, DATE -> literal.content();
            case MONTHS, MILLIS -> literal.kind() + " " + literal.number().stripTrailingZeros();
        };
    }

    private static @Nullable Literal standIn(Literal literal, Set<Object> taken) {
        for (int i = 1; i < 10_000; i++) {
            @Nullable Literal other = candidate(literal, i);
            if (other == null) {
                return null;
            }
            boolean sameLength =
                    literal.kind() == LiteralKind.TEXT
                            && !literal.isDateText()
                            && other.content().length() == literal.content().length();
            if (!sameLength && taken.add(identity(other))) {
                return other;
            }
        }
        return null;
    }

    private static @Nullable Literal candidate(Literal literal, int i) {
        SqlToken token = literal.token();
        return switch (literal.kind()) {
            case NUMBER -> {
                BigDecimal number = literal.number();
                if (number.scale() == 0) {
                    long base =
                            number.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0
                                    ? 1_203_400_000L
                                    : 1_203_400_000_000_000L;
                    yield new Literal(
                            literal.kind(), token, BigDecimal.valueOf(base + 7L * i), "", 0);
                }
                long least = i + (literal.digits() == 1 ? 0 : pow10(literal.digits() - 1));
                yield least >= pow10(literal.digits())
                        ? null
                        : new Literal(
                                literal.kind(),
                                token,
                                BigDecimal.valueOf(least, number.scale()),
                                "",
                                literal.digits());
            }
            case TEXT, DATE -> {
                boolean isDate = literal.kind() == LiteralKind.DATE || literal.isDateText();
                String content =
                        isDate
                                ? LocalDate.of(1903, 1, 1).plusDays(37L * i).toString()
                                : "stand-in" + "n".repeat(i % 40) + i;
                yield new Literal(literal.kind(), token, BigDecimal.ZERO, content, 0);
            }
            case MONTHS, MILLIS -> {
                long least = i + (literal.digits() == 1 ? 0 : pow10(literal.digits() - 1));
                if (least >= pow10(literal.digits())) {
                    yield null;
                }
                BigDecimal written = new BigDecimal(literal.content());
                BigDecimal per =
                        written.signum() == 0 ? BigDecimal.ZERO : literal.number().divide(written);
                yield per.signum() == 0
                        ? null
                        : new Literal(
                                literal.kind(),
                                token,
                                per.multiply(BigDecimal.valueOf(least)),
                                Long.toString(least),
                                literal.digits());
            }
        };
    }

    private static long pow10(int digits) {
        long power = 1;
        for (int i = 0; i < digits; i++) {
            power *= 10;
        }
        return power;
    }

    /// The statement with these literals in the places of its own.
    String written(String sql) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        for (Literal literal : literals) {
            out.append(sql, at, literal.token().start());
            out.append(
                    literal.kind() == LiteralKind.NUMBER
                            ? literal.number().toPlainString()
                            : "'" + literal.content() + "'");
            at = literal.token().end();
        }
        return out.append(sql, at, sql.length()).toString();
    }
}
