package io.basaltdb.benchmarks.hits;

/// What people type into a search box.
final class Phrases {
    /// Tuned to 7 % distinct phrases over all rows.
    private static final double PHRASES_PER_ROW = 0.18;

    private static final int POWER = 3;

    private final long count;

    Phrases(long rowCount) {
        count = Math.max(1, (long) (rowCount * PHRASES_PER_ROW));
    }

    long draw(long draw) {
        return Draw.skewed(draw, count, POWER);
    }

    /// The phrase of that number, with `separator` between the words.
    static void text(long phrase, char separator, TextBuffer out) {
        long draw = Draw.of(phrase, 61);
        byte[][] words = Words.language((int) Draw.skewed(draw, Words.languageCount(), 2));
        int wordCount = 2 + Draw.below(Draw.of(draw, 1), 4);
        for (int i = 0; i < wordCount; i++) {
            if (i > 0) {
                out.add(separator);
            }
            out.add(Words.word(words, Draw.of(draw, 2 + i)));
        }
        if (wordCount < 4) {
            out.add(separator).add(phrase);
        }
    }
}
