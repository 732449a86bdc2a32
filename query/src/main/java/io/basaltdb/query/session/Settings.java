package io.basaltdb.query.session;

import io.basaltdb.query.system.SystemContext;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The settings of one session; used by its thread.
final class Settings {
    private final Map<Setting, String> values = new EnumMap<>(Setting.class);
    // The zone asked for last: every statement asks for one.
    private String zoneName = "";
    private @Nullable ZoneId zone;

    String get(Setting setting) {
        return values.getOrDefault(setting, setting.defaultValue());
    }

    String get(String name) {
        return get(find(name));
    }

    void set(String name, String value) {
        Setting setting = find(name);
        values.put(setting, setting.checked(value));
    }

    void set(Setting setting, String value) {
        values.put(setting, setting.checked(value));
    }

    /// Sets some, and answers what puts back those that were there.
    Runnable lend(Map<String, String> settings) {
        Map<Setting, String> before = new EnumMap<>(values);
        List<Setting> lent = new ArrayList<>();
        Runnable giveBack =
                () -> {
                    for (Setting setting : lent) {
                        String value = before.get(setting);
                        if (value == null) {
                            values.remove(setting);
                        } else {
                            values.put(setting, value);
                        }
                    }
                };
        try {
            settings.forEach((name, value) -> {
                Setting setting = find(name);
                values.put(setting, setting.checked(value));
                lent.add(setting);
            });
            return giveBack;
        } catch (BasaltException refused) {
            giveBack.run();
            throw refused;
        }
    }

    void reset(String name) {
        values.remove(find(name));
    }

    void resetAll() {
        values.keySet().removeIf(setting -> !setting.isOfConnection());
    }

    /// What is set now, for [#restore].
    Map<Setting, String> saved() {
        return new EnumMap<>(values);
    }

    /// Sets what was set when that was saved, but for what belongs to the connection.
    void restore(Map<Setting, String> saved) {
        resetAll();
        saved.forEach((setting, value) -> {
            if (!setting.isOfConnection()) {
                values.put(setting, value);
            }
        });
    }

    boolean readOnly() {
        return Boolean.parseBoolean(get(Setting.READ_ONLY));
    }

    ZoneId zone() {
        String name = get(Setting.TIME_ZONE);
        ZoneId known = zone;
        if (known == null || !name.equals(zoneName)) {
            known = ZoneId.of(name);
            zone = known;
            zoneName = name;
        }
        return known;
    }

    String schema() {
        return get(Setting.SCHEMA);
    }

    boolean autocommit() {
        return Boolean.parseBoolean(get(Setting.AUTOCOMMIT));
    }

    long number(Setting setting) {
        return Long.parseLong(get(setting));
    }

    List<SystemContext.SettingEntry> entries() {
        List<SystemContext.SettingEntry> entries = new ArrayList<>();
        for (Setting setting : Setting.values()) {
            entries.add(
                    new SystemContext.SettingEntry(
                            setting.key(),
                            get(setting),
                            setting.defaultValue(),
                            setting.description()));
        }
        return entries;
    }

    private static Setting find(String name) {
        for (Setting setting : Setting.values()) {
            if (setting.key().equalsIgnoreCase(name)) {
                return setting;
            }
        }
        throw new BasaltException(
                ErrorCode.UNDEFINED_OBJECT,
                "there is no setting "
                        + name
                        + "; there are "
                        + Arrays.stream(Setting.values())
                                .map(Setting::key)
                                .collect(Collectors.joining(", ")));
    }
}
