package io.basaltdb.query.function;

import static io.basaltdb.query.function.Accepts.INTEGER;
import static io.basaltdb.query.function.Accepts.INTERVAL;
import static io.basaltdb.query.function.Accepts.NUMBER;
import static io.basaltdb.query.function.Accepts.TEXT;
import static io.basaltdb.query.function.Accepts.TIME_POINT;
import static io.basaltdb.query.function.Definition.define;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Physical;
import io.basaltdb.storage.type.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gaps in a series of rows: what SQL calls (`time_bucket_gapfill`, `locf`, `interpolate`), which the optimizer replaces by the rows that they mean, and
/// the functions that it replaces them by, whose names nobody can write.
public final class GapFunctions {
    /// The name of the call that stands for a key of ORDER BY … WITH FILL: the key, where to begin, where to end, the step, then pairs of a column
    /// and what it has in the rows that are filled in.
    public static final String MARKER_NAME = "with fill";

    /// In the place of the pairs: every column keeps its last value.
    public static final String CARRY_ALL = "interpolate all";

    /// The name of the call around an aggregate beside `time_bucket_gapfill`: it may be NULL, whatever the aggregate says.
    public static final String FILLED_NAME = "filled in";

    /// The limit of a query WITH FILL that has none.
    public static final long ALL_ROWS = Long.MAX_VALUE;

    public static final ScalarFunction MARKER =
            define(
                            MARKER_NAME,
                            "the key of an order with gaps to be filled",
                            types -> types.size() >= 4 ? types.getFirst() : null,
                            site -> notReplaced(MARKER_NAME))
                    .notStrict();

    public static final ScalarFunction FILLED =
            define(
                            FILLED_NAME,
                            "an aggregate that may have no value",
                            types -> types.size() == 1 ? types.getFirst() : null,
                            site -> notReplaced(FILLED_NAME))
                    .notStrict();

    /// The points of one row and of the gaps beside it: [FillPoints].
    public static final ScalarFunction POINTS =
            define(
                            "fill points",
                            "the points of a row and of the gaps beside it",
                            types -> new Type.Array(types.getFirst()),
                            FillPoints::bind)
                    .notStrict()
                    .fallible();

    /// The least point behind another.
    public static final ScalarFunction NEXT_TICK =
            define(
                            "next tick",
                            "the least point behind the argument",
                            types -> types.getFirst(),
                            site ->
                                    LongRows.unary(
                                            site.result(),
                                            ErrorCode.DATETIME_OVERFLOW,
                                            "the end of the gaps is out of range",
                                            point -> Math.addExact(point, 1L)))
                    .fallible();

    /// From two values, their points and a point between these: the value there.
    public static final ScalarFunction INTERPOLATED =
            define(
                    "interpolated",
                    "the value on the line between two others",
                    types -> types.getFirst(),
                    InterpolationLoop::new);

    private GapFunctions() {}

    static List<Definition> all() {
        return List.of(
                define(
                                "time_bucket_gapfill",
                                "time_bucket in a query that groups by it, with a row for every bucket from start to before finish, which follow"
                                        + " from the conditions on the time where they are left out",
                                GapFunctions::bucket,
                                site -> notReplaced(FILLED_NAME))
                        .fallible(),
                define(
                                "locf",
                                "beside time_bucket_gapfill: in a row that was filled in the value of the last row before it",
                                types -> types.size() == 1 ? types.getFirst() : null,
                                site -> notReplaced("locf"))
                        .notStrict()
                        .fallible(),
                define(
                                "interpolate",
                                "beside time_bucket_gapfill: in a row that was filled in the value on the line between its neighbours",
                                types ->
                                        types.size() == 1 && NUMBER.accepts(types.getFirst())
                                                ? types.getFirst()
                                                : null,
                                site -> notReplaced("interpolate"))
                        .notStrict()
                        .fallible());
    }

    /// The optimizer leaves none of them.
    private static ScalarLoop notReplaced(String name) {
        throw new AssertionError(name + " was not replaced");
    }

    /// The call of one of these names that was not replaced stands where it means nothing; null for any other name.
    public static @Nullable BasaltException misplaced(String name) {
        return switch (name) {
            case MARKER_NAME -> refusal("WITH FILL", "to the ORDER BY of one SELECT");
            case FILLED_NAME, "time_bucket_gapfill" ->
                    refusal("time_bucket_gapfill", "to the columns that the query groups by");
            case "locf", "interpolate" -> refusal(name, "beside time_bucket_gapfill");
            default -> null;
        };
    }

    private static BasaltException refusal(String what, String where) {
        return new BasaltException(
                ErrorCode.FEATURE_NOT_SUPPORTED,
                what
                        + " belongs "
                        + where
                        + ", as in SELECT time_bucket_gapfill(INTERVAL '1' HOUR, ts) AS hour, locf(avg(x)) FROM t"
                        + " WHERE ts >= '2024-01-01' AND ts < '2024-01-02' GROUP BY hour");
    }

    private static @Nullable Type bucket(List<Type> types) {
        if (types.size() != 2 && types.size() != 4) {
            return null;
        }
        Type point = types.get(1);
        boolean isWhole = INTEGER.accepts(types.get(0)) && INTEGER.accepts(point);
        if (!isWhole && !(INTERVAL.accepts(types.get(0)) && TIME_POINT.accepts(point))) {
            return null;
        }
        for (Type bound : types.subList(2, types.size())) {
            if (!(isWhole
                    ? INTEGER.accepts(bound)
                    : TIME_POINT.accepts(bound) || TEXT.accepts(bound))) {
                return null;
            }
        }
        return point;
    }

    /// Whether gaps between values of the type can be filled: it is kept in one `long`.
    public static boolean hasGaps(Type type) {
        return type.physical() == Physical.LONG
                && (type instanceof Type.Int
                        || type instanceof Type.Decimal
                        || TIME_POINT.accepts(type));
    }

    /// Whether a step of that type leads from one value of the other type to the next.
    public static boolean isStep(Type step, Type point) {
        return step instanceof Type.Interval
                ? TIME_POINT.accepts(point)
                : step instanceof Type.Int
                        || (step instanceof Type.Decimal && point instanceof Type.Decimal);
    }
}
