package io.basaltdb.query.function;

import static io.basaltdb.query.function.Accepts.INTEGER;
import static io.basaltdb.query.function.Accepts.TEXT;
import static io.basaltdb.query.function.Accepts.takes;
import static io.basaltdb.query.function.Definition.define;

import io.basaltdb.query.kernel.ByteSearch;
import io.basaltdb.storage.type.Type;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;

/// How often a text is in another, and rarer edits.
final class TextMeasures {
    private TextMeasures() {}

    static List<Definition> all() {
        return List.of(
                define(
                                "count_substrings",
                                "how often the second text is in the first, side by side",
                                takes(Type.BIGINT, TEXT, TEXT),
                                TextRows.counts(TextMeasures::countSubstrings))
                        .alias("countsubstrings"),
                define(
                                "substring_index",
                                "what stands before the n-th separator; negative: behind the n-th from the end",
                                takes(Type.TEXT, TEXT, TEXT, INTEGER),
                                TextRows.slices(TextMeasures::substringIndex))
                        .alias("substringindex"),
                define(
                        "strip_accents",
                        "letters without their accents",
                        takes(Type.TEXT, TEXT),
                        TextRows.writes(TextMeasures::stripAccents)),
                define(
                                "normalize",
                                "the text in Unicode's composed form, NFC",
                                takes(Type.TEXT, TEXT),
                                TextRows.writes((a, row, out) ->
                                        out.append(
                                                Normalizer.normalize(
                                                        text(a, row), Normalizer.Form.NFC))))
                        .alias("nfc_normalize", "normalizeutf8nfc"),
                define(
                                "quote_literal",
                                "the text as a literal of SQL",
                                takes(Type.TEXT, TEXT),
                                TextRows.writes((a, row, out) -> quoted(a, row, out, '\'')))
                        .fallible(),
                define(
                        "quote_ident",
                        "the text as a name in SQL, in quotes where it needs them",
                        takes(Type.TEXT, TEXT),
                        TextRows.writes(
                                (a, row, out) -> out.append(FormatPiece.name(text(a, row))))),
                define(
                        "pg_size_pretty",
                        "a number of bytes as PostgreSQL writes it: bytes, kB, MB, GB, TB, PB by powers of 1,024, rounded to whole ones",
                        takes(Type.TEXT, INTEGER),
                        TextRows.writes(
                                (a, row, out) -> out.append(ByteCounts.whole(a.number(0, row))))),
                define(
                        "format_bytes",
                        "a number of bytes in KiB, MiB, GiB, TiB, PiB, EiB with one digit behind the point, cut off",
                        takes(Type.TEXT, INTEGER),
                        TextRows.writes(
                                (a, row, out) -> out.append(ByteCounts.cut(a.number(0, row))))),
                define(
                        "formatreadablesize",
                        "a number of bytes in KiB, MiB, GiB, TiB, PiB, EiB with two digits behind the point",
                        takes(Type.TEXT, INTEGER),
                        TextRows.writes(
                                (a, row, out) -> out.append(ByteCounts.rounded(a.number(0, row))))),
                define(
                                "bin",
                                "the number in binary digits",
                                takes(Type.TEXT, INTEGER),
                                TextRows.writes((a, row, out) ->
                                        out.append(Long.toBinaryString(a.number(0, row)))))
                        .alias("to_binary"),
                define(
                        "empty",
                        "whether the text has no characters",
                        takes(Type.BOOLEAN, TEXT),
                        TextRows.tests((a, row) -> a.length(0, row) == 0)),
                define(
                        "notempty",
                        "whether the text has characters",
                        takes(Type.BOOLEAN, TEXT),
                        TextRows.tests((a, row) -> a.length(0, row) > 0)));
    }

    private static long countSubstrings(TextArguments a, int row) {
        byte[] sought = a.bytes(1, row);
        if (sought.length == 0) {
            return 0;
        }
        byte[] heap = a.heap(0);
        int end = a.end(0, row);
        long count = 0;
        int at = ByteSearch.indexOf(heap, a.start(0, row), end, sought);
        while (at >= 0) {
            count++;
            at = ByteSearch.indexOf(heap, at + sought.length, end, sought);
        }
        return count;
    }

    private static long substringIndex(TextArguments a, int row) {
        byte[] heap = a.heap(0);
        int start = a.start(0, row);
        int end = a.end(0, row);
        byte[] separator = a.bytes(1, row);
        long wanted = a.number(2, row);
        if (separator.length == 0 || wanted == 0) {
            return TextRows.run(start, start);
        }
        // From the end, the n-th separator is the one behind which n pieces remain.
        long from = wanted < 0 ? countSubstrings(a, row) + wanted : wanted - 1;
        if (from < 0) {
            return TextRows.run(start, end);
        }
        int at = ByteSearch.indexOf(heap, start, end, separator);
        for (long i = 0; i < from && at >= 0; i++) {
            at = ByteSearch.indexOf(heap, at + separator.length, end, separator);
        }
        if (at < 0) {
            return TextRows.run(start, end);
        }
        return wanted > 0 ? TextRows.run(start, at) : TextRows.run(at + separator.length, end);
    }

    private static void stripAccents(TextArguments a, int row, TextOutput out) {
        String apart = Normalizer.normalize(text(a, row), Normalizer.Form.NFD);
        apart.codePoints()
                .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
                .forEach(out::appendCodePoint);
    }

    private static String text(TextArguments a, int row) {
        return new String(a.heap(0), a.start(0, row), a.length(0, row), StandardCharsets.UTF_8);
    }

    private static void quoted(TextArguments a, int row, TextOutput out, char quote) {
        out.append(quote);
        byte[] heap = a.heap(0);
        for (int at = a.start(0, row); at < a.end(0, row); at++) {
            if (heap[at] == quote) {
                out.append(quote);
            }
            out.append(heap[at]);
        }
        out.append(quote);
    }
}
