package io.basaltdb.benchmarks.hits;

import io.basaltdb.benchmarks.data.RowBatch;

/// Spells out rows of cells. Values of a site, a user or a visit are kept until it changes.
final class HitWriter {
    private static final long MICROS = 1_000_000;
    private static final byte[] NOTHING = {};

    /// A visit's first page view: where it came from.
    private static final int DIRECT = 0;

    private static final int LINK = 1;
    private static final int SEARCH = 2;
    private static final int ADVERTISEMENT = 3;
    private static final int MAIL = 6;
    private static final int SOCIAL = 8;
    private static final int INTERNAL = -1;

    private static final double GOOGLE_SHARE_AFTER_SEARCH = 0.0008;
    private static final double GOOGLE_SHARE = 0.000134;
    private static final double GOOGLE_TITLE_SHARE = 0.001;
    private static final double REFRESH_SHARE = 0.06;
    private static final double FRONT_SHARE = 0.34;
    private static final double HUB_SHARE = 0.51;
    private static final double LINK_SHARE = 0.01;
    private static final double DOWNLOAD_SHARE = 0.004;
    private static final double ORDER_SHARE = 0.004;
    private static final double PARAMS_SHARE = 0.2;

    private static final int[] WIDTHS = {1366, 1920, 1280, 1024, 1440, 1600, 360, 390, 768, 2560};
    private static final int[] HEIGHTS = {768, 1080, 1024, 768, 900, 900, 780, 844, 1024, 1440};
    private static final byte[][] ENGINES = {
        Words.bytes("http://find.example.com/search?text="),
        Words.bytes("https://www.seek.example.org/q/"),
        Words.bytes("http://go.lookup.example.ru/s?q="),
        Words.bytes("https://ask.example.net/?query=")
    };
    private static final byte[][] SOCIAL_PAGES = {
        Words.bytes("https://www.circle.example.com/feed/"),
        Words.bytes("https://m.wall.example.ru/id"),
        Words.bytes("https://pins.example.net/board/")
    };
    private static final byte[][] MODELS = models();
    private static final byte[][] CURRENCIES = {
        Words.bytes("USD"), Words.bytes("EUR"), Words.bytes("RUB")
    };
    private static final byte[][] SITE_LANGUAGES = {
        Words.bytes("en"), Words.bytes("ru"), Words.bytes("de"), Words.bytes("es")
    };

    private final Layout layout;
    private final Phrases phrases;
    private final RowBatch batch;
    private final HeldValues held;
    private final long socialPages;
    private final TextBuffer url = new TextBuffer();
    private final TextBuffer previousUrl = new TextBuffer();
    private final TextBuffer title = new TextBuffer();
    private final TextBuffer text = new TextBuffer();

    HitWriter(Layout layout, Phrases phrases, RowBatch batch) {
        this.layout = layout;
        this.phrases = phrases;
        this.batch = batch;
        held = new HeldValues(batch);
        socialPages = Math.max(1, layout.rowCount() / 50);
    }

    /// Writes the rows of the cell whose row numbers lie in `[from, to)`.
    void write(Cell cell, long from, long to) {
        held.fill(Level.SITE, cell.site().draw(1));
        long row = cell.firstRow();
        int lastWritten = -1;
        for (int visit = 0; visit < cell.visitCount() && row < to; visit++) {
            if (row + cell.size(visit) > from) {
                if (lastWritten < 0 || cell.user(lastWritten) != cell.user(visit)) {
                    held.fill(Level.USER, Draw.of(cell.user(visit), 11));
                }
                writeVisit(cell, visit, row, from, to);
                lastWritten = visit;
            }
            row += cell.size(visit);
        }
    }

    private void writeVisit(Cell cell, int visit, long firstRow, long from, long to) {
        long draw = cell.draw(visit);
        held.fill(Level.VISIT, draw);
        int startRow = (int) (firstRow - cell.firstRow());
        long dayStart = (Calendar.FIRST_DAY + (long) cell.day(visit)) * Calendar.SECONDS_PER_DAY;
        long visitStart = (dayStart + cell.second(startRow)) * MICROS;
        int source = source(Draw.of(draw, 12));
        long page = -1;
        for (int hit = 0; hit < cell.size(visit); hit++) {
            long hitDraw = Draw.of(draw, 2000 + hit);
            boolean refresh = hit > 0 && Draw.happens(Draw.of(hitDraw, 1), REFRESH_SHARE);
            long next = refresh ? page : cell.site().page(Draw.of(hitDraw, 2));
            long number = firstRow + hit;
            if (number >= from && number < to) {
                int cellRow = startRow + hit;
                batch.put(at(HitsColumn.WATCH_ID), cell.watchId(cellRow));
                long time = (dayStart + cell.second(cellRow)) * MICROS;
                writeTimes(cell.user(visit), hitDraw, time, visitStart);
                batch.put(at(HitsColumn.EVENT_DATE), Calendar.FIRST_DAY + (long) cell.day(visit));
                batch.put(at(HitsColumn.COUNTER_ID), cell.site().counterId());
                batch.put(at(HitsColumn.USER_ID), cell.user(visit));
                batch.put(at(HitsColumn.VISIT_ID), draw);
                batch.put(at(HitsColumn.HIT_NUMBER), hit + 1L);
                batch.put(at(HitsColumn.IS_REFRESH), refresh ? 1 : 0);
                batch.put(at(HitsColumn.CLIENT_IP), Visitors.clientIp(cell.user(visit), draw));
                batch.putText(
                        at(HitsColumn.SITE_LANGUAGE), SITE_LANGUAGES[cell.site().language()], 0, 2);
                writeDevice(Draw.of(cell.user(visit), 13), hitDraw);
                writePage(cell.site(), next, hitDraw, hit == 0 && source == SEARCH);
                writeReferer(cell.site(), draw, hitDraw, hit == 0 ? source : INTERNAL, page);
                writeRest(hitDraw);
                held.writeHeld();
                held.writeHit(hitDraw);
                batch.endRow();
            }
            page = next;
        }
    }

    private static int source(long draw) {
        double unit = Draw.unit(draw);
        if (unit < 0.355) {
            return SEARCH;
        }
        if (unit < 0.565) {
            return LINK;
        }
        if (unit < 0.825) {
            return DIRECT;
        }
        if (unit < 0.91) {
            return SOCIAL;
        }
        return unit < 0.98 ? MAIL : ADVERTISEMENT;
    }

    private void writeTimes(long user, long hitDraw, long time, long visitStart) {
        long clock = Draw.happens(Draw.of(user, 14), 0.8) ? 0 : Draw.below(Draw.of(user, 15), 600);
        long zone = Draw.below(Draw.of(user, 16), 25) - 12L;
        batch.put(at(HitsColumn.EVENT_TIME), time);
        batch.put(at(HitsColumn.VISIT_START), visitStart);
        batch.put(
                at(HitsColumn.CLIENT_EVENT_TIME),
                time + (clock - Draw.below(Draw.of(hitDraw, 3), 3)) * MICROS);
        batch.put(at(HitsColumn.LOCAL_EVENT_TIME), time + zone * 3600 * MICROS);
    }

    private void writeDevice(long userDraw, long hitDraw) {
        int screen = (int) Draw.skewed(Draw.of(userDraw, 1), WIDTHS.length, 2);
        boolean noScreen = Draw.happens(Draw.of(userDraw, 2), 0.02);
        int width = noScreen ? 0 : WIDTHS[screen];
        int height = noScreen ? 0 : HEIGHTS[screen];
        int border = (int) Draw.skewed(Draw.of(userDraw, 3), 60, 3);
        int bar = (int) Draw.skewed(Draw.of(userDraw, 4), 300, 2);
        boolean resized = Draw.happens(Draw.of(hitDraw, 4), 0.04);
        int change = resized ? Draw.below(Draw.of(hitDraw, 5), 200) : 0;
        batch.put(at(HitsColumn.RESOLUTION_WIDTH), width);
        batch.put(at(HitsColumn.RESOLUTION_HEIGHT), height);
        batch.put(at(HitsColumn.WINDOW_WIDTH), Math.max(0, width - border - change));
        batch.put(at(HitsColumn.WINDOW_HEIGHT), Math.max(0, height - bar - change));
        boolean mobile = Draw.happens(Draw.of(userDraw, 5), 0.07);
        int model = (int) Draw.skewed(Draw.of(userDraw, 6), MODELS.length, 3);
        batch.put(at(HitsColumn.IS_MOBILE), mobile ? 1 : 0);
        batch.put(at(HitsColumn.MOBILE_PHONE), mobile ? 1 + model % 40 : 0);
        byte[] name = mobile && (model % 5 != 4) ? MODELS[model] : NOTHING;
        batch.putText(at(HitsColumn.MOBILE_PHONE_MODEL), name, 0, name.length);
    }

    private void writePage(Site site, long page, long hitDraw, boolean fromSearch) {
        site.address(page, url);
        double googleShare = fromSearch ? GOOGLE_SHARE_AFTER_SEARCH : GOOGLE_SHARE;
        if (Draw.happens(Draw.of(hitDraw, 6), googleShare)) {
            Site.mentionGoogle(url, Draw.of(hitDraw, 7));
        }
        putText(HitsColumn.URL, url);
        batch.put(at(HitsColumn.URL_HASH), url.hash());
        site.title(page, title);
        if (Draw.happens(Draw.of(hitDraw, 8), GOOGLE_TITLE_SHARE)) {
            Site.mentionGoogleInTitle(title);
        }
        putText(HitsColumn.TITLE, title);
    }

    private void writeReferer(
            Site site, long visitDraw, long hitDraw, int source, long previousPage) {
        long draw = Draw.of(visitDraw, 17);
        previousUrl.clear();
        text.clear();
        int engine = 0;
        int advertisement = 0;
        switch (source) {
            case INTERNAL -> internalReferer(site, hitDraw, previousPage);
            case SEARCH -> {
                long phrase = phrases.draw(Draw.of(draw, 1));
                engine = 1 + (int) Draw.skewed(Draw.of(draw, 2), ENGINES.length, 6);
                previousUrl.add(ENGINES[engine - 1]);
                Phrases.text(phrase, '+', previousUrl);
                Phrases.text(phrase, ' ', text);
            }
            case LINK -> linkFrom(Draw.of(draw, 3));
            case SOCIAL -> {
                previousUrl.add(Words.word(SOCIAL_PAGES, Draw.of(draw, 4)));
                previousUrl.add(Draw.skewed(Draw.of(draw, 5), socialPages, 3));
            }
            case ADVERTISEMENT -> advertisement = 1 + (int) Draw.skewed(Draw.of(draw, 6), 18, 4);
            default -> {}
        }
        putText(HitsColumn.REFERER, previousUrl);
        batch.put(at(HitsColumn.REFERER_HASH), previousUrl.hash());
        putText(HitsColumn.SEARCH_PHRASE, text);
        batch.put(at(HitsColumn.SEARCH_ENGINE_ID), engine);
        batch.put(at(HitsColumn.ADV_ENGINE_ID), advertisement);
        batch.put(at(HitsColumn.TRAFFIC_SOURCE_ID), source);
    }

    /// The page before, unless the visitor went through the front page or a page that leads on.
    private void internalReferer(Site site, long hitDraw, long previousPage) {
        double unit = Draw.unit(Draw.of(hitDraw, 17));
        if (unit < FRONT_SHARE) {
            site.frontAddress(previousUrl);
        } else if (unit < FRONT_SHARE + HUB_SHARE) {
            site.address(site.hub(Draw.of(hitDraw, 18)), previousUrl);
        } else {
            site.address(previousPage, previousUrl);
        }
    }

    /// A page of another site, large ones more often.
    private void linkFrom(long draw) {
        long row = Draw.skewed(draw, layout.rowCount(), 1);
        int number = layout.siteOf(row);
        long rows = layout.firstRow(number + 1) - layout.firstRow(number);
        Site other = new Site(layout.counter(number), rows);
        other.address(other.hub(Draw.of(draw, 1)), previousUrl);
    }

    private void writeRest(long hitDraw) {
        batch.put(at(HitsColumn.IS_LINK), Draw.happens(Draw.of(hitDraw, 9), LINK_SHARE) ? 1 : 0);
        batch.put(
                at(HitsColumn.IS_DOWNLOAD),
                Draw.happens(Draw.of(hitDraw, 10), DOWNLOAD_SHARE) ? 1 : 0);
        boolean order = Draw.happens(Draw.of(hitDraw, 11), ORDER_SHARE);
        text.clear();
        if (order) {
            text.add('A').add('-').add(Draw.of(hitDraw, 12) >>> 34);
        }
        putText(HitsColumn.ORDER_ID, text);
        batch.put(
                at(HitsColumn.ORDER_PRICE),
                order ? 99 + Draw.skewed(Draw.of(hitDraw, 13), 5_000_000, 4) : 0);
        byte[] currency =
                order
                        ? CURRENCIES[(int) Draw.skewed(Draw.of(hitDraw, 14), CURRENCIES.length, 2)]
                        : NOTHING;
        batch.putText(at(HitsColumn.ORDER_CURRENCY), currency, 0, currency.length);
        text.clear();
        if (Draw.happens(Draw.of(hitDraw, 15), PARAMS_SHARE)) {
            text.add('v').add('=').add(Draw.skewed(Draw.of(hitDraw, 16), 10_000, 3));
        }
        putText(HitsColumn.PARAMS, text);
    }

    private void putText(HitsColumn column, TextBuffer value) {
        batch.putText(at(column), value.bytes(), 0, value.length());
    }

    private static int at(HitsColumn column) {
        return column.index();
    }

    private static byte[][] models() {
        String[] makers = {"One", "Nova", "Lumen", "Pixelo", "Aria", "Zen", "Kite", "Moto"};
        byte[][] models = new byte[160][];
        for (int i = 0; i < models.length; i++) {
            models[i] = Words.bytes(makers[i % makers.length] + " " + (char) ('A' + i % 23) + i);
        }
        return models;
    }
}
