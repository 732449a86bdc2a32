package io.basaltdb.query.sql;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Functions of other databases that there are not, and what to write instead.
final class ForeignFunctions {
    private static final Map<String, String> INSTEAD =
            Map.ofEntries(
                    Map.entry("nextval", "there are no sequences; use uuid() or row_number()"),
                    Map.entry("currval", "there are no sequences; use uuid() or row_number()"),
                    Map.entry(
                            "getvariable",
                            "there are no variables; use a parameter or WITH 5 AS x"),
                    Map.entry("current_setting", "write SHOW name, or read system.settings"),
                    Map.entry("set_config", "write SET name = value"),
                    Map.entry("cityhash64", "write xxhash64(x) or hash(x)"),
                    Map.entry("siphash64", "write xxhash64(x) or hash(x)"),
                    Map.entry("farmhash64", "write xxhash64(x) or hash(x)"),
                    Map.entry("murmurhash3_64", "write xxhash64(x) or hash(x)"),
                    Map.entry("json_type", "write json_typeof(js, path)"),
                    Map.entry("toipv4", "write CAST(x AS INET)"),
                    Map.entry("toipv6", "write CAST(x AS INET)"),
                    Map.entry("now64", "write now(), which has microseconds"),
                    Map.entry("tumble", "write time_bucket(INTERVAL '1' HOUR, t)"),
                    Map.entry("tumble_start", "write time_bucket(INTERVAL '1' HOUR, t)"),
                    Map.entry(
                            "tumble_end",
                            "write time_bucket(INTERVAL '1' HOUR, t) + INTERVAL '1' HOUR"),
                    Map.entry("hop", "write time_bucket and window functions"),
                    Map.entry("session", "write window functions: lag(t) OVER (ORDER BY t)"),
                    Map.entry("prev", "write lag(x) OVER (ORDER BY t)"),
                    Map.entry("pg_sleep", "there is nothing to wait for"),
                    Map.entry("sleep", "there is nothing to wait for"),
                    Map.entry("dictget", "join with the table"),
                    Map.entry("joinget", "join with the table"));

    private ForeignFunctions() {}

    /// What to write instead; null where the name is not known.
    static @Nullable String instead(String function) {
        return INSTEAD.get(function.toLowerCase(Locale.ROOT));
    }
}
