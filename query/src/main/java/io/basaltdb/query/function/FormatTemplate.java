package io.basaltdb.query.function;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads templates: text with places for values.
final class FormatTemplate {
    /// A place of PostgreSQL's `format`.
    private static final Pattern POSTGRESQL =
            Pattern.compile("%(?:%|(?:(\\d{1,4})\\$)?(-)?(\\d{1,4})?([sIL]))");

    /// A place of C's `printf`.
    private static final Pattern C =
            Pattern.compile(
                    "%(?:%|([-+ 0#,]*)(\\d{1,4})?(?:\\.(\\d{1,4}))?(?:hh|h|ll|l|z)?([diuxXobcsfFeEgG]))");

    /// A place between braces, as in Python, DuckDB and ClickHouse.
    private static final Pattern BRACES =
            Pattern.compile(
                    "\\{\\{|\\}\\}|\\{(\\d{1,4})?(?::(?:(.)?([<>^]))?([+ ])?(0)?(\\d{1,4})?(,)?(?:\\.(\\d{1,4}))?([dxXobcsfFeEgG])?)?\\}",
                    Pattern.DOTALL);

    private final String template;
    private final int count;
    private final List<FormatPiece> pieces = new ArrayList<>();
    private int next;

    private FormatTemplate(String template, int count) {
        this.template = template;
        this.count = count;
    }

    /// @param count number of values
    static List<FormatPiece> printf(String template, int count) {
        return new FormatTemplate(template, count).ofC();
    }

    /// A template with a place of PostgreSQL's is of that kind; any other has its places between braces.
    static List<FormatPiece> format(String template, int count) {
        FormatTemplate reader = new FormatTemplate(template, count);
        return POSTGRESQL.matcher(template).find() ? reader.ofPostgreSql() : reader.ofBraces();
    }

    private List<FormatPiece> ofC() {
        Matcher place = C.matcher(template);
        int at = 0;
        while (place.find()) {
            literal(at, place.start(), "%");
            at = place.end();
            if (place.group(4) == null) {
                pieces.add(new FormatPiece.Literal("%".getBytes(StandardCharsets.UTF_8)));
                continue;
            }
            String flags = place.group(1);
            char form = place.group(4).charAt(0);
            boolean left = flags.indexOf('-') >= 0;
            pieces.add(
                    new FormatPiece.Shaped(
                            position(next + 1),
                            form == 'i' || form == 'u' ? 'd' : form,
                            left ? '<' : '>',
                            !left && flags.indexOf('0') >= 0 ? '0' : ' ',
                            number(place.group(2), 0),
                            number(place.group(3), -1),
                            flags.indexOf('+') >= 0 ? "+" : flags.indexOf(' ') >= 0 ? " " : "",
                            flags.indexOf(',') >= 0));
        }
        literal(at, template.length(), "%");
        return List.copyOf(pieces);
    }

    private List<FormatPiece> ofPostgreSql() {
        Matcher place = POSTGRESQL.matcher(template);
        int at = 0;
        while (place.find()) {
            literal(at, place.start(), "%");
            at = place.end();
            if (place.group(4) == null) {
                pieces.add(new FormatPiece.Literal("%".getBytes(StandardCharsets.UTF_8)));
                continue;
            }
            int argument =
                    place.group(1) == null
                            ? position(next + 1)
                            : position(number(place.group(1), 0));
            pieces.add(
                    new FormatPiece.Text(
                            argument,
                            place.group(4).charAt(0),
                            place.group(2) != null,
                            number(place.group(3), 0)));
        }
        literal(at, template.length(), "%");
        return List.copyOf(pieces);
    }

    private List<FormatPiece> ofBraces() {
        Matcher place = BRACES.matcher(template);
        int at = 0;
        while (place.find()) {
            literal(at, place.start(), "{}");
            at = place.end();
            String found = place.group();
            if (found.equals("{{") || found.equals("}}")) {
                pieces.add(new FormatPiece.Literal(new byte[] {(byte) found.charAt(0)}));
                continue;
            }
            int argument =
                    place.group(1) == null
                            ? position(next + 1)
                            : position(number(place.group(1), 0) + 1);
            String align = place.group(3);
            String fill = place.group(2);
            boolean zeros = place.group(5) != null && align == null;
            pieces.add(
                    new FormatPiece.Shaped(
                            argument,
                            place.group(9) == null ? FormatPiece.ANY : place.group(9).charAt(0),
                            align == null ? FormatPiece.NATURAL : align.charAt(0),
                            zeros ? '0' : fill == null ? ' ' : fill.charAt(0),
                            number(place.group(6), 0),
                            number(place.group(8), -1),
                            place.group(4) == null ? "" : place.group(4),
                            place.group(7) != null));
        }
        literal(at, template.length(), "{}");
        return List.copyOf(pieces);
    }

    /// What stands between two places, which must not hold the mark of one.
    private void literal(int start, int end, String marks) {
        if (start == end) {
            return;
        }
        String text = template.substring(start, end);
        for (int i = 0; i < text.length(); i++) {
            if (marks.indexOf(text.charAt(i)) >= 0) {
                throw refused(
                        "what stands from character "
                                + (start + i + 1)
                                + " on is no place for a value; write "
                                + text.charAt(i)
                                + " twice for the character itself");
            }
        }
        pieces.add(new FormatPiece.Literal(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static int number(@Nullable String digits, int otherwise) {
        return digits == null ? otherwise : Integer.parseInt(digits);
    }

    /// The argument of that place, from 1; the next place without a number takes the one behind it.
    private int position(int position) {
        if (position < 1 || position > count) {
            throw refused("there is no value " + position + "; " + count + " are given");
        }
        next = position;
        return position;
    }

    private BasaltException refused(String why) {
        return new BasaltException(
                ErrorCode.INVALID_PARAMETER, "in the template '" + template + "' " + why);
    }
}
