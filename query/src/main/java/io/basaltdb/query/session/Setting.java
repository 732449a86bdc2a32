package io.basaltdb.query.session;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.table.InsertToken;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Locale;

/// What a session can set, with its default and the check of a new value.
enum Setting {
    TIME_ZONE(
            "time_zone",
            "UTC",
            "zone of CURRENT_DATE, of casts between timestamps with and without zone, and of their text") {
        @Override
        String checked(String value) {
            try {
                return ZoneId.of(value).getId();
            } catch (DateTimeException e) {
                throw invalid(value, "a zone such as 'UTC', 'Europe/Berlin' or '+02:00'");
            }
        }
    },
    SCHEMA("schema", "main", "schema in which unqualified names are looked up first"),
    QUERY_TIMEOUT(
            "query_timeout", "0", "milliseconds after which a statement is stopped; 0 is never") {
        @Override
        String checked(String value) {
            return Long.toString(wholeNumber(value, "a number of milliseconds from 0"));
        }
    },
    QUERY_MEMORY_LIMIT(
            "query_memory_limit",
            "0",
            "most bytes that one query may hold; 0 is the whole budget of the process") {
        @Override
        String checked(String value) {
            return Long.toString(bytes(value));
        }
    },
    AUTOCOMMIT(
            "autocommit",
            "true",
            "whether each statement commits by itself; if not, the first one begins a transaction;"
                    + " RESET ALL leaves it as it is") {
        @Override
        String checked(String value) {
            return truth(value);
        }
    },
    READ_ONLY(
            "read_only",
            "false",
            "whether statements that write are refused; RESET ALL leaves it as it is") {
        @Override
        String checked(String value) {
            return truth(value);
        }
    },
    INSERT_TOKEN(
            "insert_token",
            "",
            "name under which an INSERT or COPY FROM is carried out once, however often it is sent;"
                    + " the same name with other content is an error") {
        @Override
        String checked(String value) {
            if (value.length() > InsertToken.MAX_CHARACTERS) {
                throw invalid(value, "at most " + InsertToken.MAX_CHARACTERS + " characters");
            }
            return value;
        }
    },
    DURABILITY(
            "durability",
            "commit",
            "'commit': a write returns when it is on disk; 'os': when the operating system has it") {
        @Override
        String checked(String value) {
            String lower = value.toLowerCase(Locale.ROOT);
            if (!lower.equals("commit") && !lower.equals("os")) {
                throw invalid(value, "'commit' or 'os'");
            }
            return lower;
        }
    },
    PLAN_CACHE(
            "plan_cache",
            "on",
            "'on': a query whose text came before takes its plan, and one that differs from another in literals alone its bound tree;"
                    + " 'shapes': only the latter; 'off': neither; a prepared statement keeps its plan in any case") {
        @Override
        String checked(String value) {
            return switch (value.toLowerCase(Locale.ROOT)) {
                case "on", "true", "1" -> "on";
                case "shapes" -> "shapes";
                case "off", "false", "0" -> "off";
                default -> throw invalid(value, "'on', 'shapes' or 'off'");
            };
        }
    };

    private final String key;
    private final String defaultValue;
    private final String description;

    Setting(String key, String defaultValue, String description) {
        this.key = key;
        this.defaultValue = defaultValue;
        this.description = description;
    }

    String key() {
        return key;
    }

    String defaultValue() {
        return defaultValue;
    }

    String description() {
        return description;
    }

    /// The value as it will be kept.
    ///
    /// @throws BasaltException INVALID_PARAMETER where it cannot be
    String checked(String value) {
        return value;
    }

    final BasaltException invalid(String value, String expected) {
        return new BasaltException(
                ErrorCode.INVALID_PARAMETER,
                "setting " + key + " cannot be '" + value + "': expected " + expected);
    }

    /// Whether it belongs to the connection: neither RESET ALL nor the end of a transaction changes it.
    final boolean isOfConnection() {
        return this == AUTOCOMMIT || this == READ_ONLY;
    }

    final String truth(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "on", "1" -> "true";
            case "false", "off", "0" -> "false";
            default -> throw invalid(value, "true or false");
        };
    }

    final long wholeNumber(String value, String expected) {
        try {
            long number = Long.parseLong(value.strip());
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException ignored) {
            // The message below says what was expected.
        }
        throw invalid(value, expected);
    }

    /// A number of bytes, with an optional unit: `512MB`, `2GiB`.
    final long bytes(String value) {
        String text = value.strip().toUpperCase(Locale.ROOT).replace("IB", "B");
        long unit = 1;
        String[] units = {"KB", "MB", "GB", "TB"};
        for (int i = 0; i < units.length; i++) {
            if (text.endsWith(units[i])) {
                unit = 1L << (10 * (i + 1));
                text = text.substring(0, text.length() - 2).strip();
            }
        }
        long number = wholeNumber(text, "a number of bytes such as 1073741824, '512MB' or '2GB'");
        if (number > Long.MAX_VALUE / unit) {
            throw invalid(value, "fewer bytes");
        }
        return number * unit;
    }
}
