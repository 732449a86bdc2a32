package io.basaltdb.query.function;

import io.basaltdb.query.function.Definition.Signature;
import io.basaltdb.storage.type.Type;
import java.util.List;

/// Which types a parameter takes, and signatures made of such parameters.
enum Accepts {
    ANY,
    BOOLEAN,
    INTEGER,
    NUMBER,
    TEXT,
    BINARY,
    INET,
    /// JSON, or TEXT that holds it.
    JSON,
    /// TEXT or VARBINARY.
    RUN_OF_BYTES,
    /// TIME or a [#TIME_POINT].
    CLOCK,
    DATE,
    TIMESTAMP,
    /// DATE, TIMESTAMP or TIMESTAMP WITH TIME ZONE.
    TIME_POINT,
    INTERVAL,
    /// An interval of either kind that expressions know, or a stored one.
    ANY_INTERVAL,
    /// Any ARRAY.
    LIST,
    MAP;

    boolean accepts(Type type) {
        return switch (this) {
            case ANY -> true;
            case BOOLEAN -> type instanceof Type.Bool;
            case INTEGER -> type instanceof Type.Int;
            case NUMBER -> Numbers.isNumber(type);
            case TEXT -> type instanceof Type.Text;
            case JSON -> type instanceof Type.Json || type instanceof Type.Text;
            case BINARY -> type instanceof Type.Binary;
            case INET -> type instanceof Type.Inet;
            case RUN_OF_BYTES -> type instanceof Type.Text || type instanceof Type.Binary;
            case CLOCK -> type instanceof Type.Time || TIME_POINT.accepts(type);
            case DATE -> type instanceof Type.Date;
            case TIMESTAMP -> isTimestamp(type);
            case TIME_POINT -> type instanceof Type.Date || isTimestamp(type);
            case INTERVAL -> type instanceof Type.Interval;
            case ANY_INTERVAL -> IntervalLanes.reads(type);
            case LIST -> type instanceof Type.Array;
            case MAP -> type instanceof Type.Map;
        };
    }

    static boolean isTimestamp(Type type) {
        return type instanceof Type.Timestamp || type instanceof Type.TimestampTz;
    }

    /// Exactly these parameters.
    static Signature takes(Type result, Accepts... parameters) {
        return takes(parameters.length, result, parameters);
    }

    /// These parameters, of which those from number `required` on may be left out.
    static Signature takes(int required, Type result, Accepts... parameters) {
        return arguments -> {
            if (arguments.size() < required || arguments.size() > parameters.length) {
                return null;
            }
            for (int i = 0; i < arguments.size(); i++) {
                if (!parameters[i].accepts(arguments.get(i))) {
                    return null;
                }
            }
            return result;
        };
    }

    /// The same parameters; the result has the type of the first argument.
    static Signature takesAndGivesFirst(int required, Accepts... parameters) {
        Signature shape = takes(required, Type.NULL, parameters);
        return arguments -> shape.resultType(arguments) == null ? null : arguments.getFirst();
    }

    /// At least `required` arguments, all accepted by `parameter`.
    static Signature takesMany(int required, Type result, Accepts parameter) {
        return arguments ->
                arguments.size() >= required && arguments.stream().allMatch(parameter::accepts)
                        ? result
                        : null;
    }

    /// The first signature that accepts the arguments.
    static Signature either(Signature... choices) {
        return arguments -> {
            for (Signature choice : choices) {
                Type type = choice.resultType(arguments);
                if (type != null) {
                    return type;
                }
            }
            return null;
        };
    }

    static boolean all(List<Type> arguments, Accepts parameter) {
        return arguments.stream().allMatch(parameter::accepts);
    }
}
