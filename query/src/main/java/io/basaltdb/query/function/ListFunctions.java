package io.basaltdb.query.function;

import static io.basaltdb.query.function.Accepts.INTEGER;
import static io.basaltdb.query.function.Accepts.LIST;
import static io.basaltdb.query.function.Accepts.TEXT;
import static io.basaltdb.query.function.Accepts.takes;
import static io.basaltdb.query.function.Definition.define;
import static io.basaltdb.query.function.NestedArguments.Form.ELEMENT;
import static io.basaltdb.query.function.NestedArguments.Form.NUMBER;
import static io.basaltdb.query.function.NestedArguments.Form.RUN;

import io.basaltdb.query.function.Definition.Signature;
import io.basaltdb.query.function.NestedResult.Form;
import io.basaltdb.query.kernel.Utf8;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.nested.ElementShape;
import io.basaltdb.storage.nested.NestedWriter;
import io.basaltdb.storage.type.Type;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Functions that give a list, or an element of one.
final class ListFunctions {
    private ListFunctions() {}

    static List<Definition> all() {
        return List.of(
                define(
                                "list_value",
                                "the list of the arguments",
                                ListFunctions::listOf,
                                NestedRows.always(Form.NESTED, ListFunctions::values, ELEMENT))
                        .alias("list_pack")
                        .converting(ListFunctions::toOneType)
                        .notStrict(),
                define(
                                "array_extract",
                                "the element, or the character of a text, at a place from 1, from the end where it is negative, or the value of a key; NULL where there is none, an empty text where there is no such character",
                                ListFunctions::elementOf,
                                ListFunctions::extraction)
                        .alias("list_extract", "list_element", "element_at", "arrayelement")
                        .converting(MapFunctions::toKeyType),
                define(
                                "array_slice",
                                "the elements, or the characters of a text, from one place to another, both counted from 1 and, where negative, from the end; NULL: no bound",
                                Accepts.either(
                                        Accepts.takesAndGivesFirst(3, LIST, INTEGER, INTEGER),
                                        Accepts.takes(Type.TEXT, TEXT, INTEGER, INTEGER)),
                                ListFunctions::slicing)
                        .alias("list_slice")
                        .notStrict(),
                define(
                                "list_concat",
                                "the elements of all lists, one list behind the other; NULLs are left out",
                                concat(),
                                NestedRows.always(Form.NESTED, ListFunctions::concat, RUN))
                        .alias("list_cat", "array_concat", "array_cat", "arrayconcat")
                        .converting(ListFunctions::toOneType)
                        .notStrict(),
                define(
                                "list_append",
                                "the list with the element behind it",
                                types -> withElement(types, 0, 1),
                                NestedRows.always(
                                        Form.NESTED,
                                        (a, row, out) -> joined(a, row, out, 0, 1),
                                        RUN,
                                        ELEMENT))
                        .alias("array_append", "array_push_back", "list_push_back", "arraypushback")
                        .converting(types -> toElement(types, 0, 1))
                        .notStrict(),
                define(
                                "list_prepend",
                                "the element and the list behind it",
                                types -> withElement(types, 1, 0),
                                NestedRows.always(
                                        Form.NESTED,
                                        (a, row, out) -> joined(a, row, out, 1, 0),
                                        ELEMENT,
                                        RUN))
                        .alias("array_prepend")
                        .converting(types -> toElement(types, 1, 0))
                        .notStrict(),
                define(
                                "array_push_front",
                                "the list with the element before it",
                                types -> withElement(types, 0, 1),
                                NestedRows.always(
                                        Form.NESTED, ListFunctions::pushFront, RUN, ELEMENT))
                        .alias("list_push_front", "arraypushfront")
                        .converting(types -> toElement(types, 0, 1))
                        .notStrict(),
                define(
                                "list_sort",
                                "the elements in their order; 'DESC' turns it round, 'NULLS FIRST' has NULLs first",
                                Accepts.takesAndGivesFirst(1, LIST, TEXT, TEXT),
                                site -> sorting(site, false))
                        .alias("array_sort", "arraysort")
                        .fallible((types, result) -> types.size() > 1),
                define(
                                "list_reverse_sort",
                                "the elements in descending order",
                                Accepts.takesAndGivesFirst(1, LIST, TEXT),
                                site -> sorting(site, true))
                        .alias("array_reverse_sort", "arrayreversesort")
                        .fallible((types, result) -> types.size() > 1),
                define(
                                "list_reverse",
                                "the elements in the opposite order",
                                Accepts.takesAndGivesFirst(1, LIST),
                                site -> reversing(site))
                        .alias("array_reverse", "arrayreverse"),
                define(
                                "list_distinct",
                                "each element once, where it comes first; NULLs are left out",
                                Accepts.takesAndGivesFirst(1, LIST),
                                site -> distinct(site))
                        .alias("array_distinct", "arraydistinct"),
                define(
                                "list_intersect",
                                "the elements that both lists have, each once; NULLs are left out",
                                Accepts.takesAndGivesFirst(2, LIST, LIST),
                                site -> intersecting(site))
                        .alias("array_intersect", "arrayintersect")
                        .converting(ListFunctions::toOneType),
                define(
                                "flatten",
                                "the elements of the lists in a list; NULLs among the lists are left out",
                                types ->
                                        types.size() == 1
                                                        && types.getFirst()
                                                                instanceof
                                                                Type.Array(Type.Array inner)
                                                ? inner
                                                : null,
                                NestedRows.strict(Form.NESTED, ListFunctions::flatten, RUN))
                        .alias("arrayflatten"),
                define(
                                "string_split",
                                "the parts of a text between the separators; the characters where it is empty",
                                takes(new Type.Array(Type.TEXT), TEXT, TEXT),
                                NestedRows.strict(
                                        Form.NESTED,
                                        (a, row, out) -> split(a, row, out, 0, 1),
                                        RUN,
                                        RUN))
                        .alias("str_split", "split", "string_to_array", "string_split_exact"),
                define(
                                "splitbystring",
                                "the parts of the second argument between the separators, which are the first",
                                takes(new Type.Array(Type.TEXT), TEXT, TEXT),
                                NestedRows.strict(
                                        Form.NESTED,
                                        (a, row, out) -> split(a, row, out, 1, 0),
                                        RUN,
                                        RUN))
                        .alias("splitbychar"),
                define(
                                "range",
                                "the whole numbers from the first argument, or 0, to before the second, in steps of the third, or 1",
                                takes(1, new Type.Array(Type.BIGINT), INTEGER, INTEGER, INTEGER),
                                NestedRows.strict(
                                        Form.NESTED,
                                        (a, row, out) -> series(a, row, out, false),
                                        NUMBER))
                        .fallible(),
                define(
                                "generate_series",
                                "the whole numbers from the first argument, or 0, to the second, which is one of them, in steps of the third, or 1",
                                takes(1, new Type.Array(Type.BIGINT), INTEGER, INTEGER, INTEGER),
                                NestedRows.strict(
                                        Form.NESTED,
                                        (a, row, out) -> series(a, row, out, true),
                                        NUMBER))
                        .fallible());
    }

    private static @Nullable Type listOf(List<Type> types) {
        Type common = NestedTypes.common(types);
        return common == null ? null : new Type.Array(common);
    }

    /// All of the type that they have in common, if there is one.
    static List<Type> toOneType(List<Type> types) {
        Type common = NestedTypes.common(types);
        return common == null ? types : Collections.nCopies(types.size(), common);
    }

    private static void values(NestedArguments a, int row, NestedResult out) {
        for (int i = 0; i < a.count(); i++) {
            out.writer().putElements(a.heap(i), a.start(i, row), a.length(i, row));
        }
        out.endNested();
    }

    private static @Nullable Type elementOf(List<Type> types) {
        if (types.size() != 2) {
            return null;
        }
        return switch (types.getFirst()) {
            case Type.Array(Type element) -> INTEGER.accepts(types.get(1)) ? element : null;
            case Type.Map(Type key, Type value) -> key.equals(types.get(1)) ? value : null;
            case Type.Text text -> INTEGER.accepts(types.get(1)) ? text : null;
            default -> null;
        };
    }

    private static ScalarLoop extraction(CallSite site) {
        if (site.argument(0) instanceof Type.Text) {
            return NestedRows.strict(Form.TEXT, ListFunctions::character, RUN, NUMBER).bind(site);
        }
        return site.argument(0) instanceof Type.Map map
                ? MapFunctions.values(site, map)
                : NestedRows.strict(Form.ELEMENT, ListFunctions::extract, RUN, NUMBER).bind(site);
    }

    private static void extract(NestedArguments a, int row, NestedResult out) {
        byte[] heap = a.heap(0);
        long place = a.number(1, row);
        if (place < 0) {
            place += a.elementCount(0, row) + 1L;
        }
        if (place < 1) {
            return;
        }
        int at = a.start(0, row);
        ElementShape shape = a.shape(0);
        while (ElementShape.isElement(heap, at)) {
            if (--place == 0) {
                out.element(heap, at);
                return;
            }
            at = shape.skip(heap, at);
        }
    }

    /// The character at a place, from the end where it is negative; empty where there is none.
    private static void character(NestedArguments a, int row, NestedResult out) {
        long place = a.number(1, row);
        characters(a, row, place, place, out);
    }

    private static ScalarLoop slicing(CallSite site) {
        return (site.argument(0) instanceof Type.Text
                        ? NestedRows.always(
                                Form.TEXT, ListFunctions::characters, RUN, NUMBER, NUMBER)
                        : NestedRows.always(Form.NESTED, ListFunctions::slice, RUN, NUMBER, NUMBER))
                .bind(site);
    }

    private static void characters(NestedArguments a, int row, NestedResult out) {
        if (!a.isNull(0, row)) {
            characters(
                    a,
                    row,
                    a.isNull(1, row) ? 1 : a.number(1, row),
                    a.isNull(2, row) ? Long.MAX_VALUE : a.number(2, row),
                    out);
        }
    }

    private static void characters(
            NestedArguments a, int row, long first, long last, NestedResult out) {
        byte[] heap = a.heap(0);
        int start = a.start(0, row);
        int end = a.end(0, row);
        int count = first < 0 || last < 0 ? Utf8.length(heap, start, end - start) : 0;
        long from = Math.max(first < 0 ? first + count + 1 : first, 1);
        long to = last < 0 ? last + count + 1 : last;
        if (from <= to && !(first == 0 && last == 0)) {
            int begin = Utf8.forward(heap, start, end, from - 1);
            int stop = Utf8.forward(heap, begin, end, to - from + 1);
            out.text().append(heap, begin, stop - begin);
        }
        out.endText();
    }

    private static void slice(NestedArguments a, int row, NestedResult out) {
        if (a.isNull(0, row)) {
            return;
        }
        int count = a.elementCount(0, row);
        long from = a.isNull(1, row) ? 1 : a.number(1, row);
        long to = a.isNull(2, row) ? count : a.number(2, row);
        from = Math.max(from < 0 ? from + count + 1 : from, 1);
        to = Math.min(to < 0 ? to + count + 1 : to, count);
        byte[] heap = a.heap(0);
        int at = a.start(0, row);
        int begin = at;
        for (long place = 1; place <= to; place++) {
            begin = place == from ? at : begin;
            at = a.shape(0).skip(heap, at);
        }
        if (from <= to) {
            out.writer().putElements(heap, begin, at - begin);
        }
        out.endNested();
    }

    private static Signature concat() {
        return types ->
                !types.isEmpty() && types.stream().allMatch(LIST::accepts)
                        ? types.getFirst()
                        : null;
    }

    private static void concat(NestedArguments a, int row, NestedResult out) {
        boolean isNull = true;
        for (int i = 0; i < a.count(); i++) {
            if (!a.isNull(i, row)) {
                isNull = false;
                putAll(a, i, row, out.writer());
            }
        }
        if (!isNull) {
            out.endNested();
        }
    }

    private static void putAll(NestedArguments a, int argument, int row, NestedWriter out) {
        out.putElements(a.heap(argument), a.start(argument, row), a.length(argument, row) - 1);
    }

    /// The type of `list || list`, `list || element` and `element || list`.
    static @Nullable Type concatenated(List<Type> types) {
        return types.size() == 2 && types.stream().anyMatch(LIST::accepts) ? list(types) : null;
    }

    private static @Nullable Type list(List<Type> types) {
        Type first = types.get(0);
        Type second = types.get(1);
        return LIST.accepts(first)
                        && (first.equals(second) || ((Type.Array) first).element().equals(second))
                ? first
                : LIST.accepts(second) && ((Type.Array) second).element().equals(first)
                        ? second
                        : null;
    }

    /// The operands of `||`, where one is a list.
    static List<Type> toOneList(List<Type> types) {
        if (concatenated(types) != null
                || types.size() != 2
                || types.stream().noneMatch(LIST::accepts)) {
            return types;
        }
        Type common = NestedTypes.common(types);
        if (common != null) {
            return List.of(common, common);
        }
        return LIST.accepts(types.get(0)) ? toElement(types, 0, 1) : toElement(types, 1, 0);
    }

    static ScalarLoop concatenation(CallSite site) {
        boolean isFirst = site.argument(0).equals(site.result());
        boolean isSecond = site.argument(1).equals(site.result());
        return NestedRows.strict(
                        Form.NESTED,
                        (a, row, out) -> {
                            put(a, 0, row, out.writer(), isFirst);
                            put(a, 1, row, out.writer(), isSecond);
                            out.endNested();
                        },
                        isFirst ? RUN : ELEMENT,
                        isSecond ? RUN : ELEMENT)
                .bind(site);
    }

    private static void put(
            NestedArguments a, int argument, int row, NestedWriter out, boolean isList) {
        int length = a.length(argument, row) - (isList ? 1 : 0);
        out.putElements(a.heap(argument), a.start(argument, row), length);
    }

    private static @Nullable Type withElement(List<Type> types, int list, int element) {
        return types.size() == 2
                        && types.get(list) instanceof Type.Array(Type inner)
                        && inner.equals(types.get(element))
                ? types.get(list)
                : null;
    }

    /// The list and the element of the type that they have in common, if there is one.
    static List<Type> toElement(List<Type> types, int list, int element) {
        if (types.size() != 2) {
            return types;
        }
        Type common =
                switch (types.get(list)) {
                    case Type.Array(Type inner) -> NestedTypes.common(inner, types.get(element));
                    case Type.Null _ -> types.get(element);
                    default -> null;
                };
        if (common == null) {
            return types;
        }
        Type array = new Type.Array(common);
        return list == 0 ? List.of(array, common) : List.of(common, array);
    }

    /// The list is the first of the written parts where it has the lower number.
    private static void joined(
            NestedArguments a, int row, NestedResult out, int list, int element) {
        for (int i = 0; i < 2; i++) {
            if (i == element) {
                put(a, i, row, out.writer(), false);
            } else if (!a.isNull(list, row)) {
                put(a, i, row, out.writer(), true);
            }
        }
        out.endNested();
    }

    private static void pushFront(NestedArguments a, int row, NestedResult out) {
        put(a, 1, row, out.writer(), false);
        if (!a.isNull(0, row)) {
            put(a, 0, row, out.writer(), true);
        }
        out.endNested();
    }

    private static ScalarLoop sorting(CallSite site, boolean reverse) {
        ElementRuns runs = new ElementRuns();
        return NestedRows.strict(
                        Form.NESTED,
                        (a, row, out) -> {
                            boolean descending = reverse;
                            boolean nullsFirst = false;
                            for (int i = 1; i < a.count(); i++) {
                                switch (word(a, i, row)) {
                                    case "ASC" -> descending = reverse;
                                    case "DESC" -> descending = !reverse;
                                    case "NULLS FIRST" -> nullsFirst = true;
                                    case "NULLS LAST" -> nullsFirst = false;
                                    default -> throw noOrder(word(a, i, row));
                                }
                            }
                            byte[] heap = a.heap(0);
                            runs.read(heap, a.start(0, row), a.shape(0));
                            runs.sort(heap, descending, nullsFirst);
                            runs.write(heap, 0, runs.count(), out.writer());
                            out.endNested();
                        },
                        RUN)
                .bind(site);
    }

    private static String word(NestedArguments a, int argument, int row) {
        return new String(
                        a.heap(argument),
                        a.start(argument, row),
                        a.length(argument, row),
                        java.nio.charset.StandardCharsets.UTF_8)
                .toUpperCase(Locale.ROOT);
    }

    private static BasaltException noOrder(String word) {
        return new BasaltException(
                ErrorCode.INVALID_PARAMETER,
                "\"" + word + "\" is no order; there are ASC, DESC, NULLS FIRST and NULLS LAST");
    }

    private static ScalarLoop reversing(CallSite site) {
        ElementRuns runs = new ElementRuns();
        return NestedRows.strict(
                        Form.NESTED,
                        (a, row, out) -> {
                            byte[] heap = a.heap(0);
                            runs.read(heap, a.start(0, row), a.shape(0));
                            for (int i = runs.count() - 1; i >= 0; i--) {
                                runs.write(heap, i, i + 1, out.writer());
                            }
                            out.endNested();
                        },
                        RUN)
                .bind(site);
    }

    private static ScalarLoop distinct(CallSite site) {
        ElementRuns runs = new ElementRuns();
        ElementSet seen = new ElementSet();
        return NestedRows.strict(
                        Form.NESTED,
                        (a, row, out) -> {
                            byte[] heap = a.heap(0);
                            runs.read(heap, a.start(0, row), a.shape(0));
                            seen.clear(runs.count());
                            for (int i = 0; i < runs.count(); i++) {
                                if (!ElementShape.isNull(heap, runs.start(i))
                                        && seen.add(heap, runs.start(i), runs.end(i))) {
                                    runs.write(heap, i, i + 1, out.writer());
                                }
                            }
                            out.endNested();
                        },
                        RUN)
                .bind(site);
    }

    private static ScalarLoop intersecting(CallSite site) {
        ElementRuns runs = new ElementRuns();
        ElementSet wanted = new ElementSet();
        ElementSet seen = new ElementSet();
        return NestedRows.strict(
                        Form.NESTED,
                        (a, row, out) -> {
                            wanted.addAll(a, 1, row, runs);
                            byte[] heap = a.heap(0);
                            runs.read(heap, a.start(0, row), a.shape(0));
                            seen.clear(runs.count());
                            for (int i = 0; i < runs.count(); i++) {
                                if (!ElementShape.isNull(heap, runs.start(i))
                                        && wanted.contains(heap, runs.start(i), runs.end(i))
                                        && seen.add(heap, runs.start(i), runs.end(i))) {
                                    runs.write(heap, i, i + 1, out.writer());
                                }
                            }
                            out.endNested();
                        },
                        RUN)
                .bind(site);
    }

    private static void flatten(NestedArguments a, int row, NestedResult out) {
        byte[] heap = a.heap(0);
        int at = a.start(0, row);
        while (ElementShape.isElement(heap, at)) {
            int end = a.shape(0).skip(heap, at);
            if (!ElementShape.isNull(heap, at)) {
                out.writer().putElements(heap, at + 1, end - at - 2);
            }
            at = end;
        }
        out.endNested();
    }

    private static void split(
            NestedArguments a, int row, NestedResult out, int text, int separator) {
        byte[] heap = a.heap(text);
        byte[] mark = a.heap(separator);
        int markStart = a.start(separator, row);
        int markLength = a.length(separator, row);
        int end = a.end(text, row);
        int part = a.start(text, row);
        int at = part;
        while (at < end) {
            if (markLength == 0) {
                int behind = at + 1;
                while (behind < end && (heap[behind] & 0xC0) == 0x80) {
                    behind++;
                }
                out.writer().putBytes(heap, at, behind - at);
                at = behind;
            } else if (isAt(heap, at, end, mark, markStart, markLength)) {
                out.writer().putBytes(heap, part, at - part);
                at += markLength;
                part = at;
            } else {
                at++;
            }
        }
        if (markLength > 0 || part == end) {
            out.writer().putBytes(heap, part, end - part);
        }
        out.endNested();
    }

    private static boolean isAt(
            byte[] heap, int at, int end, byte[] mark, int markStart, int markLength) {
        if (end - at < markLength) {
            return false;
        }
        for (int i = 0; i < markLength; i++) {
            if (heap[at + i] != mark[markStart + i]) {
                return false;
            }
        }
        return true;
    }

    private static void series(NestedArguments a, int row, NestedResult out, boolean closed) {
        long from = a.count() == 1 ? 0 : a.number(0, row);
        long to = a.number(a.count() == 1 ? 0 : 1, row);
        long step = a.count() < 3 ? 1 : a.number(2, row);
        if (step == 0) {
            throw new BasaltException(ErrorCode.INVALID_PARAMETER, "The step of a range is 0");
        }
        long value = from;
        while (step > 0
                ? value < to || (closed && value == to)
                : value > to || (closed && value == to)) {
            out.writer().putLong(value);
            long next = value + step;
            if (((value ^ next) & (step ^ next)) < 0) {
                break;
            }
            value = next;
        }
        out.endNested();
    }
}
