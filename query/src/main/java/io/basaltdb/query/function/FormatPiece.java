package io.basaltdb.query.function;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Physical;
import io.basaltdb.storage.type.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// A part of a template.
sealed interface FormatPiece {
    /// The form of a value that is written as it is.
    char ANY = 0;

    /// Numbers to the right, anything else to the left.
    char NATURAL = 0;

    void write(TextOutput out, ValueLanes[] lanes, int row);

    /// What stands in the template.
    record Literal(byte[] text) implements FormatPiece {
        @Override
        public void write(TextOutput out, ValueLanes[] lanes, int row) {
            out.append(text);
        }
    }

    /// A value as text.
    ///
    /// @param form `s` the text, `I` the text as a name of SQL, `L` as a literal of SQL
    record Text(int argument, char form, boolean left, int width) implements FormatPiece {
        @Override
        public void write(TextOutput out, ValueLanes[] lanes, int row) {
            boolean isNull = lanes[argument].isNull(row);
            String text = isNull ? "" : text(lanes[argument], row);
            String shown =
                    switch (form) {
                        case 'I' -> name(text, isNull);
                        case 'L' -> isNull ? "NULL" : "'" + text.replace("'", "''") + "'";
                        default -> text;
                    };
            pad(out, shown, left ? '<' : '>', ' ', width);
        }

        private static String name(String text, boolean isNull) {
            if (isNull) {
                throw new BasaltException(
                        ErrorCode.INVALID_ARGUMENT, "NULL cannot be written as a name of SQL");
            }
            return FormatPiece.name(text);
        }
    }

    /// The text as a name in SQL, in quotes where it needs them.
    static String name(String text) {
        boolean plain = text.matches("[a-z_][a-z0-9_]*");
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    /// A value, if a number then in one of the forms of C.
    ///
    /// @param form `d x X o b c f F e E g G`, `s` for text, [#ANY]
    /// @param align `<`, `>`, `^` or [#NATURAL]
    /// @param fill what a value shorter than the width is filled up with; `0` stands behind the sign
    /// @param precision digits behind the point, or characters of text; negative: not given
    /// @param plus what stands before a number that is not negative
    record Shaped(
            int argument,
            char form,
            char align,
            char fill,
            int width,
            int precision,
            String plus,
            boolean grouped)
            implements FormatPiece {
        private static final int FLOATING_DIGITS = 6;

        @Override
        public void write(TextOutput out, ValueLanes[] lanes, int row) {
            ValueLanes value = lanes[argument];
            if (value.isNull(row)) {
                pad(out, "", '<', ' ', width);
                return;
            }
            boolean isNumber = Numbers.isNumber(value.type()) && form != 's' && form != 'c';
            String shown = isNumber ? number(value, row) : text(value, row, form, precision);
            char side = align != NATURAL ? align : isNumber ? '>' : '<';
            if (isNumber && fill == '0' && shown.length() < width && isFinite(value, row)) {
                out.append(zeros(shown, width));
            } else {
                pad(out, shown, side, fill == '0' ? ' ' : fill, width);
            }
        }

        private static String zeros(String shown, int width) {
            int sign = Character.isLetterOrDigit(shown.charAt(0)) ? 0 : 1;
            return shown.substring(0, sign)
                    + "0".repeat(width - shown.length())
                    + shown.substring(sign);
        }

        private static String text(ValueLanes value, int row, char form, int precision) {
            if (form == 'c' && value.type() instanceof Type.Int) {
                return Character.toString((int) value.whole(row));
            }
            if (form != 's' && form != ANY && form != 'c') {
                throw new BasaltException(
                        ErrorCode.INVALID_PARAMETER,
                        "%" + form + " takes a number, found " + value.type().sql());
            }
            String text = FormatPiece.text(value, row);
            return precision < 0 || text.codePointCount(0, text.length()) <= precision
                    ? text
                    : text.substring(0, text.offsetByCodePoints(0, precision));
        }

        private String number(ValueLanes value, int row) {
            return switch (form) {
                case ANY -> precision < 0 ? signed(any(value, row)) : general(value, row);
                case 'd' -> signed(whole(value, row).toString());
                case 'x' -> bits(value, row, 16);
                case 'X' -> bits(value, row, 16).toUpperCase(Locale.ROOT);
                case 'o' -> bits(value, row, 8);
                case 'b' -> bits(value, row, 2);
                case 'f', 'F' -> fixed(value, row);
                case 'e', 'E' -> scientific(value, row);
                default -> general(value, row);
            };
        }

        private String any(ValueLanes value, int row) {
            return FormatPiece.text(value, row);
        }

        /// With the sign that is asked for and commas between thousands.
        private String signed(String digits) {
            boolean negative = digits.startsWith("-");
            String size = negative ? digits.substring(1) : digits;
            return (negative ? "-" : plus) + (grouped ? grouped(size) : size);
        }

        private static String grouped(String size) {
            int end = 0;
            while (end < size.length() && Character.isDigit(size.charAt(end))) {
                end++;
            }
            StringBuilder text = new StringBuilder(size);
            for (int at = end - 3; at > 0; at -= 3) {
                text.insert(at, ',');
            }
            return text.toString();
        }

        private BigInteger whole(ValueLanes value, int row) {
            if (Numbers.isApproximate(value.type()) || Numbers.scale(value.type()) > 0) {
                throw new BasaltException(
                        ErrorCode.INVALID_PARAMETER,
                        "%" + form + " takes a whole number, found " + value.type().sql());
            }
            return exact(value, row).unscaledValue();
        }

        /// In two's complement of the type's width where it is negative.
        private String bits(ValueLanes value, int row, int radix) {
            BigInteger number = whole(value, row);
            if (number.signum() < 0) {
                int width = value.type() instanceof Type.Int(int bits) ? bits : 128;
                number = number.add(BigInteger.ONE.shiftLeft(width));
            }
            return number.toString(radix);
        }

        private static BigDecimal exact(ValueLanes value, int row) {
            int scale = Numbers.scale(value.type());
            return value.type().physical() == Physical.WIDE
                    ? new BigDecimal(value.wide().get(row), scale)
                    : BigDecimal.valueOf(value.whole(row), scale);
        }

        private static boolean isFinite(ValueLanes value, int row) {
            return !Numbers.isApproximate(value.type()) || Double.isFinite(value.floating(row));
        }

        /// The value, to its last bit.
        private static BigDecimal size(ValueLanes value, int row) {
            return Numbers.isApproximate(value.type())
                    ? new BigDecimal(value.floating(row))
                    : exact(value, row);
        }

        /// A binary fraction lies on one side of the middle or exactly on it, where C takes the even digit.
        private static RoundingMode rounding(ValueLanes value) {
            return Numbers.isApproximate(value.type())
                    ? RoundingMode.HALF_EVEN
                    : RoundingMode.HALF_UP;
        }

        private String fixed(ValueLanes value, int row) {
            if (!isFinite(value, row)) {
                return signed(any(value, row));
            }
            int digits = precision < 0 ? FLOATING_DIGITS : precision;
            BigDecimal number = size(value, row).setScale(digits, rounding(value));
            boolean minus = isMinusZero(value, row, number);
            return signed((minus ? "-" : "") + number.toPlainString());
        }

        private static boolean isMinusZero(ValueLanes value, int row, BigDecimal rounded) {
            return rounded.signum() == 0
                    && (Numbers.isApproximate(value.type())
                            ? Double.doubleToRawLongBits(value.floating(row)) < 0
                            : size(value, row).signum() < 0);
        }

        private String scientific(ValueLanes value, int row) {
            if (!isFinite(value, row)) {
                return signed(any(value, row));
            }
            int digits = precision < 0 ? FLOATING_DIGITS : precision;
            return signed(scientific(size(value, row), digits, rounding(value)));
        }

        private String scientific(BigDecimal number, int digits, RoundingMode rounding) {
            BigDecimal rounded = number.round(new MathContext(digits + 1, rounding));
            int exponent = rounded.signum() == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
            String mantissa =
                    rounded.signum() == 0
                            ? BigDecimal.ZERO.setScale(digits).toPlainString()
                            : rounded.movePointLeft(exponent)
                                    .setScale(digits, RoundingMode.UNNECESSARY)
                                    .toPlainString();
            String marker = Character.isUpperCase(form) ? "E" : "e";
            String size = Integer.toString(Math.abs(exponent));
            return mantissa
                    + marker
                    + (exponent < 0 ? "-" : "+")
                    + (size.length() < 2 ? "0" : "")
                    + size;
        }

        /// The shorter of both, without zeros at the end.
        private String general(ValueLanes value, int row) {
            if (!isFinite(value, row)) {
                return signed(any(value, row));
            }
            int digits = precision < 0 ? FLOATING_DIGITS : Math.max(precision, 1);
            BigDecimal rounded = size(value, row).round(new MathContext(digits, rounding(value)));
            int exponent = rounded.signum() == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
            if (exponent < -4 || exponent >= digits) {
                String text = scientific(rounded, digits - 1, RoundingMode.UNNECESSARY);
                int marker = text.toLowerCase(Locale.ROOT).indexOf('e');
                return signed(withoutZeros(text.substring(0, marker)) + text.substring(marker));
            }
            return signed(rounded.signum() == 0 ? "0" : withoutZeros(rounded.toPlainString()));
        }

        private static String withoutZeros(String number) {
            return number.indexOf('.') < 0 ? number : number.replaceAll("\\.?0+$", "");
        }
    }

    private static String text(ValueLanes value, int row) {
        TextOutput text = new TextOutput();
        text.begin(1);
        value.write(text, row);
        return text.pendingText();
    }

    private static void pad(TextOutput out, String text, char align, char fill, int width) {
        int missing = Math.max(0, width - text.codePointCount(0, text.length()));
        int before =
                switch (align) {
                    case '<' -> 0;
                    case '^' -> missing / 2;
                    default -> missing;
                };
        byte[] filler = Character.toString(fill).getBytes(StandardCharsets.UTF_8);
        repeat(out, filler, before);
        out.append(text);
        repeat(out, filler, missing - before);
    }

    private static void repeat(TextOutput out, byte[] filler, int count) {
        for (int i = 0; i < count; i++) {
            out.append(filler);
        }
    }
}
