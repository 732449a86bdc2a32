package io.basaltdb.query.function;

import io.basaltdb.query.kernel.Bits;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Functions of texts and whole numbers, row by row over the rows that count.
final class TextRows {
    private TextRows() {}

    /// Writes the text of a row.
    interface Writer {
        void write(TextArguments arguments, int row, TextOutput out);
    }

    /// Puts the elements of the list of a row.
    interface Lister {
        void list(TextArguments arguments, int row, NestedResult out);
    }

    /// Gives a run of the first argument's bytes: start in the upper, length in the lower half.
    interface Slicer {
        long slice(TextArguments arguments, int row);
    }

    /// Gives a whole number.
    interface Counter {
        long count(TextArguments arguments, int row);
    }

    /// Gives truth.
    interface Tester {
        boolean test(TextArguments arguments, int row);
    }

    static long run(int start, int end) {
        return (long) start << 32 | Math.max(0, end - start);
    }

    static Definition.Binder writes(Writer row) {
        return site -> writer(site, row);
    }

    static ScalarLoop writer(CallSite site, Writer row) {
        return new Writing(site, row);
    }

    /// As [#writer], of a list that `row` writes and ends.
    static ScalarLoop lister(CallSite site, Lister row) {
        return new Listing(site, row);
    }

    static Definition.Binder slices(Slicer row) {
        return site -> new Slicing(site, row);
    }

    static Definition.Binder counts(Counter row) {
        return site -> counter(site, row);
    }

    static ScalarLoop counter(CallSite site, Counter row) {
        return new Counting(site, row);
    }

    static Definition.Binder tests(Tester row) {
        return site -> tester(site, row);
    }

    static ScalarLoop tester(CallSite site, Tester row) {
        return new Testing(site, row);
    }

    private static final class Writing extends StrictLoop {
        private final Writer function;
        private final TextArguments arguments;
        private final TextOutput out = new TextOutput();

        Writing(CallSite site, Writer function) {
            super(site.result());
            this.function = function;
            this.arguments = new TextArguments(site.arguments());
        }

        @Override
        Vector compute(
                List<Vector> vectors,
                int size,
                @Nullable Selection selection,
                long @Nullable [] valid) {
            arguments.read(vectors, size);
            out.begin(size);
            Selection live = live(size, selection, valid);
            for (int i = 0; i < live.count(); i++) {
                int row = live.rows()[i];
                function.write(arguments, row, out);
                out.end(row);
            }
            return out.vector(type, size, valid);
        }
    }

    private static final class Listing extends StrictLoop {
        private final Lister function;
        private final TextArguments arguments;
        private final NestedResult out;

        Listing(CallSite site, Lister function) {
            super(site.result());
            this.function = function;
            this.arguments = new TextArguments(site.arguments());
            this.out = new NestedResult(site.result(), NestedResult.Form.NESTED);
        }

        @Override
        Vector compute(
                List<Vector> vectors,
                int size,
                @Nullable Selection selection,
                long @Nullable [] valid) {
            arguments.read(vectors, size);
            out.begin(size);
            Selection live = live(size, selection, valid);
            for (int i = 0; i < live.count(); i++) {
                int row = live.rows()[i];
                out.at(row);
                function.list(arguments, row, out);
                out.endNested();
            }
            return out.vector(size);
        }
    }

    private static final class Slicing extends StrictLoop {
        private final Slicer function;
        private final TextArguments arguments;
        private int[] start = new int[0];
        private int[] length = new int[0];

        Slicing(CallSite site, Slicer function) {
            super(site.result());
            this.function = function;
            this.arguments = new TextArguments(site.arguments());
        }

        @Override
        Vector compute(
                List<Vector> vectors,
                int size,
                @Nullable Selection selection,
                long @Nullable [] valid) {
            arguments.read(vectors, size);
            start = Scratch.ints(start, size);
            length = Scratch.ints(length, size);
            if (selection != null || valid != null) {
                Arrays.fill(start, 0, size, 0);
                Arrays.fill(length, 0, size, 0);
            }
            Selection live = live(size, selection, valid);
            for (int i = 0; i < live.count(); i++) {
                int row = live.rows()[i];
                long run = function.slice(arguments, row);
                start[row] = (int) (run >>> 32);
                length[row] = (int) run;
            }
            return new BytesVector(type, size, arguments.heap(0), start, length, valid);
        }
    }

    private static final class Counting extends StrictLoop {
        private final Counter function;
        private final TextArguments arguments;
        private long[] out = new long[0];

        Counting(CallSite site, Counter function) {
            super(site.result());
            this.function = function;
            this.arguments = new TextArguments(site.arguments());
        }

        @Override
        Vector compute(
                List<Vector> vectors,
                int size,
                @Nullable Selection selection,
                long @Nullable [] valid) {
            arguments.read(vectors, size);
            out = Scratch.longs(out, size);
            Selection live = live(size, selection, valid);
            for (int i = 0; i < live.count(); i++) {
                int row = live.rows()[i];
                out[row] = function.count(arguments, row);
            }
            return new LongVector(type, size, out, valid);
        }
    }

    private static final class Testing extends StrictLoop {
        private final Tester function;
        private final TextArguments arguments;
        private long[] out = new long[0];

        Testing(CallSite site, Tester function) {
            super(site.result());
            this.function = function;
            this.arguments = new TextArguments(site.arguments());
        }

        @Override
        Vector compute(
                List<Vector> vectors,
                int size,
                @Nullable Selection selection,
                long @Nullable [] valid) {
            arguments.read(vectors, size);
            out = Scratch.longs(out, Validity.words(size));
            Bits.fill(out, 0, Validity.words(size));
            Selection live = live(size, selection, valid);
            for (int i = 0; i < live.count(); i++) {
                int row = live.rows()[i];
                long bit = function.test(arguments, row) ? 1 : 0;
                out[row >> 6] |= bit << row;
            }
            return new BitVector(type, size, out, valid);
        }
    }
}
