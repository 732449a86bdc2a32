package io.basaltdb.query.function;

import static io.basaltdb.query.function.Definition.define;

import io.basaltdb.storage.nested.NestedWriter;
import io.basaltdb.storage.segment.LaneOrder;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is known of the labels of an ENUM. All but `enum_code` look at the argument's type alone, so that `CAST(NULL AS mood)` will do.
final class EnumFunctions {
    private EnumFunctions() {}

    static List<Definition> all() {
        return List.of(
                define(
                                "enum_first",
                                "the first label of the argument's type",
                                EnumFunctions::first,
                                site -> label(site, false))
                        .notStrict(),
                define(
                                "enum_last",
                                "the last label of the argument's type",
                                EnumFunctions::first,
                                site -> label(site, true))
                        .notStrict(),
                define(
                                "enum_range",
                                "all labels of the argument's type in their order, or those from one to another; NULL leaves that end open",
                                EnumFunctions::range,
                                Labels::new)
                        .alias("enum_range_boundary")
                        .notStrict(),
                define(
                        "enum_code",
                        "the place of the label in its type, from 0",
                        arguments -> first(arguments) == null ? null : Type.INTEGER,
                        site -> new Code()));
    }

    private static @Nullable Type first(List<Type> arguments) {
        return arguments.size() == 1 && arguments.getFirst() instanceof Type.Enumeration labels
                ? labels
                : null;
    }

    /// Of one argument, or of two of which one may be a bare NULL.
    private static @Nullable Type range(List<Type> arguments) {
        @Nullable Type found = null;
        for (Type argument : arguments) {
            if (argument instanceof Type.Enumeration && (found == null || found.equals(argument))) {
                found = argument;
            } else if (!(argument instanceof Type.Null && arguments.size() == 2)) {
                return null;
            }
        }
        return found == null || arguments.size() > 2 ? null : new Type.Array(found);
    }

    private static ScalarLoop label(CallSite site, boolean isLast) {
        Type.Enumeration type = (Type.Enumeration) site.argument(0);
        Value place = Value.of(isLast ? type.labels().size() - 1L : 0L);
        return (arguments, size, selection) -> new ConstantVector(type, size, place);
    }

    private static final class Code extends StrictLoop {
        private final LongLanes lanes = new LongLanes();

        Code() {
            super(Type.INTEGER);
        }

        @Override
        Vector compute(
                List<Vector> arguments,
                int size,
                @Nullable Selection selection,
                long @Nullable [] valid) {
            return new LongVector(type, size, lanes.read(arguments.getFirst(), size), valid);
        }
    }

    /// The list of labels between two.
    private static final class Labels implements ScalarLoop {
        private final Type type;
        private final int count;
        private final boolean hasBounds;
        private final LongLanes from = new LongLanes();
        private final LongLanes to = new LongLanes();
        private final NestedWriter out = new NestedWriter();

        Labels(CallSite site) {
            type = site.result();
            count = ((Type.Enumeration) ((Type.Array) type).element()).labels().size();
            hasBounds = site.arity() == 2;
        }

        @Override
        public Vector evaluate(List<Vector> arguments, int size, @Nullable Selection selection) {
            if (!hasBounds) {
                out.begin(1);
                write(0, 0, count - 1L);
                return new ConstantVector(
                        type, size, LaneOrder.valueAt(out.vector(type, 1, null), 0));
            }
            Vector first = arguments.get(0);
            Vector last = arguments.get(1);
            long[] least = from.read(first, size);
            long[] most = to.read(last, size);
            out.begin(size);
            for (int row = 0; row < size; row++) {
                write(
                        row,
                        Validity.isValid(first.validity(), row) ? least[row] : 0,
                        Validity.isValid(last.validity(), row) ? most[row] : count - 1L);
            }
            return out.vector(type, size, null);
        }

        private void write(int row, long least, long most) {
            for (long place = Math.max(0, least); place <= Math.min(most, count - 1L); place++) {
                out.putLong(place);
            }
            out.end(row);
        }
    }
}
