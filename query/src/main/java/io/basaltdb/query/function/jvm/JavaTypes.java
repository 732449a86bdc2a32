package io.basaltdb.query.function.jvm;

import io.basaltdb.query.function.NestedTypes;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import java.util.List;

/// Which arguments a declared parameter takes without a cast in the statement.
final class JavaTypes {
    private JavaTypes() {}

    static boolean accept(List<Type> declared, List<Type> given) {
        if (declared.size() != given.size()) {
            return false;
        }
        for (int i = 0; i < given.size(); i++) {
            if (!accepts(declared.get(i), given.get(i))) {
                return false;
            }
        }
        return true;
    }

    static boolean accepts(Type declared, Type given) {
        if (declared.equals(given) || given instanceof Type.Null) {
            return true;
        }
        return switch (declared) {
            case Type.Decimal _ -> given instanceof Type.Int || given instanceof Type.Decimal;
            case Type.Timestamp _ ->
                    given instanceof Type.Timestamp
                            || given instanceof Type.Date
                            || given instanceof Type.Text;
            case Type.TimestampTz _ ->
                    given instanceof Type.TimestampTz
                            || given instanceof Type.Timestamp
                            || given instanceof Type.Date
                            || given instanceof Type.Text;
            case Type.Date _, Type.Opaque _ -> given instanceof Type.Text;
            case Type.Int _, Type.Real _, Type.DoublePrecision _ ->
                    declared.equals(NestedTypes.common(declared, given));
            case Type.Bool _, Type.Text _, Type.Interval _, Type.Null _ -> false;
        };
    }

    static void checkKnown(JavaRoutine routine) {
        for (Type type : routine.parameters()) {
            checkKnown(routine, type);
        }
        checkKnown(routine, routine.result());
    }

    private static void checkKnown(JavaRoutine routine, Type type) {
        if (JavaSlot.classes(type).isEmpty()) {
            throw new BasaltException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "function "
                            + routine.name()
                            + ": no value of Java stands for "
                            + type.sql()
                            + "; declare it TEXT and cast to and from it");
        }
    }
}
