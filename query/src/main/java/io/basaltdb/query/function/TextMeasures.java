package io.basaltdb.query.function;

import static io.basaltdb.query.function.Accepts.INTEGER;
import static io.basaltdb.query.function.Accepts.TEXT;
import static io.basaltdb.query.function.Accepts.takes;
import static io.basaltdb.query.function.Definition.define;

import io.basaltdb.query.kernel.ByteSearch;
import io.basaltdb.query.kernel.Utf8;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;

/// How alike texts are, how often one is in another, and rarer edits.
final class TextMeasures {
    /// Longer texts would take quadratic time.
    private static final int MAX_DISTANCE_CHARACTERS = 10_000;

    private TextMeasures() {}

    static List<Definition> all() {
        return List.of(
                define(
                                "levenshtein",
                                "how many characters have to be inserted, removed or replaced to make one text of the other",
                                takes(Type.BIGINT, TEXT, TEXT),
                                TextRows.counts(TextMeasures::levenshtein))
                        .alias("editdist3", "editdistance", "levenshteindistance", "edit_distance")
                        .fallible(),
                define(
                                "hamming",
                                "at how many places two texts of equal length differ",
                                takes(Type.BIGINT, TEXT, TEXT),
                                TextRows.counts(TextMeasures::hamming))
                        .alias("mismatches")
                        .fallible(),
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
                                "quote_literal",
                                "the text as a literal of SQL",
                                takes(Type.TEXT, TEXT),
                                TextRows.writes((a, row, out) -> quoted(a, row, out, '\'')))
                        .fallible(),
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

    private static int[] characters(TextArguments a, int argument, int row) {
        byte[] heap = a.heap(argument);
        int end = a.end(argument, row);
        int[] characters =
                new int[Utf8.length(heap, a.start(argument, row), a.length(argument, row))];
        int i = 0;
        for (int at = a.start(argument, row); at < end; at += Utf8.width(heap[at])) {
            characters[i++] = Utf8.codePoint(heap, at);
        }
        return characters;
    }

    private static long levenshtein(TextArguments a, int row) {
        int[] left = characters(a, 0, row);
        int[] right = characters(a, 1, row);
        if (Math.max(left.length, right.length) > MAX_DISTANCE_CHARACTERS) {
            throw new BasaltException(
                    ErrorCode.PROGRAM_LIMIT,
                    "levenshtein compares texts of at most "
                            + MAX_DISTANCE_CHARACTERS
                            + " characters");
        }
        int[] distances = new int[right.length + 1];
        for (int j = 0; j <= right.length; j++) {
            distances[j] = j;
        }
        for (int i = 1; i <= left.length; i++) {
            int diagonal = distances[0];
            distances[0] = i;
            for (int j = 1; j <= right.length; j++) {
                int replaced = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = distances[j];
                distances[j] = Math.min(replaced, Math.min(distances[j - 1], distances[j]) + 1);
            }
        }
        return distances[right.length];
    }

    private static long hamming(TextArguments a, int row) {
        int[] left = characters(a, 0, row);
        int[] right = characters(a, 1, row);
        if (left.length != right.length) {
            throw new BasaltException(
                    ErrorCode.INVALID_ARGUMENT,
                    "hamming compares texts of the same length, found "
                            + left.length
                            + " and "
                            + right.length
                            + " characters");
        }
        long different = 0;
        for (int i = 0; i < left.length; i++) {
            different += left[i] == right[i] ? 0 : 1;
        }
        return different;
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
        String text =
                new String(a.heap(0), a.start(0, row), a.length(0, row), StandardCharsets.UTF_8);
        String apart = Normalizer.normalize(text, Normalizer.Form.NFD);
        apart.codePoints()
                .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
                .forEach(out::appendCodePoint);
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
