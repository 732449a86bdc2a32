package io.basaltdb.query.expression;

import io.basaltdb.query.function.JsonLoop;
import io.basaltdb.query.function.ScalarLoop;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Physical;
import io.basaltdb.storage.type.Type;
import java.time.ZoneId;
import java.util.List;

/// Conversion between types: which exist, which can fail, and their loops.
public final class Casts {
    private Casts() {}

    /// Whether a value of the one type can be asked for as the other, by an explicit cast.
    public static boolean exists(Type from, Type to) {
        if (from.equals(to) || from instanceof Type.Null) {
            return true;
        }
        if (from instanceof Type.Json) {
            return to instanceof Type.Text || exists(Type.TEXT, to);
        }
        return switch (to) {
            case Type.Text _ -> true;
            case Type.Bool _ -> from instanceof Type.Int || from instanceof Type.Text;
            case Type.Int _ ->
                    isNumber(from) || from instanceof Type.Bool || from instanceof Type.Text;
            case Type.Real _, Type.DoublePrecision _, Type.Decimal _ ->
                    isNumber(from) || from instanceof Type.Bool || from instanceof Type.Text;
            case Type.Date _ -> isTimestamp(from) || from instanceof Type.Text;
            case Type.Timestamp _, Type.TimestampTz _ ->
                    isTimestamp(from) || from instanceof Type.Date || from instanceof Type.Text;
            case Type.Nested nested ->
                    from instanceof Type.Text
                            || (from instanceof Type.Nested other
                                    && NestedCast.exists(other, nested));
            case Type.CalendarInterval _ ->
                    from instanceof Type.Text || from instanceof Type.Interval;
            case Type.Opaque _ -> from instanceof Type.Text || isTimeOfDay(from, to);
            case Type.Interval _ -> from instanceof Type.Interval;
            case Type.Null _ -> false;
        };
    }

    /// Whether some value of the one type cannot be converted to the other.
    public static boolean isFallible(Type from, Type to) {
        if (from.equals(to) || from instanceof Type.Null || to instanceof Type.Text) {
            return false;
        }
        if (from instanceof Type.Json) {
            return true;
        }
        return switch (to) {
            case Type.Bool _ -> !(from instanceof Type.Int);
            case Type.Int(int bits) ->
                    !(from instanceof Type.Bool)
                            && !(from instanceof Type.Int(int small) && small <= bits);
            case Type.DoublePrecision _ -> from instanceof Type.Text;
            case Type.Real _ -> from instanceof Type.Text || from instanceof Type.DoublePrecision;
            case Type.Decimal target -> !fits(from, target);
            case Type.Date _ -> from instanceof Type.Text;
            case Type.Timestamp(int precision) -> !isTimestamp(from) || precision > 6;
            case Type.TimestampTz(int precision) -> !isTimestamp(from) || precision > 6;
            case Type.Nested nested ->
                    !(from instanceof Type.Nested other) || NestedCast.isFallible(other, nested);
            case Type.CalendarInterval _ -> true;
            case Type.Opaque _ -> from instanceof Type.Text;
            case Type.Text _, Type.Interval _, Type.Null _ -> false;
        };
    }

    private static boolean fits(Type from, Type.Decimal target) {
        int whole = target.precision() - target.scale();
        return switch (from) {
            case Type.Bool _ -> whole >= 1;
            case Type.Int(int bits) ->
                    whole >= (bits == 8 ? 3 : bits == 16 ? 5 : bits == 32 ? 10 : 19);
            case Type.Decimal(int precision, int scale) ->
                    whole > precision - scale
                            || (whole == precision - scale && target.scale() >= scale);
            case Type.Real _, Type.DoublePrecision _, Type.Date _, Type.Timestamp _ -> false;
            case Type.TimestampTz _, Type.Text _, Type.Opaque _, Type.Interval _, Type.Null _ ->
                    false;
        };
    }

    /// The loop from one type to the other, for one thread.
    ///
    /// @param orNull whether a value that cannot be converted gives NULL, not an error
    /// @throws BasaltException DATATYPE_MISMATCH where there is no such conversion
    public static ScalarLoop loop(Type from, Type to, boolean orNull, ZoneId zone) {
        if (!exists(from, to)) {
            throw new BasaltException(
                    ErrorCode.DATATYPE_MISMATCH,
                    from.sql() + " cannot be converted to " + to.sql());
        }
        if (from.equals(to) || from instanceof Type.Null) {
            return (arguments, size, selection) -> arguments.getFirst();
        }
        if (to instanceof Type.Text) {
            return new ToTextCast(from, orNull, zone);
        }
        if (from instanceof Type.Json) {
            ScalarLoop text = JsonLoop.texts();
            ScalarLoop cast = loop(Type.TEXT, to, orNull, zone);
            return (arguments, size, selection) ->
                    cast.evaluate(
                            List.of(text.evaluate(arguments, size, selection)), size, selection);
        }
        if (to instanceof Type.Nested nested) {
            return new NestedCast(from, nested, orNull, zone);
        }
        if (from instanceof Type.Text) {
            return new FromTextCast(to, orNull, zone);
        }
        if (from instanceof Type.Bool || to instanceof Type.Bool) {
            return new BoolCast(from, to, orNull);
        }
        if (to instanceof Type.CalendarInterval) {
            return new IntervalCast(from, orNull);
        }
        if (isTimeOfDay(from, to)) {
            return new TimeOfDayCast(from, zone);
        }
        if (isTimestamp(from) || from instanceof Type.Date) {
            return new TimeCast(from, to, orNull, zone);
        }
        return from.physical() == Physical.DOUBLE || to.physical() == Physical.DOUBLE
                ? new FloatCast(from, to, orNull)
                : new ExactCast(from, to, orNull);
    }

    /// Whether the result depends on the session's time zone.
    public static boolean readsZone(Type from, Type to) {
        if (from instanceof Type.Nested || to instanceof Type.Nested) {
            return true;
        }
        return from instanceof Type.TimestampTz != to instanceof Type.TimestampTz
                && !(from instanceof Type.Null);
    }

    private static boolean isNumber(Type type) {
        return switch (type) {
            case Type.Int _, Type.Real _, Type.DoublePrecision _, Type.Decimal _ -> true;
            case Type.Bool _, Type.Date _, Type.Timestamp _, Type.TimestampTz _ -> false;
            case Type.Text _, Type.Opaque _, Type.Interval _, Type.Null _ -> false;
        };
    }

    private static boolean isTimeOfDay(Type from, Type to) {
        return to instanceof Type.Time && isTimestamp(from);
    }

    private static boolean isTimestamp(Type type) {
        return type instanceof Type.Timestamp || type instanceof Type.TimestampTz;
    }
}
