package io.basaltdb.query.function;

import static io.basaltdb.query.function.Accepts.ANY;
import static io.basaltdb.query.function.Accepts.JSON;
import static io.basaltdb.query.function.Accepts.takes;
import static io.basaltdb.query.function.Accepts.takesMany;
import static io.basaltdb.query.function.Definition.define;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// JSON made of values, and the names in an object.
final class JsonBuilders {
    private JsonBuilders() {}

    static List<Definition> all() {
        return List.of(
                define(
                                "to_json",
                                "the value as JSON: lists as arrays, structs and maps as objects",
                                takes(Type.JSON, ANY),
                                site -> new Building(site, Form.VALUE))
                        .alias("to_jsonb", "tojsonstring")
                        .volatility(Volatility.STABLE),
                define(
                                "json_object",
                                "the JSON object of the arguments, names and values by turns",
                                arguments ->
                                        arguments.size() % 2 == 0
                                                ? takesMany(0, Type.JSON, ANY).resultType(arguments)
                                                : null,
                                site -> new Building(site, Form.OBJECT))
                        .alias("json_build_object", "jsonb_build_object")
                        .volatility(Volatility.STABLE)
                        .notStrict()
                        .fallible(),
                define(
                                "json_build_array",
                                "the JSON array of the arguments, NULL as null",
                                takesMany(0, Type.JSON, ANY),
                                site -> new Building(site, Form.ARRAY))
                        .alias("jsonb_build_array")
                        .volatility(Volatility.STABLE)
                        .notStrict(),
                define(
                                "json_array",
                                "the JSON array of the arguments; NULLs are left out",
                                takesMany(0, Type.JSON, ANY),
                                site -> new Building(site, Form.ARRAY_OF_KNOWN))
                        .volatility(Volatility.STABLE)
                        .notStrict(),
                define(
                                "json_keys",
                                "the names in the object, in their order; NULL where there is no object",
                                takes(new Type.Array(Type.TEXT), JSON),
                                NestedRows.strict(
                                        NestedResult.Form.NESTED,
                                        JsonBuilders::keys,
                                        NestedArguments.Form.RUN))
                        .alias("jsonextractkeys")
                        .fallible());
    }

    private static void keys(NestedArguments a, int row, NestedResult out) {
        byte[] heap = a.heap(0);
        int start = a.start(0, row);
        int end = a.end(0, row);
        if (!JsonText.isValid(heap, start, end)) {
            throw JsonLoop.malformed(heap, start, end);
        }
        TextOutput name = new TextOutput();
        name.begin(1);
        boolean isObject =
                JsonWalk.names(
                        heap,
                        start,
                        end,
                        at -> {
                            JsonText.unescape(heap, at, end, name);
                            byte[] bytes = name.pendingBytes();
                            name.undo();
                            out.writer().putBytes(bytes, 0, bytes.length);
                        });
        if (isObject) {
            out.endNested();
        }
    }

    private enum Form {
        VALUE,
        OBJECT,
        ARRAY,
        ARRAY_OF_KNOWN
    }

    /// Writes the arguments of each row.
    private static final class Building implements ScalarLoop {
        private final Form form;
        private final Type result;
        private final ValueLanes[] lanes;
        private final JsonWriter[] writers;
        private final LaneValidity validity = new LaneValidity();
        private final TextOutput out = new TextOutput();

        Building(CallSite site, Form form) {
            this.form = form;
            this.result = site.result();
            ZoneClock clock = new ZoneClock(site.context().zone());
            lanes = new ValueLanes[site.arity()];
            writers = new JsonWriter[site.arity()];
            for (int i = 0; i < lanes.length; i++) {
                lanes[i] = new ValueLanes(site.argument(i), clock);
                writers[i] = new JsonWriter(site.argument(i), clock);
            }
        }

        @Override
        public Vector evaluate(List<Vector> arguments, int size, @Nullable Selection selection) {
            for (int i = 0; i < lanes.length; i++) {
                if (form == Form.VALUE
                        && arguments.get(i) instanceof ConstantVector constant
                        && constant.value().isNull()) {
                    return new ConstantVector(result, size, Value.NULL);
                }
                lanes[i].read(arguments.get(i), size);
            }
            long @Nullable [] valid = form == Form.VALUE ? validity.ofAll(arguments, size) : null;
            out.begin(size);
            Selection live = validity.live(valid, size, selection);
            for (int i = 0; i < live.count(); i++) {
                int row = live.rows()[i];
                switch (form) {
                    case VALUE -> writers[0].value(out, lanes[0], row);
                    case OBJECT -> object(row);
                    case ARRAY, ARRAY_OF_KNOWN -> array(row);
                }
                out.end(row);
            }
            return out.vector(result, size, valid);
        }

        private void object(int row) {
            out.append('{');
            for (int i = 0; i < lanes.length; i += 2) {
                if (lanes[i].isNull(row)) {
                    throw new BasaltException(
                            ErrorCode.INVALID_ARGUMENT, "a name in a JSON object is NULL");
                }
                out.append(i == 0 ? "" : ", ");
                writers[i].string(out, lanes[i], row);
                out.append(": ");
                writers[i + 1].value(out, lanes[i + 1], row);
            }
            out.append('}');
        }

        private void array(int row) {
            out.append('[');
            boolean isFirst = true;
            for (int i = 0; i < lanes.length; i++) {
                if (form == Form.ARRAY_OF_KNOWN && lanes[i].isNull(row)) {
                    continue;
                }
                out.append(isFirst ? "" : ", ");
                writers[i].value(out, lanes[i], row);
                isFirst = false;
            }
            out.append(']');
        }
    }
}
