package io.basaltdb.formats.text;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a CSV file is written.
///
/// @param header whether the first record holds names; null: to be found out
/// @param nullText an unquoted field of this text is NULL
record CsvDialect(byte delimiter, byte quote, @Nullable Boolean header, byte[] nullText) {
    static CsvDialect of(Map<String, String> options) {
        byte delimiter = ',';
        byte quote = '"';
        Boolean header = null;
        byte[] nullText = new byte[0];
        for (Map.Entry<String, String> option : options.entrySet()) {
            String value = option.getValue();
            switch (option.getKey()) {
                case "delimiter", "delim", "sep" ->
                        delimiter = one(option.getKey(), value.equals("\\t") ? "\t" : value);
                case "quote" -> quote = one("quote", value);
                case "header" -> header = truth(value);
                case "null", "nullstr" -> nullText = value.getBytes(StandardCharsets.UTF_8);
                default ->
                        throw new BasaltException(
                                ErrorCode.INVALID_PARAMETER,
                                "CSV has no option "
                                        + option.getKey()
                                        + "; it has delimiter, quote, header and null");
            }
        }
        if (delimiter == quote) {
            throw new BasaltException(
                    ErrorCode.INVALID_PARAMETER,
                    "the options delimiter and quote of a CSV file must differ");
        }
        return new CsvDialect(delimiter, quote, header, nullText);
    }

    private static byte one(String option, String value) {
        if (value.length() != 1
                || value.charAt(0) > 127
                || value.equals("\n")
                || value.equals("\r")) {
            throw new BasaltException(
                    ErrorCode.INVALID_PARAMETER,
                    "option "
                            + option
                            + " of a CSV file must be one ASCII character, but '"
                            + value
                            + "' was found");
        }
        return (byte) value.charAt(0);
    }

    private static Boolean truth(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "on", "1", "yes" -> Boolean.TRUE;
            case "false", "off", "0", "no" -> Boolean.FALSE;
            default ->
                    throw new BasaltException(
                            ErrorCode.INVALID_PARAMETER,
                            "option header of a CSV file must be true or false, but '"
                                    + value
                                    + "' was found");
        };
    }
}
