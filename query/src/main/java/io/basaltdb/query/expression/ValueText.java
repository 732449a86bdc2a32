package io.basaltdb.query.expression;

import io.basaltdb.query.function.EvaluationContext;
import io.basaltdb.query.function.FunctionCatalog;
import io.basaltdb.query.function.ScalarLoop;
import io.basaltdb.query.function.TextFormat;
import io.basaltdb.query.function.TextOutput;
import io.basaltdb.query.function.ZoneClock;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.ConstantVector;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;

/// Single values and their text, and single values in another type: for the shell, CSV, errors, literals and parameters. The same forms and rules as CAST.
public final class ValueText {
    private ValueText() {}

    /// The value as CAST to TEXT writes it; NULL is `NULL`.
    ///
    /// @param zone zone in which instants are shown
    public static String format(Value value, Type type, ZoneId zone) {
        if (value.isNull()) {
            return "NULL";
        }
        TextOutput out = new TextOutput();
        out.begin(1);
        TextFormat.value(out, value, type, new ZoneClock(zone));
        return out.pendingText();
    }

    /// The value as `to_json` writes it.
    ///
    /// @param zone zone in which instants are shown
    public static String json(Value value, Type type, ZoneId zone) {
        ScalarLoop loop =
                FunctionCatalog.get("to_json")
                        .bind(
                                List.of(type),
                                Type.JSON,
                                Collections.singletonList(null),
                                new EvaluationContext(List.of(), 0, zone, "", ""));
        Value json =
                LaneValue.at(
                        loop.evaluate(List.of(new ConstantVector(type, 1, value)), 1, null), 0);
        return format(json, Type.JSON, zone);
    }

    /// The value that the text stands for.
    ///
    /// @throws BasaltException INVALID_TEXT_REPRESENTATION, INVALID_DATETIME or an out-of-range code where it is none of that type
    public static Value parse(String text, Type type, ZoneId zone) {
        return convert(Value.of(text), Type.TEXT, type, zone);
    }

    /// The value in another type, as CAST does it; NULL stays NULL.
    ///
    /// @throws BasaltException where the value cannot be converted
    public static Value convert(Value value, Type from, Type to, ZoneId zone) {
        if (value.isNull() || from.equals(to)) {
            return value;
        }
        return LaneValue.at(
                Casts.loop(from, to, false, zone)
                        .evaluate(List.of(new ConstantVector(from, 1, value)), 1, null),
                0);
    }
}
