package io.basaltdb.query.function;

import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Functions of nested values, row by row over the rows that count. What they give is NULL where they put nothing.
final class NestedRows {
    private NestedRows() {}

    /// Computes one row.
    interface Row {
        void compute(NestedArguments arguments, int row, NestedResult out);
    }

    /// A loop over the rows in which no argument is NULL.
    static Definition.Binder strict(
            NestedResult.Form result, Row row, NestedArguments.Form... forms) {
        return site -> new Loop(site, result, row, forms, true);
    }

    /// A loop over all rows.
    static Definition.Binder always(
            NestedResult.Form result, Row row, NestedArguments.Form... forms) {
        return site -> new Loop(site, result, row, forms, false);
    }

    private static final class Loop implements ScalarLoop {
        private final Row function;
        private final boolean strict;
        private final NestedArguments arguments;
        private final NestedResult out;
        private final LaneValidity validity = new LaneValidity();

        /// @param forms of the arguments; the last one is that of all further ones
        Loop(
                CallSite site,
                NestedResult.Form result,
                Row function,
                NestedArguments.Form[] forms,
                boolean strict) {
            this.function = function;
            this.strict = strict;
            NestedArguments.Form[] all = new NestedArguments.Form[site.arity()];
            for (int i = 0; i < all.length; i++) {
                all[i] = forms[Math.min(i, forms.length - 1)];
            }
            arguments = new NestedArguments(site.arguments(), all);
            out = new NestedResult(site.result(), result);
        }

        @Override
        public Vector evaluate(List<Vector> vectors, int size, @Nullable Selection selection) {
            long @Nullable [] valid = strict ? validity.ofAll(vectors, size) : null;
            Selection live = validity.live(valid, size, selection);
            arguments.read(vectors, size, live);
            out.begin(size);
            for (int i = 0; i < live.count(); i++) {
                int row = live.rows()[i];
                out.at(row);
                function.compute(arguments, row, out);
            }
            return out.vector(size);
        }
    }

    /// Whether the type is a list.
    static boolean isList(Type type) {
        return type instanceof Type.Array;
    }
}
