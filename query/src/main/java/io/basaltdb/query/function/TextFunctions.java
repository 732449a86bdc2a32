package io.basaltdb.query.function;

import static io.basaltdb.query.function.Accepts.ANY;
import static io.basaltdb.query.function.Accepts.BINARY;
import static io.basaltdb.query.function.Accepts.INTEGER;
import static io.basaltdb.query.function.Accepts.LIST;
import static io.basaltdb.query.function.Accepts.TEXT;
import static io.basaltdb.query.function.Accepts.either;
import static io.basaltdb.query.function.Accepts.takes;
import static io.basaltdb.query.function.Accepts.takesMany;
import static io.basaltdb.query.function.Definition.define;

import io.basaltdb.query.kernel.ByteSearch;
import io.basaltdb.query.kernel.Utf8;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import java.util.Arrays;
import java.util.List;

/// Text: counted, cut and searched by characters (Unicode code points).
final class TextFunctions {
    private TextFunctions() {}

    static List<Definition> all() {
        return List.of(
                define(
                                "||",
                                "both texts or lists, one behind the other; NULL where one is NULL",
                                either(
                                        ListFunctions::concatenated,
                                        takesMany(2, Type.VARBINARY, BINARY),
                                        takesMany(2, Type.TEXT, ANY)),
                                site ->
                                        site.result() instanceof Type.Array
                                                ? ListFunctions.concatenation(site)
                                                : new ConcatLoop(site, ConcatLoop.Nulls.STRICT))
                        .converting(ListFunctions::toOneList)
                        .alias("concat_operator")
                        .fallible()
                        .volatility(Volatility.STABLE),
                define(
                                "concat",
                                "the arguments as text, one behind the other; NULLs are left out",
                                takesMany(1, Type.TEXT, ANY),
                                site -> new ConcatLoop(site, ConcatLoop.Nulls.SKIPPED))
                        .notStrict()
                        .fallible()
                        .volatility(Volatility.STABLE),
                define(
                                "concat_ws",
                                "the arguments behind the first as text, with the first between them; NULLs are left out",
                                takesMany(1, Type.TEXT, ANY),
                                site -> new ConcatLoop(site, ConcatLoop.Nulls.SEPARATED))
                        .notStrict()
                        .fallible()
                        .volatility(Volatility.STABLE),
                define(
                                "like",
                                "whether the text has the form of the pattern: % any characters, _ one, third argument the escape",
                                takes(2, Type.BOOLEAN, TEXT, TEXT, TEXT),
                                site -> new LikeLoop(site, false))
                        .alias("~~")
                        .fallible(),
                define(
                                "ilike",
                                "LIKE that ignores case",
                                takes(2, Type.BOOLEAN, TEXT, TEXT, TEXT),
                                site -> new LikeLoop(site, true))
                        .alias("~~*")
                        .fallible(),
                define(
                                "substring",
                                "characters from position start (from 1), at most count",
                                takes(2, Type.TEXT, TEXT, INTEGER, INTEGER),
                                TextRows.slices(TextFunctions::substring))
                        .alias("substr", "mid", "substringutf8")
                        .fallible(),
                define(
                        "left",
                        "the first n characters; negative: all but the last -n",
                        takes(Type.TEXT, TEXT, INTEGER),
                        TextRows.slices(TextFunctions::left)),
                define(
                        "right",
                        "the last n characters; negative: all but the first -n",
                        takes(Type.TEXT, TEXT, INTEGER),
                        TextRows.slices(TextFunctions::right)),
                define(
                                "upper",
                                "in capital letters",
                                takes(Type.TEXT, TEXT),
                                site -> new CaseLoop(true))
                        .alias("ucase", "upperutf8"),
                define(
                                "lower",
                                "in small letters",
                                takes(Type.TEXT, TEXT),
                                site -> new CaseLoop(false))
                        .alias("lcase", "lowerutf8"),
                define(
                        "initcap",
                        "each word with a capital letter",
                        takes(Type.TEXT, TEXT),
                        TextRows.writes(TextEdits::initcap)),
                define(
                                "trim",
                                "without the characters (blanks) at both ends",
                                takes(1, Type.TEXT, TEXT, TEXT),
                                TextRows.slices((a, row) -> trim(a, row, true, true)))
                        .alias("btrim", "trimboth"),
                define(
                                "ltrim",
                                "without the characters (blanks) at the beginning",
                                takes(1, Type.TEXT, TEXT, TEXT),
                                TextRows.slices((a, row) -> trim(a, row, true, false)))
                        .alias("trimleft"),
                define(
                                "rtrim",
                                "without the characters (blanks) at the end",
                                takes(1, Type.TEXT, TEXT, TEXT),
                                TextRows.slices((a, row) -> trim(a, row, false, true)))
                        .alias("trimright"),
                define(
                                "length",
                                "number of characters, of bytes or of elements",
                                either(
                                        takes(Type.INTEGER, TEXT),
                                        takes(Type.INTEGER, BINARY),
                                        takes(Type.BIGINT, LIST)),
                                site ->
                                        switch (site.argument(0)) {
                                            case Type.Binary _ ->
                                                    TextRows.counter(
                                                            site, (a, row) -> a.length(0, row));
                                            case Type.Array _ -> ListMeasures.length(site);
                                            default -> new LengthLoop();
                                        })
                        .alias("char_length", "character_length", "len", "lengthutf8"),
                define(
                                "octet_length",
                                "number of bytes",
                                either(takes(Type.INTEGER, TEXT), takes(Type.INTEGER, BINARY)),
                                TextRows.counts((a, row) -> a.length(0, row)))
                        .alias("byte_length", "strlen"),
                define(
                        "bit_length",
                        "number of bits",
                        takes(Type.INTEGER, TEXT),
                        TextRows.counts((a, row) -> 8L * a.length(0, row))),
                define(
                                "position",
                                "where the second text begins in the first, from 1; 0 where it is not in it",
                                takes(Type.INTEGER, TEXT, TEXT),
                                TextRows.counts(TextFunctions::position))
                        .alias("strpos", "instr"),
                define(
                                "contains",
                                "whether the second text is in the first",
                                takes(Type.BOOLEAN, TEXT, TEXT),
                                TextRows.tests((a, row) ->
                                        ByteSearch.indexOf(
                                                        a.heap(0),
                                                        a.start(0, row),
                                                        a.end(0, row),
                                                        a.bytes(1, row))
                                                >= 0))
                        .alias("contains_substr"),
                define(
                                "starts_with",
                                "whether the first text begins with the second",
                                takes(Type.BOOLEAN, TEXT, TEXT),
                                TextRows.tests((a, row) -> isPartAt(a, row, a.start(0, row))))
                        .alias("startswith", "prefix", "^@"),
                define(
                                "ends_with",
                                "whether the first text ends with the second",
                                takes(Type.BOOLEAN, TEXT, TEXT),
                                TextRows.tests((a, row) ->
                                        isPartAt(a, row, a.end(0, row) - a.length(1, row))))
                        .alias("endswith", "suffix"),
                define(
                                "replace",
                                "every occurrence of the second text in the first replaced by the third",
                                takes(Type.TEXT, TEXT, TEXT, TEXT),
                                TextRows.writes(TextEdits::replace))
                        .alias("replaceall")
                        .fallible(),
                define(
                                "translate",
                                "each character of the second text replaced by the one at its place in the third",
                                takes(Type.TEXT, TEXT, TEXT, TEXT),
                                TextRows.writes(TextEdits::translate))
                        .fallible(),
                define(
                                "lpad",
                                "filled up at the beginning, or cut, to n characters",
                                takes(2, Type.TEXT, TEXT, INTEGER, TEXT),
                                TextRows.writes((a, row, out) -> TextEdits.pad(a, row, out, true)))
                        .fallible(),
                define(
                                "rpad",
                                "filled up at the end, or cut, to n characters",
                                takes(2, Type.TEXT, TEXT, INTEGER, TEXT),
                                TextRows.writes((a, row, out) -> TextEdits.pad(a, row, out, false)))
                        .fallible(),
                define(
                                "reverse",
                                "characters in the opposite order",
                                takes(Type.TEXT, TEXT),
                                TextRows.writes(TextEdits::reverse))
                        .alias("reverseutf8"),
                define(
                                "repeat",
                                "the text n times",
                                takes(Type.TEXT, TEXT, INTEGER),
                                TextRows.writes(TextEdits::repeat))
                        .fallible(),
                define(
                                "split_part",
                                "the n-th piece between separators, from 1; negative counts from the end",
                                takes(Type.TEXT, TEXT, TEXT, INTEGER),
                                TextRows.slices(TextFunctions::splitPart))
                        .fallible(),
                define(
                                "ascii",
                                "code point of the first character",
                                takes(Type.INTEGER, TEXT),
                                TextRows.counts((a, row) ->
                                        a.length(0, row) == 0
                                                ? 0
                                                : Utf8.codePoint(a.heap(0), a.start(0, row))))
                        .alias("unicode", "ord"),
                define(
                                "chr",
                                "the character with that code point",
                                takes(Type.TEXT, INTEGER),
                                TextRows.writes(TextEdits::character))
                        .alias("char")
                        .fallible(),
                define(
                                "regexp_like",
                                "whether a part of the text matches the regular expression; third argument: flags",
                                takes(2, Type.BOOLEAN, TEXT, TEXT, TEXT),
                                RegexFunctions::like)
                        .alias("regexp_matches", "regexp_contains", "rlike", "regexp", "match", "~")
                        .fallible(),
                define(
                                "regexp_replace",
                                "the first match, with flag g every match, replaced; \\1 names a group",
                                takes(3, Type.TEXT, TEXT, TEXT, TEXT, TEXT),
                                RegexFunctions::replace)
                        .fallible(),
                define(
                                "regexp_extract",
                                "the match or its n-th group; empty where nothing matches",
                                takes(2, Type.TEXT, TEXT, TEXT, INTEGER),
                                RegexFunctions::extract)
                        .fallible(),
                define(
                                "regexp_extract_all",
                                "the list of all matches, or of their n-th groups",
                                takes(2, new Type.Array(Type.TEXT), TEXT, TEXT, INTEGER),
                                RegexFunctions::extractAll)
                        .fallible(),
                define(
                                "regexp_split_to_array",
                                "the parts of a text between the matches of the regular expression; third argument: flags",
                                takes(2, new Type.Array(Type.TEXT), TEXT, TEXT, TEXT),
                                RegexFunctions::split)
                        .alias(
                                "string_split_regex",
                                "str_split_regex",
                                "regexp_split",
                                "splitbyregexp")
                        .fallible(),
                define(
                                "regexp_count",
                                "number of matches",
                                takes(Type.INTEGER, TEXT, TEXT),
                                RegexFunctions::count)
                        .fallible());
    }

    private static long substring(TextArguments a, int row) {
        byte[] heap = a.heap(0);
        int from = a.start(0, row);
        int end = a.end(0, row);
        long start = a.number(1, row);
        if (a.count() == 2) {
            return TextRows.run(Utf8.forward(heap, from, end, start - 1), end);
        }
        long count = a.number(2, row);
        if (count < 0) {
            throw new BasaltException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the length of a substring must not be negative, but is " + count);
        }
        long stop = start > 0 && count > Long.MAX_VALUE - start ? Long.MAX_VALUE : start + count;
        int first = Utf8.forward(heap, from, end, start - 1);
        return TextRows.run(first, Utf8.forward(heap, first, end, stop - Math.max(1, start)));
    }

    private static long left(TextArguments a, int row) {
        byte[] heap = a.heap(0);
        int from = a.start(0, row);
        int end = a.end(0, row);
        long count = a.number(1, row);
        return TextRows.run(
                from,
                count >= 0
                        ? Utf8.forward(heap, from, end, count)
                        : Utf8.backward(
                                heap,
                                end,
                                from,
                                count == Long.MIN_VALUE ? Long.MAX_VALUE : -count));
    }

    private static long right(TextArguments a, int row) {
        byte[] heap = a.heap(0);
        int from = a.start(0, row);
        int end = a.end(0, row);
        long count = a.number(1, row);
        return TextRows.run(
                count >= 0
                        ? Utf8.backward(heap, end, from, count)
                        : Utf8.forward(
                                heap, from, end, count == Long.MIN_VALUE ? Long.MAX_VALUE : -count),
                end);
    }

    private static long trim(TextArguments a, int row, boolean atStart, boolean atEnd) {
        byte[] heap = a.heap(0);
        int from = a.start(0, row);
        int end = a.end(0, row);
        if (a.count() == 1) {
            while (atStart && from < end && heap[from] == ' ') {
                from++;
            }
            while (atEnd && end > from && heap[end - 1] == ' ') {
                end--;
            }
            return TextRows.run(from, end);
        }
        while (atStart && from < end && isOneOf(a, row, Utf8.codePoint(heap, from))) {
            from += Utf8.width(heap[from]);
        }
        while (atEnd && end > from) {
            int last = Utf8.backward(heap, end, from, 1);
            if (!isOneOf(a, row, Utf8.codePoint(heap, last))) {
                break;
            }
            end = last;
        }
        return TextRows.run(from, end);
    }

    private static boolean isOneOf(TextArguments a, int row, int character) {
        byte[] heap = a.heap(1);
        int end = a.end(1, row);
        for (int at = a.start(1, row); at < end; at += Utf8.width(heap[at])) {
            if (Utf8.codePoint(heap, at) == character) {
                return true;
            }
        }
        return false;
    }

    private static long position(TextArguments a, int row) {
        int start = a.start(0, row);
        int at = ByteSearch.indexOf(a.heap(0), start, a.end(0, row), a.bytes(1, row));
        return at < 0 ? 0 : Utf8.length(a.heap(0), start, at - start) + 1;
    }

    private static boolean isPartAt(TextArguments a, int row, int at) {
        int length = a.length(1, row);
        if (length > a.length(0, row)) {
            return false;
        }
        int part = a.start(1, row);
        return Arrays.equals(a.heap(0), at, at + length, a.heap(1), part, part + length);
    }

    private static long splitPart(TextArguments a, int row) {
        byte[] heap = a.heap(0);
        int from = a.start(0, row);
        int end = a.end(0, row);
        long wanted = a.number(2, row);
        if (wanted == 0) {
            throw new BasaltException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the pieces of split_part count from 1 or -1, not 0");
        }
        byte[] separator = a.bytes(1, row);
        if (separator.length == 0) {
            return wanted == 1 || wanted == -1 ? TextRows.run(from, end) : TextRows.run(from, from);
        }
        if (wanted < 0) {
            int pieces = 1;
            for (int at = ByteSearch.indexOf(heap, from, end, separator); at >= 0; pieces++) {
                at = ByteSearch.indexOf(heap, at + separator.length, end, separator);
            }
            wanted += pieces + 1;
            if (wanted <= 0) {
                return TextRows.run(from, from);
            }
        }
        for (long piece = 1; ; piece++) {
            int at = ByteSearch.indexOf(heap, from, end, separator);
            if (piece == wanted) {
                return TextRows.run(from, at < 0 ? end : at);
            }
            if (at < 0) {
                return TextRows.run(end, end);
            }
            from = at + separator.length;
        }
    }
}
