package io.basaltdb.benchmarks.hits;

import java.util.Arrays;

/// A web site: its counter, its rows, and the texts of its pages. A page is a number; its address and title follow
/// from site and page alone, so that the same page has the same texts at any seed.
final class Site {
    /// Pages per row of the site, and how much the first ones are preferred; tuned to 19 % distinct addresses.
    private static final double PAGES_PER_ROW = 0.209;

    private static final int PAGE_POWER = 3;

    /// How much the pages are preferred that lead on to others.
    private static final int HUB_POWER = 12;

    /// Some pages share a title; tuned to 10 % distinct titles.
    private static final double TITLES_PER_PAGE = 0.48;

    private static final byte[] PLAIN = Words.bytes("http://");
    private static final byte[] SECURE = Words.bytes("https://");
    private static final byte[] WWW = Words.bytes("www.");
    private static final byte[] NUMBER = Words.bytes("?item=");
    private static final byte[] FROM = Words.bytes("&from=");
    private static final byte[] HTML = Words.bytes(".html");
    private static final byte[] TITLE_END = Words.bytes(" | ");
    private static final byte[] GOOGLE_IN_ADDRESS = Words.bytes("&utm=google.feed-");
    private static final byte[] GOOGLE_IN_TITLE = Words.bytes(" - Google");

    private final int counterId;
    private final long rowCount;
    private final long key;
    private final byte[][] words;
    private final int language;
    private final byte[] host;
    private final long pageCount;

    Site(int counterId, long rowCount) {
        this.counterId = counterId;
        this.rowCount = rowCount;
        key = Draw.of(counterId, 1);
        language = (int) Draw.skewed(Draw.of(key, 1), Words.languageCount(), 2);
        words = Words.language(language);
        pageCount = Math.max(1, (long) (rowCount * PAGES_PER_ROW));
        host = host();
    }

    int counterId() {
        return counterId;
    }

    long rowCount() {
        return rowCount;
    }

    int language() {
        return language;
    }

    /// A draw for something that belongs to the whole site.
    long draw(int salt) {
        return Draw.of(key, 1000 + salt);
    }

    /// The page that a visitor opens.
    long page(long draw) {
        return Draw.skewed(draw, pageCount, PAGE_POWER);
    }

    /// A page from which visitors go on to others; there are few of them.
    long hub(long draw) {
        return Draw.skewed(draw, pageCount, HUB_POWER);
    }

    /// The address of the front page.
    void frontAddress(TextBuffer out) {
        out.clear().add(host).add('/');
    }

    /// The address of a page.
    void address(long page, TextBuffer out) {
        long draw = Draw.of(key ^ Draw.mix(page), 2);
        out.clear().add(host).add('/').add(Words.section(Draw.of(draw, 0))).add('/');
        byte[][] plainWords = Words.language(0);
        int wordCount = 3 + Draw.below(Draw.of(draw, 1), 3);
        for (int i = 0; i < wordCount; i++) {
            if (i > 0) {
                out.add('-');
            }
            out.add(Words.word(plainWords, Draw.of(draw, 2 + i)));
        }
        if ((draw & 3) == 0) {
            out.add('-').add(page).add(HTML);
        } else {
            out.add(NUMBER).add(page);
        }
        if ((draw & 12) == 0) {
            out.add(FROM).add(Words.section(Draw.of(draw, 9)));
        }
    }

    /// Turns an address into one of the few that mention a search company.
    static void mentionGoogle(TextBuffer address, long draw) {
        address.add(GOOGLE_IN_ADDRESS).add(Draw.below(draw, 1000));
    }

    /// The title of a page.
    void title(long page, TextBuffer out) {
        long number = (long) (page * TITLES_PER_PAGE);
        long draw = Draw.of(key ^ Draw.mix(number), 3);
        out.clear();
        int wordCount = 3 + Draw.below(Draw.of(draw, 1), 4);
        for (int i = 0; i < wordCount; i++) {
            if (i > 0) {
                out.add(' ');
            }
            out.add(Words.word(words, Draw.of(draw, 2 + i)));
        }
        out.add(' ').add(number % 9973).add(TITLE_END);
        out.add(Words.word(words, Draw.of(key, 5)))
                .add(' ')
                .add(Words.word(words, Draw.of(key, 6)));
    }

    static void mentionGoogleInTitle(TextBuffer title) {
        title.add(GOOGLE_IN_TITLE);
    }

    private byte[] host() {
        TextBuffer out = new TextBuffer();
        out.add((key & 3) == 0 ? SECURE : PLAIN);
        if ((key & 12) == 0) {
            out.add(WWW);
        }
        byte[][] plainWords = Words.language(0);
        out.add(Words.word(plainWords, Draw.of(key, 7)));
        out.add(Words.word(plainWords, Draw.of(key, 8))).add(counterId);
        out.add('.').add(Words.domain(Draw.of(key, 9)));
        return Arrays.copyOf(out.bytes(), out.length());
    }
}
