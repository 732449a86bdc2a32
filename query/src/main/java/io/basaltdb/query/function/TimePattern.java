package io.basaltdb.query.function;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How a point in time is written: fields and the text between them. Two spellings make the same thing: the codes of C's strftime (`%Y-%m-%d`) and the
/// templates of PostgreSQL's to_char (`YYYY-MM-DD`).
record TimePattern(List<Part> parts) {

    TimePattern {
        parts = List.copyOf(parts);
    }

    /// A piece of the pattern.
    sealed interface Part {}

    /// Text that stands for itself.
    record Literal(String text) implements Part {}

    /// @param isPadded whether it fills its width: numbers with zeros, names with blanks
    record Field(Kind kind, boolean isPadded, Letters letters) implements Part {}

    /// What is written.
    enum Kind {
        YEAR(4),
        YEAR_OF_CENTURY(2),
        ISO_YEAR(4),
        QUARTER(1),
        MONTH(2),
        MONTH_NAME(9),
        MONTH_SHORT(3),
        DAY(2),
        DAY_OF_YEAR(3),
        /// Sunday 0.
        DAY_OF_WEEK(1),
        /// Monday 1.
        ISO_DAY_OF_WEEK(1),
        /// Sunday 1.
        DAY_OF_WEEK_FROM_ONE(1),
        DAY_NAME(9),
        DAY_SHORT(3),
        ISO_WEEK(2),
        HOUR(2),
        HOUR_OF_HALF_DAY(2),
        HALF_DAY(2),
        MINUTE(2),
        SECOND(2),
        MILLISECOND(3),
        MICROSECOND(6),
        NANOSECOND(9),
        /// Seconds since midnight.
        SECOND_OF_DAY(1),
        /// Seconds since 1970-01-01.
        EPOCH(1);

        private final int width;

        Kind(int width) {
            this.width = width;
        }

        /// Digits or letters that it has at least when it is padded, and at most when it is read.
        int width() {
            return width;
        }

        boolean isName() {
            return switch (this) {
                case MONTH_NAME, MONTH_SHORT, DAY_NAME, DAY_SHORT, HALF_DAY -> true;
                default -> false;
            };
        }
    }

    /// How the letters of a name are written.
    enum Letters {
        UPPER,
        CAPITALIZED,
        LOWER;

        String of(String name) {
            return switch (this) {
                case UPPER -> name.toUpperCase(Locale.ROOT);
                case CAPITALIZED -> name;
                case LOWER -> name.toLowerCase(Locale.ROOT);
            };
        }
    }

    /// The codes of PostgreSQL's templates; of codes that begin alike the longer one stands first.
    private static final List<Code> TEMPLATE =
            List.of(
                    new Code("YYYY", Kind.YEAR),
                    new Code("IYYY", Kind.ISO_YEAR),
                    new Code("YY", Kind.YEAR_OF_CENTURY),
                    new Code("Q", Kind.QUARTER),
                    new Code("MONTH", Kind.MONTH_NAME),
                    new Code("MON", Kind.MONTH_SHORT),
                    new Code("MM", Kind.MONTH),
                    new Code("MI", Kind.MINUTE),
                    new Code("MS", Kind.MILLISECOND),
                    new Code("DDD", Kind.DAY_OF_YEAR),
                    new Code("DD", Kind.DAY),
                    new Code("DAY", Kind.DAY_NAME),
                    new Code("DY", Kind.DAY_SHORT),
                    new Code("IDDD", null),
                    new Code("ID", Kind.ISO_DAY_OF_WEEK),
                    new Code("IW", Kind.ISO_WEEK),
                    new Code("D", Kind.DAY_OF_WEEK_FROM_ONE),
                    new Code("HH24", Kind.HOUR),
                    new Code("HH12", Kind.HOUR_OF_HALF_DAY),
                    new Code("HH", Kind.HOUR_OF_HALF_DAY),
                    new Code("AM", Kind.HALF_DAY),
                    new Code("PM", Kind.HALF_DAY),
                    new Code("SSSSS", Kind.SECOND_OF_DAY),
                    new Code("SSSS", Kind.SECOND_OF_DAY),
                    new Code("SS", Kind.SECOND),
                    new Code("US", Kind.MICROSECOND),
                    new Code("FF3", Kind.MILLISECOND),
                    new Code("FF6", Kind.MICROSECOND),
                    new Code("TZ", null),
                    new Code("OF", null));

    /// A code of a template; without a kind it is known and refused.
    private record Code(String text, @org.jspecify.annotations.Nullable Kind kind) {}

    /// From codes such as `%Y`.
    ///
    /// @throws BasaltException INVALID_ARGUMENT where a code is unknown
    static TimePattern ofPercentCodes(String text) {
        List<Part> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '%') {
                literal.append(c);
                continue;
            }
            boolean unpadded = i + 2 < text.length() && text.charAt(i + 1) == '-';
            i += unpadded ? 2 : 1;
            if (i >= text.length()) {
                throw unknown("% at the end", text);
            }
            char code = text.charAt(i);
            if (code == '%') {
                literal.append('%');
                continue;
            }
            flush(literal, parts);
            addPercentCode(code, !unpadded, parts, text);
        }
        flush(literal, parts);
        return new TimePattern(parts);
    }

    private static void addPercentCode(
            char code, boolean isPadded, List<Part> parts, String pattern) {
        String longer =
                switch (code) {
                    case 'F', 'x' -> "%Y-%m-%d";
                    case 'T', 'X' -> "%H:%M:%S";
                    case 'R' -> "%H:%M";
                    case 'D' -> "%m/%d/%y";
                    case 'c' -> "%Y-%m-%d %H:%M:%S";
                    default -> "";
                };
        if (!longer.isEmpty()) {
            parts.addAll(ofPercentCodes(longer).parts());
            return;
        }
        Kind kind =
                switch (code) {
                    case 'Y' -> Kind.YEAR;
                    case 'y' -> Kind.YEAR_OF_CENTURY;
                    case 'G' -> Kind.ISO_YEAR;
                    case 'm' -> Kind.MONTH;
                    case 'B' -> Kind.MONTH_NAME;
                    case 'b', 'h' -> Kind.MONTH_SHORT;
                    case 'd' -> Kind.DAY;
                    case 'j' -> Kind.DAY_OF_YEAR;
                    case 'w' -> Kind.DAY_OF_WEEK;
                    case 'u' -> Kind.ISO_DAY_OF_WEEK;
                    case 'A' -> Kind.DAY_NAME;
                    case 'a' -> Kind.DAY_SHORT;
                    case 'V' -> Kind.ISO_WEEK;
                    case 'H' -> Kind.HOUR;
                    case 'I' -> Kind.HOUR_OF_HALF_DAY;
                    case 'p' -> Kind.HALF_DAY;
                    case 'M' -> Kind.MINUTE;
                    case 'S' -> Kind.SECOND;
                    case 'g' -> Kind.MILLISECOND;
                    case 'f' -> Kind.MICROSECOND;
                    case 'n' -> Kind.NANOSECOND;
                    case 's' -> Kind.EPOCH;
                    default -> throw unknown("%" + code, pattern);
                };
        Letters letters = kind == Kind.HALF_DAY ? Letters.UPPER : Letters.CAPITALIZED;
        parts.add(new Field(kind, isPadded && !kind.isName(), letters));
    }

    /// From codes such as `YYYY`; text in double quotes and everything that is no code stands for itself, `FM` before a code leaves out its padding.
    ///
    /// @throws BasaltException INVALID_ARGUMENT where a code is known to PostgreSQL and not here
    static TimePattern ofTemplate(String text) {
        List<Part> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        boolean isPadded = true;
        for (int i = 0; i < text.length(); ) {
            if (text.charAt(i) == '"') {
                int end = text.indexOf('"', i + 1);
                end = end < 0 ? text.length() : end;
                literal.append(text, i + 1, end);
                i = end + 1;
                continue;
            }
            if (text.regionMatches(true, i, "FM", 0, 2)) {
                isPadded = false;
                i += 2;
                continue;
            }
            Code code = codeAt(text, i);
            if (code == null) {
                literal.append(text.charAt(i++));
                continue;
            }
            if (code.kind() == null) {
                throw unknown(code.text(), text);
            }
            flush(literal, parts);
            parts.add(new Field(code.kind(), isPadded, letters(text, i)));
            isPadded = true;
            i += code.text().length();
        }
        flush(literal, parts);
        return new TimePattern(parts);
    }

    private static @org.jspecify.annotations.Nullable Code codeAt(String text, int at) {
        for (Code code : TEMPLATE) {
            if (text.regionMatches(true, at, code.text(), 0, code.text().length())) {
                return code;
            }
        }
        return null;
    }

    /// As the first two letters of the code are written: MON, Mon, mon.
    private static Letters letters(String text, int at) {
        if (Character.isLowerCase(text.charAt(at))) {
            return Letters.LOWER;
        }
        return at + 1 < text.length() && Character.isLowerCase(text.charAt(at + 1))
                ? Letters.CAPITALIZED
                : Letters.UPPER;
    }

    private static void flush(StringBuilder literal, List<Part> parts) {
        if (!literal.isEmpty()) {
            parts.add(new Literal(literal.toString()));
            literal.setLength(0);
        }
    }

    private static BasaltException unknown(String code, String pattern) {
        return new BasaltException(
                ErrorCode.INVALID_ARGUMENT,
                "the pattern \""
                        + pattern
                        + "\" holds "
                        + code
                        + ", which is not known; there are, among others, %Y %m %d %H %M %S %f of strftime and"
                        + " YYYY MM DD HH24 MI SS US of to_char");
    }
}
