package io.basaltdb.query.session;

import io.basaltdb.query.function.TextScanner;
import io.basaltdb.query.function.ZoneClock;
import io.basaltdb.query.kernel.Calendar;
import io.basaltdb.query.relation.Relation;
import io.basaltdb.query.relation.SeriesRelation;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The table functions that count: `generate_series(start, stop [, step])` up to `stop`, `range([start,] stop [, step])` up to before it, and
/// `numbers([offset,] count)`. Points in time take an INTERVAL as their step.
final class SeriesFunctions {
    private static final Set<String> NAMES = Set.of("generate_series", "range", "numbers");

    private static final String INSTANT = "instant ";
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;

    private SeriesFunctions() {}

    static boolean knows(String name) {
        return NAMES.contains(name.toLowerCase(Locale.ROOT));
    }

    /// @param arguments literals as text; an interval is `months n` or `micros n`, an instant `instant t`
    /// @param zone in which months of instants are counted, and instants without an offset lie
    static Relation relation(String name, List<String> arguments, ZoneId zone) {
        String lower = name.toLowerCase(Locale.ROOT);
        int least = lower.equals("generate_series") ? 2 : 1;
        int most = lower.equals("numbers") ? 2 : 3;
        if (arguments.size() < least || arguments.size() > most) {
            throw new BasaltException(
                    ErrorCode.UNDEFINED_FUNCTION,
                    lower
                            + " takes "
                            + least
                            + " to "
                            + most
                            + " arguments, found "
                            + arguments.size());
        }
        if (lower.equals("numbers")) {
            long offset = arguments.size() == 2 ? number(lower, arguments.getFirst()) : 0;
            long count = number(lower, arguments.getLast());
            return SeriesRelation.ofNumbers(
                    "number", offset, Math.addExact(offset, Math.max(0, count)), 1, false);
        }
        boolean inclusive = lower.equals("generate_series");
        if (arguments.size() == 3 && arguments.get(2).matches("(months|micros) .*")) {
            return times(lower, arguments, inclusive, zone);
        }
        long start = arguments.size() == 1 ? 0 : number(lower, arguments.getFirst());
        long stop = number(lower, arguments.get(arguments.size() == 1 ? 0 : 1));
        long step = arguments.size() == 3 ? number(lower, arguments.get(2)) : 1;
        return SeriesRelation.ofNumbers(lower, start, stop, step, inclusive);
    }

    private static Relation times(
            String name, List<String> arguments, boolean inclusive, ZoneId zone) {
        boolean isInstant = arguments.get(0).startsWith(INSTANT);
        if (isInstant != arguments.get(1).startsWith(INSTANT)) {
            throw new BasaltException(
                    ErrorCode.DATATYPE_MISMATCH,
                    name
                            + " takes two TIMESTAMPs or two TIMESTAMPs WITH TIME ZONE, not one of each");
        }
        Type type = isInstant ? Type.TIMESTAMPTZ : Type.TIMESTAMP;
        ZoneClock clock = new ZoneClock(isInstant ? zone : ZoneOffset.UTC);
        long start =
                isInstant ? instant(name, arguments.get(0), clock) : micros(name, arguments.get(0));
        long stop =
                isInstant ? instant(name, arguments.get(1), clock) : micros(name, arguments.get(1));
        String[] step = arguments.get(2).split(" ", 2);
        long distance = number(name, step[1]);
        return step[0].equals("months")
                ? SeriesRelation.ofSteps(
                        name,
                        type,
                        start,
                        stop,
                        distance,
                        inclusive,
                        time -> plusMonths(time, distance, clock))
                : SeriesRelation.of(name, type, start, stop, distance, inclusive);
    }

    /// Behind the 31st of January comes the 28th of February, and then the 28th of March, at the same time of day.
    private static long plusMonths(long time, long months, ZoneClock clock) {
        long local = clock.toLocal(time, MICROS_PER_SECOND);
        long day = Math.floorDiv(local, MICROS_PER_DAY);
        return clock.toInstant(
                Calendar.plusMonths(day, months) * MICROS_PER_DAY
                        + Math.floorMod(local, MICROS_PER_DAY),
                MICROS_PER_SECOND);
    }

    private static long instant(String name, String argument, ZoneClock clock) {
        String text = argument.substring(INSTANT.length());
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        TextScanner scanner = new TextScanner();
        if (scanner.instant(bytes, 0, bytes.length, MICROS_PER_SECOND, 6, clock)
                != TextScanner.Outcome.GOOD) {
            throw new BasaltException(
                    ErrorCode.INVALID_DATETIME,
                    name
                            + " takes instants such as '2024-12-31 23:59:59+01', found '"
                            + text
                            + "'");
        }
        return scanner.wholeValue();
    }

    private static long number(String name, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new BasaltException(
                    ErrorCode.DATATYPE_MISMATCH,
                    name
                            + " takes whole numbers, or points in time and an INTERVAL, found '"
                            + text
                            + "'",
                    e);
        }
    }

    private static long micros(String name, String text) {
        try {
            LocalDateTime time =
                    text.strip().length() <= "2024-12-31".length()
                            ? LocalDate.parse(text.strip()).atStartOfDay()
                            : LocalDateTime.parse(
                                    text.strip().replace(' ', 'T'),
                                    DateTimeFormatter.ISO_LOCAL_DATE_TIME);
            return ChronoUnit.MICROS.between(
                    LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC), time);
        } catch (DateTimeParseException e) {
            throw new BasaltException(
                    ErrorCode.INVALID_DATETIME,
                    name
                            + " takes points in time such as '2024-12-31 23:59:59', found '"
                            + text
                            + "'",
                    e);
        }
    }
}
