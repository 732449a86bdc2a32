package io.basaltdb.query.function;

import static io.basaltdb.query.function.Accepts.TEXT;
import static io.basaltdb.query.function.Accepts.takes;
import static io.basaltdb.query.function.Definition.define;

import io.basaltdb.query.kernel.Utf8;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import org.jspecify.annotations.Nullable;

/// How alike two texts are, by their characters.
final class TextLikeness {
    /// Longer texts would take quadratic time.
    private static final int MAX_CHARACTERS = 10_000;

    /// Winkler's weight of a common beginning, and the most characters of it that count.
    private static final double PREFIX_WEIGHT = 0.1;

    private static final int MAX_PREFIX = 4;

    /// Less alike texts gain nothing by a common beginning.
    private static final double WINKLER_THRESHOLD = 0.7;

    private TextLikeness() {}

    static List<Definition> all() {
        return List.of(
                define(
                                "levenshtein",
                                "how many characters have to be inserted, removed or replaced to make one text of the other",
                                takes(Type.BIGINT, TEXT, TEXT),
                                distance("levenshtein", TextLikeness::levenshtein))
                        .alias("editdist3", "editdistance", "levenshteindistance", "edit_distance")
                        .fallible(),
                define(
                                "damerau_levenshtein",
                                "as levenshtein, where two neighbours that change places count once",
                                takes(Type.BIGINT, TEXT, TEXT),
                                distance("damerau_levenshtein", TextLikeness::damerauLevenshtein))
                        .alias("dameraulevenshteindistance")
                        .fallible(),
                define(
                                "hamming",
                                "at how many places two texts of equal length differ",
                                takes(Type.BIGINT, TEXT, TEXT),
                                distance("hamming", TextLikeness::hamming))
                        .alias("mismatches")
                        .fallible(),
                define(
                                "jaccard",
                                "characters that both texts have, as a share of those that one of them has",
                                takes(Type.DOUBLE, TEXT, TEXT),
                                site -> new Likeness(site, "jaccard", TextLikeness::jaccard))
                        .fallible(),
                define(
                                "jaro_similarity",
                                "1 for equal texts, 0 for texts without a character in about the same place (Jaro 1989)",
                                takes(Type.DOUBLE, TEXT, TEXT),
                                site -> new Likeness(site, "jaro_similarity", TextLikeness::jaro))
                        .alias("jarosimilarity")
                        .fallible(),
                define(
                                "jaro_winkler_similarity",
                                "as jaro_similarity, and more for a common beginning (Winkler 1990)",
                                takes(Type.DOUBLE, TEXT, TEXT),
                                site ->
                                        new Likeness(
                                                site,
                                                "jaro_winkler_similarity",
                                                TextLikeness::jaroWinkler))
                        .alias("jarowinklersimilarity")
                        .fallible());
    }

    private interface Distance {
        long of(int[] left, int[] right);
    }

    private static Definition.Binder distance(String name, Distance distance) {
        return TextRows.counts(
                (a, row) -> distance.of(characters(a, 0, row, name), characters(a, 1, row, name)));
    }

    private static int[] characters(TextArguments a, int argument, int row, String function) {
        byte[] heap = a.heap(argument);
        int end = a.end(argument, row);
        int length = Utf8.length(heap, a.start(argument, row), a.length(argument, row));
        if (length > MAX_CHARACTERS) {
            throw new BasaltException(
                    ErrorCode.PROGRAM_LIMIT,
                    function
                            + " compares texts of at most "
                            + MAX_CHARACTERS
                            + " characters, found "
                            + length);
        }
        int[] characters = new int[length];
        int i = 0;
        for (int at = a.start(argument, row); at < end; at += Utf8.width(heap[at])) {
            characters[i++] = Utf8.codePoint(heap, at);
        }
        return characters;
    }

    private static long levenshtein(int[] left, int[] right) {
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

    /// With changes between two characters that have changed places (Lowrance and Wagner 1975).
    private static long damerauLevenshtein(int[] left, int[] right) {
        int most = left.length + right.length;
        int[][] distances = new int[left.length + 2][right.length + 2];
        for (int i = 0; i <= left.length; i++) {
            distances[i + 1][0] = most;
            distances[i + 1][1] = i;
        }
        for (int j = 0; j <= right.length; j++) {
            distances[0][j + 1] = most;
            distances[1][j + 1] = j;
        }
        Map<Integer, Integer> lastRowOf = new HashMap<>();
        for (int i = 1; i <= left.length; i++) {
            int lastColumn = 0;
            for (int j = 1; j <= right.length; j++) {
                int row = lastRowOf.getOrDefault(right[j - 1], 0);
                int column = lastColumn;
                boolean isSame = left[i - 1] == right[j - 1];
                if (isSame) {
                    lastColumn = j;
                }
                int replaced = distances[i][j] + (isSame ? 0 : 1);
                int edited = Math.min(distances[i + 1][j], distances[i][j + 1]) + 1;
                int swapped = distances[row][column] + (i - row - 1) + 1 + (j - column - 1);
                distances[i + 1][j + 1] = Math.min(swapped, Math.min(replaced, edited));
            }
            lastRowOf.put(left[i - 1], i);
        }
        return distances[left.length + 1][right.length + 1];
    }

    private static long hamming(int[] left, int[] right) {
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

    private static double jaccard(int[] left, int[] right) {
        if (left.length == 0 || right.length == 0) {
            throw new BasaltException(
                    ErrorCode.INVALID_ARGUMENT, "jaccard compares texts that are not empty");
        }
        int[] one = Arrays.stream(left).sorted().distinct().toArray();
        int[] other = Arrays.stream(right).sorted().distinct().toArray();
        int common = 0;
        for (int character : one) {
            common += Arrays.binarySearch(other, character) >= 0 ? 1 : 0;
        }
        return (double) common / (one.length + other.length - common);
    }

    private static double jaro(int[] left, int[] right) {
        if (left.length == 0 || right.length == 0) {
            return left.length == right.length ? 1 : 0;
        }
        int reach = Math.max(0, Math.max(left.length, right.length) / 2 - 1);
        boolean[] taken = new boolean[right.length];
        int[] matched = new int[Math.min(left.length, right.length)];
        int matches = 0;
        for (int i = 0; i < left.length; i++) {
            int last = Math.min(right.length - 1, i + reach);
            for (int j = Math.max(0, i - reach); j <= last; j++) {
                if (!taken[j] && left[i] == right[j]) {
                    taken[j] = true;
                    matched[matches++] = left[i];
                    break;
                }
            }
        }
        if (matches == 0) {
            return 0;
        }
        int misplaced = 0;
        int next = 0;
        for (int j = 0; j < right.length; j++) {
            if (taken[j]) {
                misplaced += matched[next++] == right[j] ? 0 : 1;
            }
        }
        double share = matches;
        return (share / left.length
                        + share / right.length
                        + (share - Math.floorDiv(misplaced, 2)) / share)
                / 3;
    }

    private static double jaroWinkler(int[] left, int[] right) {
        double jaro = jaro(left, right);
        if (jaro <= WINKLER_THRESHOLD) {
            return jaro;
        }
        int most = Math.min(MAX_PREFIX, Math.min(left.length, right.length));
        int prefix = 0;
        while (prefix < most && left[prefix] == right[prefix]) {
            prefix++;
        }
        return jaro + prefix * PREFIX_WEIGHT * (1 - jaro);
    }

    private static final class Likeness extends StrictLoop {
        private final String name;
        private final ToDoubleBiFunction<int[], int[]> function;
        private final TextArguments arguments;
        private double[] out = new double[0];

        Likeness(CallSite site, String name, ToDoubleBiFunction<int[], int[]> function) {
            super(site.result());
            this.name = name;
            this.function = function;
            this.arguments = new TextArguments(site.arguments());
        }

        @Override
        Vector compute(
                List<Vector> vectors,
                int size,
                @Nullable Selection selection,
                long @Nullable [] valid) {
            arguments.read(vectors, size);
            out = Scratch.doubles(out, size);
            Selection live = live(size, selection, valid);
            for (int i = 0; i < live.count(); i++) {
                int row = live.rows()[i];
                out[row] =
                        function.applyAsDouble(
                                characters(arguments, 0, row, name),
                                characters(arguments, 1, row, name));
            }
            return new DoubleVector(type, size, out, valid);
        }
    }
}
