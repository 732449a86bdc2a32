package io.basaltdb.query.function;

import static io.basaltdb.query.function.Accepts.INET;
import static io.basaltdb.query.function.Accepts.INTEGER;
import static io.basaltdb.query.function.Accepts.LIST;
import static io.basaltdb.query.function.Accepts.TEXT;
import static io.basaltdb.query.function.Accepts.either;
import static io.basaltdb.query.function.Accepts.takes;
import static io.basaltdb.query.function.Definition.define;
import static io.basaltdb.query.function.NestedArguments.Form.ELEMENT;
import static io.basaltdb.query.function.NestedArguments.Form.NUMBER;
import static io.basaltdb.query.function.NestedArguments.Form.RUN;

import io.basaltdb.query.function.Definition.Signature;
import io.basaltdb.query.function.NestedResult.Form;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.nested.ElementReader;
import io.basaltdb.storage.nested.ElementShape;
import io.basaltdb.storage.type.Physical;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Functions that measure and search lists.
final class ListMeasures {
    private static final Definition.Binder LENGTH =
            NestedRows.strict(
                    Form.NUMBER, (a, row, out) -> out.number(a.elementCount(0, row)), RUN, NUMBER);

    private ListMeasures() {}

    static List<Definition> all() {
        return List.of(
                define(
                                "array_length",
                                "number of elements; the dimension, if one is given, must be 1",
                                takes(1, Type.BIGINT, LIST, INTEGER),
                                NestedRows.strict(Form.NUMBER, ListMeasures::lengthOf, RUN, NUMBER))
                        .fallible((types, result) -> types.size() > 1),
                define(
                        "cardinality",
                        "number of elements of a list or of entries of a map",
                        either(takes(Type.BIGINT, LIST), takes(Type.BIGINT, Accepts.MAP)),
                        site ->
                                site.argument(0) instanceof Type.Map map
                                        ? MapFunctions.size(site, map)
                                        : length(site)),
                define(
                                "list_contains",
                                "whether the element is in the list",
                                ofElement(Type.BOOLEAN),
                                NestedRows.strict(
                                        Form.TRUTH,
                                        (a, row, out) -> out.truth(place(a, row) > 0),
                                        RUN,
                                        ELEMENT))
                        .alias("array_contains", "list_has", "array_has", "has")
                        .converting(types -> ListFunctions.toElement(types, 0, 1)),
                define(
                                "list_position",
                                "the place of the element in the list, from 1; NULL where it is not in it",
                                ofElement(Type.INTEGER),
                                NestedRows.strict(
                                        Form.NUMBER,
                                        (a, row, out) -> {
                                            long place = place(a, row);
                                            if (place > 0) {
                                                out.number(place);
                                            }
                                        },
                                        RUN,
                                        ELEMENT))
                        .alias("array_position", "list_indexof", "array_indexof")
                        .converting(types -> ListFunctions.toElement(types, 0, 1)),
                define(
                                "indexof",
                                "the place of the element in the list, from 1; 0 where it is not in it",
                                ofElement(Type.BIGINT),
                                NestedRows.strict(
                                        Form.NUMBER,
                                        (a, row, out) -> out.number(place(a, row)),
                                        RUN,
                                        ELEMENT))
                        .converting(types -> ListFunctions.toElement(types, 0, 1)),
                define(
                                "list_has_any",
                                "whether some element of the second list is in the first; of addresses: whether one network lies within the other",
                                either(ofLists(), takes(Type.BOOLEAN, INET, INET)),
                                site ->
                                        InetFunctions.concerns(site.arguments())
                                                ? InetFunctions.overlap(site)
                                                : covering(site, false))
                        .alias("&&", "array_has_any", "hasany", "array_overlap", "arrays_overlap")
                        .converting(types ->
                                InetFunctions.concerns(types)
                                        ? InetFunctions.toAddresses(types)
                                        : ListFunctions.toOneType(types)),
                define(
                                "list_has_all",
                                "whether all elements of the second list are in the first",
                                ofLists(),
                                site -> covering(site, true))
                        .alias("array_has_all", "hasall")
                        .converting(ListFunctions::toOneType),
                define(
                                "list_unique",
                                "number of different elements that are not NULL",
                                takes(Type.BIGINT, LIST),
                                ListMeasures::unique)
                        .alias("array_unique", "arrayuniq"),
                define(
                                "list_count",
                                "number of elements that are not NULL",
                                takes(Type.BIGINT, LIST),
                                NestedRows.strict(Form.NUMBER, ListMeasures::count, RUN))
                        .alias("array_count", "arraycount"),
                define(
                                "list_min",
                                "the smallest element",
                                ListMeasures::element,
                                NestedRows.strict(
                                        Form.ELEMENT,
                                        (a, row, out) -> extreme(a, row, out, false),
                                        RUN))
                        .alias("array_min", "arraymin"),
                define(
                                "list_max",
                                "the greatest element",
                                ListMeasures::element,
                                NestedRows.strict(
                                        Form.ELEMENT,
                                        (a, row, out) -> extreme(a, row, out, true),
                                        RUN))
                        .alias("array_max", "arraymax"),
                define(
                                "list_first",
                                "the first element",
                                ListMeasures::element,
                                NestedRows.strict(Form.ELEMENT, ListMeasures::first, RUN))
                        .alias("array_first"),
                define(
                                "list_last",
                                "the last element",
                                ListMeasures::element,
                                NestedRows.strict(Form.ELEMENT, ListMeasures::last, RUN))
                        .alias("array_last"),
                define(
                                "list_any_value",
                                "the first element that is not NULL",
                                ListMeasures::element,
                                NestedRows.strict(Form.ELEMENT, ListMeasures::anyValue, RUN))
                        .alias("array_any_value"),
                define(
                                "list_sum",
                                "the sum of the elements; NULL where all are NULL",
                                ListMeasures::sumType,
                                site -> new Summing(site, false))
                        .alias("array_sum", "arraysum")
                        .fallible(),
                define(
                                "list_avg",
                                "the average of the elements; NULL where all are NULL",
                                types -> sumType(types) == null ? null : Type.DOUBLE,
                                site -> new Summing(site, true))
                        .alias("array_avg", "arrayavg", "list_mean"),
                define(
                                "array_to_string",
                                "the elements as text with the separator between them; NULLs are left out, or written as the third argument says",
                                takes(1, Type.TEXT, LIST, TEXT, TEXT),
                                ListMeasures::joining)
                        .alias("list_to_string", "array_join", "arraystringconcat")
                        .volatility(Volatility.STABLE)
                        .fallible());
    }

    static ScalarLoop length(CallSite site) {
        return LENGTH.bind(site);
    }

    private static void lengthOf(NestedArguments a, int row, NestedResult out) {
        if (a.count() > 1 && a.number(1, row) != 1) {
            throw new BasaltException(
                    ErrorCode.INVALID_PARAMETER,
                    "A list has one dimension, dimension "
                            + a.number(1, row)
                            + " was asked for; ask for the length of an element");
        }
        out.number(a.elementCount(0, row));
    }

    private static Signature ofElement(Type result) {
        return types ->
                types.size() == 2
                                && types.get(0) instanceof Type.Array(Type element)
                                && element.equals(types.get(1))
                        ? result
                        : null;
    }

    private static Signature ofLists() {
        return types ->
                types.size() == 2
                                && types.get(0) instanceof Type.Array
                                && types.get(0).equals(types.get(1))
                        ? Type.BOOLEAN
                        : null;
    }

    private static @Nullable Type element(List<Type> types) {
        return types.size() == 1 && types.getFirst() instanceof Type.Array(Type element)
                ? element
                : null;
    }

    private static long place(NestedArguments a, int row) {
        byte[] heap = a.heap(0);
        ElementShape shape = a.shape(0);
        int at = a.start(0, row);
        for (long place = 1; ElementShape.isElement(heap, at); place++) {
            int end = shape.skip(heap, at);
            if (a.isAt(1, row, heap, at, end)) {
                return place;
            }
            at = end;
        }
        return 0;
    }

    private static ScalarLoop covering(CallSite site, boolean all) {
        ElementRuns runs = new ElementRuns();
        ElementSet have = new ElementSet();
        return NestedRows.strict(
                        Form.TRUTH,
                        (a, row, out) -> {
                            have.addAll(a, 0, row, runs);
                            byte[] heap = a.heap(1);
                            runs.read(heap, a.start(1, row), a.shape(1));
                            boolean any = false;
                            boolean every = true;
                            for (int i = 0; i < runs.count(); i++) {
                                if (!ElementShape.isNull(heap, runs.start(i))) {
                                    boolean is = have.contains(heap, runs.start(i), runs.end(i));
                                    any |= is;
                                    every &= is;
                                }
                            }
                            out.truth(all ? every : any);
                        },
                        RUN)
                .bind(site);
    }

    private static ScalarLoop unique(CallSite site) {
        ElementRuns runs = new ElementRuns();
        ElementSet seen = new ElementSet();
        return NestedRows.strict(
                        Form.NUMBER,
                        (a, row, out) -> {
                            seen.addAll(a, 0, row, runs);
                            out.number(seen.size());
                        },
                        RUN)
                .bind(site);
    }

    private static void count(NestedArguments a, int row, NestedResult out) {
        byte[] heap = a.heap(0);
        int count = 0;
        for (int at = a.start(0, row); ElementShape.isElement(heap, at); ) {
            count += ElementShape.isNull(heap, at) ? 0 : 1;
            at = a.shape(0).skip(heap, at);
        }
        out.number(count);
    }

    private static void extreme(NestedArguments a, int row, NestedResult out, boolean greatest) {
        byte[] heap = a.heap(0);
        int best = -1;
        int bestEnd = -1;
        for (int at = a.start(0, row); ElementShape.isElement(heap, at); ) {
            int end = a.shape(0).skip(heap, at);
            if (!ElementShape.isNull(heap, at)) {
                int order =
                        best < 0 ? 0 : Arrays.compareUnsigned(heap, at, end, heap, best, bestEnd);
                if (best < 0 || (greatest ? order > 0 : order < 0)) {
                    best = at;
                    bestEnd = end;
                }
            }
            at = end;
        }
        if (best >= 0) {
            out.element(heap, best);
        }
    }

    private static void first(NestedArguments a, int row, NestedResult out) {
        int at = a.start(0, row);
        if (ElementShape.isElement(a.heap(0), at)) {
            out.element(a.heap(0), at);
        }
    }

    private static void last(NestedArguments a, int row, NestedResult out) {
        byte[] heap = a.heap(0);
        int last = -1;
        for (int at = a.start(0, row); ElementShape.isElement(heap, at); ) {
            last = at;
            at = a.shape(0).skip(heap, at);
        }
        if (last >= 0) {
            out.element(heap, last);
        }
    }

    private static void anyValue(NestedArguments a, int row, NestedResult out) {
        byte[] heap = a.heap(0);
        int at = a.start(0, row);
        while (ElementShape.isElement(heap, at) && ElementShape.isNull(heap, at)) {
            at++;
        }
        if (ElementShape.isElement(heap, at)) {
            out.element(heap, at);
        }
    }

    /// The type of SUM over such elements.
    private static @Nullable Type sumType(List<Type> types) {
        return switch (element(types)) {
            case Type.Int(int bits) ->
                    bits == 64 ? new Type.Decimal(Type.Decimal.MAX_PRECISION, 0) : Type.BIGINT;
            case Type.Decimal(_, int scale) -> new Type.Decimal(Type.Decimal.MAX_PRECISION, scale);
            case Type.Real _, Type.DoublePrecision _ -> Type.DOUBLE;
            case null, default -> null;
        };
    }

    private static ScalarLoop joining(CallSite site) {
        Type element = ((Type.Array) site.argument(0)).element();
        NestedText text = new NestedText(element, new ZoneClock(site.context().zone()));
        return NestedRows.always(
                        Form.TEXT,
                        (a, row, out) -> {
                            if (!a.isNull(0, row) && (a.count() < 2 || !a.isNull(1, row))) {
                                join(a, row, out.text(), text);
                                out.endText();
                            }
                        },
                        RUN)
                .bind(site);
    }

    private static void join(NestedArguments a, int row, TextOutput out, NestedText text) {
        byte[] heap = a.heap(0);
        boolean isFirst = true;
        boolean writesNulls = a.count() == 3 && !a.isNull(2, row);
        for (int at = a.start(0, row); ElementShape.isElement(heap, at); ) {
            int end = a.shape(0).skip(heap, at);
            boolean isNull = ElementShape.isNull(heap, at);
            if (!isNull || writesNulls) {
                if (!isFirst && a.count() > 1) {
                    out.append(a.heap(1), a.start(1, row), a.length(1, row));
                }
                isFirst = false;
                if (isNull) {
                    out.append(a.heap(2), a.start(2, row), a.length(2, row));
                } else {
                    text.plain(out, heap, at, end);
                }
            }
            at = end;
        }
    }

    /// Exact sums, rounded once where the result is rounded at all.
    private static final class Summing extends StrictLoop {
        private final Type.Array list;
        private final boolean average;
        private final BytesLanes lanes = new BytesLanes();
        private final ElementShape shape;
        private final LaneValidity own = new LaneValidity();
        private long[] low = {};
        private long[] high = {};
        private double[] floats = {};
        private int count;
        private double special;

        Summing(CallSite site, boolean average) {
            super(site.result());
            this.list = (Type.Array) site.argument(0);
            this.average = average;
            this.shape = ElementShape.of(list.element());
        }

        @Override
        Vector compute(
                List<Vector> arguments,
                int size,
                @Nullable Selection selection,
                long @Nullable [] valid) {
            lanes.read(arguments.getFirst(), size);
            low = Scratch.longs(low, size);
            high = Scratch.longs(high, size);
            floats = Scratch.doubles(floats, size);
            Selection live = live(size, selection, valid);
            long[] words = own.writable(valid, size);
            for (int i = 0; i < live.count(); i++) {
                int row = live.rows()[i];
                BigDecimal sum = sum(lanes.heap(), lanes.start()[row]);
                if (count == 0) {
                    Validity.setNull(words, row);
                } else {
                    put(row, sum);
                }
            }
            return switch (type.physical()) {
                case DOUBLE -> new DoubleVector(type, size, floats, words);
                case WIDE -> new WideVector(type, size, high, low, words);
                default -> new LongVector(type, size, low, words);
            };
        }

        /// Leaves behind how many there were, and what is no finite number among them.
        private BigDecimal sum(byte[] heap, int start) {
            BigDecimal sum = BigDecimal.ZERO;
            count = 0;
            special = 0;
            for (int at = start; ElementShape.isElement(heap, at); ) {
                if (!ElementShape.isNull(heap, at)) {
                    count++;
                    BigDecimal number = number(heap, at);
                    sum = number == null ? sum : sum.add(number);
                }
                at = shape.skip(heap, at);
            }
            return sum;
        }

        private @Nullable BigDecimal number(byte[] heap, int at) {
            Type element = list.element();
            int scale = Numbers.scale(element);
            return switch (element.physical()) {
                case LONG -> BigDecimal.valueOf(ElementReader.whole(heap, at), scale);
                case WIDE ->
                        new BigDecimal(
                                BigInteger.valueOf(ElementReader.high(heap, at))
                                        .shiftLeft(64)
                                        .or(
                                                new BigInteger(
                                                        Long.toUnsignedString(
                                                                ElementReader.low(heap, at)))),
                                scale);
                default -> {
                    double value =
                            element instanceof Type.Real
                                    ? ElementReader.real(heap, at)
                                    : ElementReader.floating(heap, at);
                    if (Double.isFinite(value)) {
                        yield new BigDecimal(value);
                    }
                    special += value;
                    yield null;
                }
            };
        }

        private void put(int row, BigDecimal sum) {
            if (type.physical() == Physical.DOUBLE) {
                double whole = special == 0 ? sum.doubleValue() : special;
                floats[row] = average ? whole / count : whole;
                return;
            }
            BigInteger unscaled = sum.unscaledValue();
            if (unscaled.bitLength() > (type.physical() == Physical.WIDE ? 126 : 63)) {
                throw new BasaltException(
                        ErrorCode.NUMERIC_OUT_OF_RANGE, "list_sum out of range: " + sum);
            }
            low[row] = unscaled.longValue();
            high[row] = unscaled.shiftRight(64).longValue();
        }
    }
}
