package io.basaltdb.query.expression;

import io.basaltdb.query.function.BitLanes;
import io.basaltdb.query.function.BytesLanes;
import io.basaltdb.query.function.DoubleLanes;
import io.basaltdb.query.function.LongLanes;
import io.basaltdb.query.function.NestedText;
import io.basaltdb.query.function.TextFormat;
import io.basaltdb.query.function.TextOutput;
import io.basaltdb.query.function.WideLanes;
import io.basaltdb.query.function.ZoneClock;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// Any type to TEXT.
final class ToTextCast extends CastLoop {
    private final ZoneClock clock;
    private final @Nullable NestedText nested;
    private final LongLanes longs = new LongLanes();
    private final DoubleLanes doubles = new DoubleLanes();
    private final WideLanes wide = new WideLanes();
    private final BitLanes bits = new BitLanes();
    private final BytesLanes bytes = new BytesLanes();
    private final TextOutput out = new TextOutput();

    ToTextCast(Type from, boolean orNull, ZoneId zone) {
        super(from, Type.TEXT, orNull);
        this.clock = new ZoneClock(zone);
        this.nested = from instanceof Type.Nested ? new NestedText(from, clock) : null;
    }

    @Override
    Vector convert(Vector vector, int lanes, @Nullable Selection selection) {
        Selection rows = rows(lanes, selection);
        out.begin(lanes);
        switch (from.physical()) {
            case LONG -> wholes(longs.read(vector, lanes), rows);
            case WIDE -> {
                if (vector instanceof LongVector) {
                    wholes(longs.read(vector, lanes), rows);
                } else {
                    wides(vector, lanes, rows);
                }
            }
            case DOUBLE -> floats(doubles.read(vector, lanes), rows);
            case BITS -> booleans(bits.read(vector, lanes), rows);
            case BYTES -> runs(vector, lanes, rows);
        }
        return out.vector(lanes, validity());
    }

    private void wholes(long[] values, Selection rows) {
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.rows()[i];
            TextFormat.whole(out, values[row], from, clock);
            out.end(row);
        }
    }

    private void wides(Vector vector, int lanes, Selection rows) {
        wide.read(vector, lanes);
        if (!(from instanceof Type.Decimal decimal)) {
            opaque(rows);
            return;
        }
        int scale = decimal.scale();
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.rows()[i];
            TextFormat.decimal(out, wide.get(row), scale);
            out.end(row);
        }
    }

    private void opaque(Selection rows) {
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.rows()[i];
            TextFormat.wide(out, wide.high()[row], wide.low()[row], from);
            out.end(row);
        }
    }

    private void runs(Vector vector, int lanes, Selection rows) {
        bytes.read(vector, lanes);
        if (nested != null) {
            for (int i = 0; i < rows.count(); i++) {
                int row = rows.rows()[i];
                nested.value(out, bytes.heap(), bytes.start()[row]);
                out.end(row);
            }
            return;
        }
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.rows()[i];
            TextFormat.bytes(out, bytes.heap(), bytes.start()[row], bytes.length()[row], from);
            out.end(row);
        }
    }

    private void floats(double[] values, Selection rows) {
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.rows()[i];
            TextFormat.floating(out, values[row], from instanceof Type.Real);
            out.end(row);
        }
    }

    private void booleans(long[] words, Selection rows) {
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.rows()[i];
            TextFormat.bool(out, (words[row >> 6] >>> row & 1) != 0);
            out.end(row);
        }
    }
}
