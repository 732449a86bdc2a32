package io.basaltdb.storage.catalog;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How long a table keeps its past, as its option `history` says it: `0`, `30 minutes`, `7 days`.
public final class HistoryPeriod {
    /// The option's name.
    public static final String OPTION = "history";

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})\\s*([a-z]*)");
    private static final long MAX_DAYS = 36_500;

    private HistoryPeriod() {}

    /// @throws BasaltException INVALID_PARAMETER
    public static long micros(String text) {
        Matcher matcher = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (matcher.matches()) {
            long count = Long.parseLong(matcher.group(1));
            long unit = unitMicros(matcher.group(2));
            if (count == 0 || (unit > 0 && count <= TimeUnit.DAYS.toMicros(MAX_DAYS) / unit)) {
                return count * Math.max(0, unit);
            }
        }
        throw new BasaltException(
                ErrorCode.INVALID_PARAMETER,
                "history is a number of seconds, minutes, hours, days or weeks, such as '12 hours', up to "
                        + MAX_DAYS
                        + " days, or 0 for none; '"
                        + text
                        + "' was found");
    }

    private static long unitMicros(String unit) {
        return switch (unit) {
            case "second", "seconds" -> TimeUnit.SECONDS.toMicros(1);
            case "minute", "minutes" -> TimeUnit.MINUTES.toMicros(1);
            case "hour", "hours" -> TimeUnit.HOURS.toMicros(1);
            case "day", "days" -> TimeUnit.DAYS.toMicros(1);
            case "week", "weeks" -> TimeUnit.DAYS.toMicros(7);
            default -> -1;
        };
    }
}
