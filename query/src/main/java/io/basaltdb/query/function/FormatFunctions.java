package io.basaltdb.query.function;

import static io.basaltdb.query.function.Definition.define;

import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Texts with values in the places that a template has for them.
final class FormatFunctions {
    private FormatFunctions() {}

    static List<Definition> all() {
        return List.of(
                define(
                                "format",
                                "the template with the values in its places: %s, %I, %L as in PostgreSQL, or {} as in DuckDB and ClickHouse; NULL as nothing",
                                FormatFunctions::text,
                                site -> new Formatting(site, false))
                        .volatility(Volatility.STABLE)
                        .notStrict()
                        .fallible(),
                define(
                                "printf",
                                "the template with the values in its places, which are those of C: %d, %s, %5.2f",
                                FormatFunctions::text,
                                site -> new Formatting(site, true))
                        .volatility(Volatility.STABLE)
                        .fallible());
    }

    private static @Nullable Type text(List<Type> arguments) {
        return !arguments.isEmpty() && arguments.getFirst() instanceof Type.Text ? Type.TEXT : null;
    }

    private static final class Formatting implements ScalarLoop {
        private final boolean isPrintf;
        private final Type result;
        private final ValueLanes[] lanes;
        private final LaneValidity validity = new LaneValidity();
        private final TextOutput out = new TextOutput();
        private byte[] template = {};
        private @Nullable List<FormatPiece> pieces;

        Formatting(CallSite site, boolean isPrintf) {
            this.isPrintf = isPrintf;
            this.result = site.result();
            ZoneClock clock = new ZoneClock(site.context().zone());
            lanes =
                    site.arguments().stream()
                            .map(type -> new ValueLanes(type, clock))
                            .toArray(ValueLanes[]::new);
        }

        @Override
        public Vector evaluate(List<Vector> arguments, int size, @Nullable Selection selection) {
            int strict = isPrintf ? arguments.size() : 1;
            for (int i = 0; i < lanes.length; i++) {
                if (i < strict
                        && arguments.get(i) instanceof ConstantVector constant
                        && constant.value().isNull()) {
                    return new ConstantVector(result, size, Value.NULL);
                }
                lanes[i].read(arguments.get(i), size);
            }
            long @Nullable [] valid = validity.ofAll(arguments.subList(0, strict), size);
            out.begin(size);
            Selection live = validity.live(valid, size, selection);
            for (int i = 0; i < live.count(); i++) {
                int row = live.rows()[i];
                for (FormatPiece piece : pieces(row)) {
                    piece.write(out, lanes, row);
                }
                out.end(row);
            }
            return out.vector(result, size, valid);
        }

        /// The template of the row, read again only where it is another one.
        private List<FormatPiece> pieces(int row) {
            ValueLanes texts = lanes[0];
            int start = texts.start(row);
            int end = start + texts.length(row);
            List<FormatPiece> known = pieces;
            if (known != null
                    && Arrays.equals(texts.heap(), start, end, template, 0, template.length)) {
                return known;
            }
            template = Arrays.copyOfRange(texts.heap(), start, end);
            String text = new String(template, StandardCharsets.UTF_8);
            List<FormatPiece> read =
                    isPrintf
                            ? FormatTemplate.printf(text, lanes.length - 1)
                            : FormatTemplate.format(text, lanes.length - 1);
            pieces = read;
            return read;
        }
    }
}
