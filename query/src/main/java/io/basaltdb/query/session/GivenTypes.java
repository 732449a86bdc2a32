package io.basaltdb.query.session;

import io.basaltdb.query.expression.ValueText;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The types that values of parameters bring along.
final class GivenTypes {
    private GivenTypes() {}

    /// By the index of the parameter.
    ///
    /// @param withTexts whether texts are among them, which can stand for a value of any type
    static Map<Integer, Type> of(List<Session.Parameter> given, boolean withTexts) {
        Map<Integer, Type> types = new TreeMap<>();
        for (int i = 0; i < given.size(); i++) {
            Session.Parameter parameter = given.get(i);
            if (withTexts || !(parameter.type() instanceof Type.Text)) {
                types.put(i, parameter.value().isNull() ? Type.NULL : general(parameter.type()));
            }
        }
        return types;
    }

    /// The types of the values that would not be the same in the type that is asked for.
    ///
    /// @param asked one of each parameter
    static Map<Integer, Type> finer(List<Session.Parameter> given, List<Type> asked) {
        Map<Integer, Type> types = new TreeMap<>();
        for (int i = 0; i < given.size(); i++) {
            if (!fits(given.get(i), asked.get(i))) {
                types.put(i, general(given.get(i).type()));
            }
        }
        return types;
    }

    private static boolean fits(Session.Parameter given, Type asked) {
        Type type = given.type();
        boolean mayLose =
                (isNumber(type) && isNumber(asked))
                        || (type instanceof Type.Timestamp
                                && (asked instanceof Type.Timestamp || asked instanceof Type.Date));
        return !mayLose
                || type.equals(asked)
                || given.value().isNull()
                || isSame(given.value(), type, asked);
    }

    /// Whether the value comes back from the other type as it was.
    private static boolean isSame(Value value, Type type, Type other) {
        try {
            Value there = ValueText.convert(value, type, other, ZoneOffset.UTC);
            return ValueText.convert(there, other, type, ZoneOffset.UTC).equals(value);
        } catch (BasaltException outOfRange) {
            return false;
        }
    }

    private static boolean isNumber(Type type) {
        return type instanceof Type.Int
                || type instanceof Type.Real
                || type instanceof Type.DoublePrecision
                || type instanceof Type.Decimal;
    }

    /// Decimals have the precision of their value; one plan serves those of any.
    private static Type general(Type type) {
        return type instanceof Type.Decimal(int precision, int scale)
                ? new Type.Decimal(
                        precision <= Type.Decimal.MAX_LONG_PRECISION
                                ? Type.Decimal.MAX_LONG_PRECISION
                                : Type.Decimal.MAX_PRECISION,
                        scale)
                : type;
    }
}
