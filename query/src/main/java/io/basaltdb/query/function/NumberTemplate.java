package io.basaltdb.query.function;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Writes numbers after a template such as `FM9,990.00`, as PostgreSQL's `to_char` does: `9` a digit or a blank, `0` a digit, `.` `D` the point, `,` `G`
/// the separator, `S` `MI` `PL` `SG` `PR` signs, `FM` without blanks and zeros at the end; anything else stands for itself. Immutable.
///
/// Source: PostgreSQL 15 documentation, section 9.8, table 9.29.
final class NumberTemplate {
    private enum Kind {
        NINE,
        ZERO,
        POINT,
        COMMA,
        SIGN,
        MINUS,
        PLUS,
        PLUS_OR_MINUS,
        LITERAL
    }

    private record Part(Kind kind, char literal) {}

    private static final String DIGITS = "90";

    private final String text;
    private final List<Part> parts = new ArrayList<>();
    private boolean isTight;
    private boolean hasBrackets;
    private int before;
    private int behind;
    private int firstZero = -1;
    private int lastZeroBehind;
    private boolean hasPoint;
    private boolean hasSign;

    private NumberTemplate(String text) {
        this.text = text;
    }

    /// @throws BasaltException INVALID_ARGUMENT for a template that makes no sense, FEATURE_NOT_SUPPORTED for parts that are not known
    static NumberTemplate parse(String text) {
        NumberTemplate template = new NumberTemplate(text);
        template.read();
        return template;
    }

    private void read() {
        String upper = text.toUpperCase(Locale.ROOT);
        for (int i = 0; i < text.length(); i++) {
            char c = upper.charAt(i);
            if (DIGITS.indexOf(c) >= 0) {
                digit(c);
            } else if (c == '.' || c == 'D') {
                if (hasPoint) {
                    throw malformed("there is more than one point");
                }
                hasPoint = true;
                add(Kind.POINT);
            } else if (c == ',' || c == 'G') {
                add(Kind.COMMA);
            } else if (c == '"') {
                int close = text.indexOf('"', i + 1);
                int end = close < 0 ? text.length() : close;
                text.substring(i + 1, end).chars().forEach(this::literal);
                i = end;
            } else if (upper.startsWith("FM", i)) {
                isTight = true;
                i++;
            } else if (upper.startsWith("MI", i) || upper.startsWith("PL", i)) {
                if (c == 'M') {
                    sign(Kind.MINUS);
                } else {
                    add(Kind.PLUS); // beside the sign of its own
                }
                i++;
            } else if (upper.startsWith("SG", i)) {
                sign(Kind.PLUS_OR_MINUS);
                i++;
            } else if (upper.startsWith("PR", i)) {
                hasBrackets = true;
                hasSign = true;
                i++;
            } else if (c == 'S') {
                sign(Kind.SIGN);
            } else if (upper.startsWith("TH", i)
                    || upper.startsWith("RN", i)
                    || upper.startsWith("EEEE", i)
                    || c == 'V'
                    || c == 'L') {
                throw new BasaltException(
                        ErrorCode.FEATURE_NOT_SUPPORTED,
                        "the template \""
                                + text
                                + "\" has "
                                + text.substring(
                                        i, Math.min(text.length(), c == 'E' ? i + 4 : i + 1))
                                + "; templates of numbers have 9 0 . D , G S MI PL SG PR FM and text in double quotes");
            } else {
                literal(text.charAt(i));
            }
        }
        if (before + behind == 0) {
            throw malformed("it has no digits");
        }
    }

    private void digit(char c) {
        if (hasPoint) {
            behind++;
            lastZeroBehind = c == '0' ? behind : lastZeroBehind;
        } else {
            firstZero = c == '0' && firstZero < 0 ? before : firstZero;
            before++;
        }
        add(c == '0' ? Kind.ZERO : Kind.NINE);
    }

    private void sign(Kind kind) {
        hasSign = true;
        add(kind);
    }

    private void add(Kind kind) {
        parts.add(new Part(kind, ' '));
    }

    private void literal(int c) {
        parts.add(new Part(Kind.LITERAL, (char) c));
    }

    private BasaltException malformed(String why) {
        return new BasaltException(
                ErrorCode.INVALID_ARGUMENT,
                "the template \"" + text + "\" of a number cannot be used: " + why);
    }

    /// @param ties how halves are rounded
    String write(BigDecimal number, RoundingMode ties) {
        BigDecimal rounded = number.abs().setScale(behind, ties);
        String digits = rounded.unscaledValue().toString();
        String padded = "0".repeat(Math.max(0, behind + 1 - digits.length())) + digits;
        String whole = padded.substring(0, padded.length() - behind);
        if (whole.equals("0") && hasPoint) {
            whole = "";
        }
        String fraction = padded.substring(padded.length() - behind);
        if (whole.length() > before) {
            whole = "#".repeat(before);
            fraction = "#".repeat(behind);
        }
        boolean isNegative = number.signum() < 0 && rounded.signum() != 0;
        return new Writer(whole, fraction, isNegative).write();
    }

    /// One number.
    private final class Writer {
        private final String whole;
        private final String fraction;
        private final boolean isNegative;
        private final StringBuilder out = new StringBuilder();
        private final int firstPrinted;
        private final int fractionEnd;
        private int place;
        private int fractionPlace;
        private boolean isSigned;
        private boolean hasDigits;

        Writer(String whole, String fraction, boolean isNegative) {
            this.fraction = fraction;
            this.isNegative = isNegative;
            this.fractionEnd = fractionEnd();
            boolean isBare = isTight && whole.isEmpty() && fractionEnd == 0 && before > 0;
            this.whole = isBare ? "0" : whole;
            int first = before - this.whole.length();
            this.firstPrinted = firstZero < 0 ? first : Math.min(first, firstZero);
        }

        private int fractionEnd() {
            int end = fraction.length();
            while (isTight && end > lastZeroBehind && fraction.charAt(end - 1) == '0') {
                end--;
            }
            return end;
        }

        String write() {
            boolean isBehind = false;
            for (Part part : parts) {
                switch (part.kind()) {
                    case NINE, ZERO -> {
                        if (isBehind) {
                            fractionDigit();
                        } else {
                            wholeDigit();
                        }
                    }
                    case POINT -> {
                        ownSign();
                        out.append('.');
                        hasDigits = true;
                        isBehind = true;
                    }
                    case COMMA -> {
                        if (hasDigits) {
                            out.append(',');
                        } else {
                            blank();
                        }
                    }
                    case SIGN -> {
                        if (hasDigits || place == before) {
                            out.append(isNegative ? '-' : '+');
                        }
                    }
                    case MINUS -> {
                        if (isNegative) {
                            out.append('-');
                        } else {
                            blank();
                        }
                    }
                    case PLUS -> {
                        if (isNegative) {
                            blank();
                        } else {
                            out.append('+');
                        }
                    }
                    case PLUS_OR_MINUS -> out.append(isNegative ? '-' : '+');
                    case LITERAL -> out.append(part.literal());
                }
            }
            if (hasBrackets) {
                if (isNegative) {
                    out.append('>');
                } else {
                    blank();
                }
            }
            return out.toString();
        }

        private void blank() {
            if (!isTight) {
                out.append(' ');
            }
        }

        private void wholeDigit() {
            if (place < firstPrinted) {
                blank();
            } else {
                ownSign();
                int digit = place - (before - whole.length());
                out.append(digit < 0 ? '0' : whole.charAt(digit));
                hasDigits = true;
            }
            place++;
        }

        private void fractionDigit() {
            if (fractionPlace < fractionEnd) {
                out.append(fraction.charAt(fractionPlace));
            }
            fractionPlace++;
        }

        /// The sign that no part of the template asks for, or a leading S, right before the first digit.
        private void ownSign() {
            if (isSigned) {
                return;
            }
            isSigned = true;
            boolean isLeadingSign = leadingSign();
            if (hasBrackets) {
                if (isNegative) {
                    out.append('<');
                } else {
                    blank();
                }
            } else if (isLeadingSign) {
                out.append(isNegative ? '-' : '+');
            } else if (!hasSign) {
                if (isNegative) {
                    out.append('-');
                } else {
                    blank();
                }
            }
        }

        private boolean leadingSign() {
            for (Part part : parts) {
                switch (part.kind()) {
                    case SIGN -> {
                        return true;
                    }
                    case NINE, ZERO, POINT -> {
                        return false;
                    }
                    default -> {}
                }
            }
            return false;
        }
    }
}
