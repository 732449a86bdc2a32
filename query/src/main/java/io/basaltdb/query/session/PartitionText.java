package io.basaltdb.query.session;

import io.basaltdb.storage.catalog.PartitionTransform;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How a partition is named: by a value of its column, or by the number that ClickHouse's functions make of it (`202611` for a month).
final class PartitionText {
    private static final Pattern NUMBER = Pattern.compile("'?(\\d{4})(\\d{2})?(\\d{2})?'?");

    private PartitionText() {}

    /// The expression for a value of the column that lies in the partition.
    static String sql(String given, PartitionTransform transform) {
        Matcher number = NUMBER.matcher(given.strip());
        if (!(transform instanceof PartitionTransform.DateTrunc) || !number.matches()) {
            return given;
        }
        return "DATE '"
                + number.group(1)
                + "-"
                + orFirst(number.group(2))
                + "-"
                + orFirst(number.group(3))
                + "'";
    }

    private static String orFirst(String digits) {
        return digits == null ? "01" : digits;
    }
}
