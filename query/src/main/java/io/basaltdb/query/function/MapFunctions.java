package io.basaltdb.query.function;

import static io.basaltdb.query.function.Definition.define;
import static io.basaltdb.query.function.NestedArguments.Form.ELEMENT;
import static io.basaltdb.query.function.NestedArguments.Form.RUN;

import io.basaltdb.query.function.NestedResult.Form;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.nested.ElementShape;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Functions that make maps and look into them.
final class MapFunctions {
    private MapFunctions() {}

    static List<Definition> all() {
        return List.of(
                define(
                                "map_value",
                                "the map of the arguments, keys and values by turns",
                                MapFunctions::ofPairs,
                                site -> checked(site, MapFunctions::pairs, ELEMENT))
                        .converting(MapFunctions::toPairTypes)
                        .notStrict()
                        .fallible(),
                define(
                                "map",
                                "the map of a list of keys and the list of their values",
                                MapFunctions::ofLists,
                                site -> checked(site, MapFunctions::zipped, RUN))
                        .alias("map_from_arrays", "mapfromarrays")
                        .fallible(),
                define(
                                "map_keys",
                                "the keys, in their order",
                                types ->
                                        map(types) instanceof Type.Map(Type key, _)
                                                ? new Type.Array(key)
                                                : null,
                                site -> halves(site, true))
                        .alias("mapkeys"),
                define(
                                "map_values",
                                "the values, in the order of the keys",
                                types ->
                                        map(types) instanceof Type.Map(_, Type value)
                                                ? new Type.Array(value)
                                                : null,
                                site -> halves(site, false))
                        .alias("mapvalues"),
                define(
                                "map_contains",
                                "whether the map has the key",
                                types ->
                                        types.size() == 2
                                                        && types.get(0)
                                                                instanceof Type.Map(Type key, _)
                                                        && key.equals(types.get(1))
                                                ? Type.BOOLEAN
                                                : null,
                                MapFunctions::containing)
                        .alias("map_contains_key", "mapcontains")
                        .converting(MapFunctions::toKeyType));
    }

    private static Type.@Nullable Map map(List<Type> types) {
        return types.size() == 1 && types.getFirst() instanceof Type.Map map ? map : null;
    }

    private static @Nullable Type ofPairs(List<Type> types) {
        if (types.size() % 2 != 0) {
            return null;
        }
        Type key = NestedTypes.common(half(types, 0));
        Type value = NestedTypes.common(half(types, 1));
        return key == null || value == null ? null : new Type.Map(key, value);
    }

    private static List<Type> half(List<Type> types, int first) {
        List<Type> half = new ArrayList<>();
        for (int i = first; i < types.size(); i += 2) {
            half.add(types.get(i));
        }
        return half;
    }

    private static List<Type> toPairTypes(List<Type> types) {
        if (!(ofPairs(types) instanceof Type.Map(Type key, Type value))) {
            return types;
        }
        List<Type> pairs = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            pairs.add(i % 2 == 0 ? key : value);
        }
        return pairs;
    }

    /// The key that is looked for of the type of the map's keys.
    static List<Type> toKeyType(List<Type> types) {
        if (types.size() != 2 || !(types.get(0) instanceof Type.Map(Type key, Type value))) {
            return types;
        }
        Type common = NestedTypes.common(key, types.get(1));
        return common == null ? types : List.of(new Type.Map(common, value), common);
    }

    private static @Nullable Type ofLists(List<Type> types) {
        return types.size() == 2
                        && types.get(0) instanceof Type.Array(Type key)
                        && types.get(1) instanceof Type.Array(Type value)
                ? new Type.Map(key, value)
                : null;
    }

    /// A loop whose maps must have keys that are not NULL and differ.
    private static ScalarLoop checked(
            CallSite site, NestedRows.Row row, NestedArguments.Form form) {
        UniqueKeys keys = new UniqueKeys((Type.Map) site.result());
        ScalarLoop loop =
                (form == RUN
                                ? NestedRows.strict(Form.NESTED, row, form)
                                : NestedRows.always(Form.NESTED, row, form))
                        .bind(site);
        return (arguments, size, selection) -> {
            Vector result = loop.evaluate(arguments, size, selection);
            BytesVector maps = (BytesVector) result;
            for (int i = 0; i < size; i++) {
                if (Validity.isValid(maps.validity(), i)
                        && !keys.areIn(maps.heap(), maps.start()[i])) {
                    throw new BasaltException(
                            ErrorCode.INVALID_PARAMETER,
                            "A key of a map is NULL or comes twice; leave such keys out");
                }
            }
            return result;
        };
    }

    private static void pairs(NestedArguments a, int row, NestedResult out) {
        for (int i = 0; i < a.count(); i++) {
            out.writer().putElements(a.heap(i), a.start(i, row), a.length(i, row));
        }
        out.endNested();
    }

    private static void zipped(NestedArguments a, int row, NestedResult out) {
        if (a.elementCount(0, row) != a.elementCount(1, row)) {
            throw new BasaltException(
                    ErrorCode.INVALID_PARAMETER,
                    "A map needs as many values as keys, "
                            + a.elementCount(0, row)
                            + " keys and "
                            + a.elementCount(1, row)
                            + " values were given");
        }
        byte[] keys = a.heap(0);
        byte[] values = a.heap(1);
        int value = a.start(1, row);
        for (int at = a.start(0, row); ElementShape.isElement(keys, at); ) {
            int end = a.shape(0).skip(keys, at);
            int valueEnd = a.shape(1).skip(values, value);
            out.writer().putElements(keys, at, end - at);
            out.writer().putElements(values, value, valueEnd - value);
            at = end;
            value = valueEnd;
        }
        out.endNested();
    }

    private static ScalarLoop halves(CallSite site, boolean keys) {
        ElementShape values = ElementShape.of(((Type.Map) site.argument(0)).value());
        return NestedRows.strict(
                        Form.NESTED,
                        (a, row, out) -> {
                            byte[] heap = a.heap(0);
                            for (int at = a.start(0, row); ElementShape.isElement(heap, at); ) {
                                int value = a.shape(0).skip(heap, at);
                                int end = values.skip(heap, value);
                                if (keys) {
                                    out.writer().putElements(heap, at, value - at);
                                } else {
                                    out.writer().putElements(heap, value, end - value);
                                }
                                at = end;
                            }
                            out.endNested();
                        },
                        RUN)
                .bind(site);
    }

    /// The number of entries.
    static ScalarLoop size(CallSite site, Type.Map map) {
        ElementShape values = ElementShape.of(map.value());
        return NestedRows.strict(
                        Form.NUMBER,
                        (a, row, out) -> {
                            byte[] heap = a.heap(0);
                            long count = 0;
                            for (int at = a.start(0, row); ElementShape.isElement(heap, at); ) {
                                at = values.skip(heap, a.shape(0).skip(heap, at));
                                count++;
                            }
                            out.number(count);
                        },
                        RUN)
                .bind(site);
    }

    /// The value of the key that is the second argument.
    static ScalarLoop values(CallSite site, Type.Map map) {
        ElementShape values = ElementShape.of(map.value());
        return NestedRows.strict(
                        Form.ELEMENT,
                        (a, row, out) -> {
                            int value = find(a, row, values);
                            if (value >= 0) {
                                out.element(a.heap(0), value);
                            }
                        },
                        RUN,
                        ELEMENT)
                .bind(site);
    }

    private static ScalarLoop containing(CallSite site) {
        ElementShape values = ElementShape.of(((Type.Map) site.argument(0)).value());
        return NestedRows.strict(
                        Form.TRUTH,
                        (a, row, out) -> out.truth(find(a, row, values) >= 0),
                        RUN,
                        ELEMENT)
                .bind(site);
    }

    /// Where the value of the key begins; -1 where the map has no such key.
    private static int find(NestedArguments a, int row, ElementShape values) {
        byte[] heap = a.heap(0);
        for (int at = a.start(0, row); ElementShape.isElement(heap, at); ) {
            int value = a.shape(0).skip(heap, at);
            if (a.isAt(1, row, heap, at, value)) {
                return value;
            }
            at = values.skip(heap, value);
        }
        return -1;
    }
}
