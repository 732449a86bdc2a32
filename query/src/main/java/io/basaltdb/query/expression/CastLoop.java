package io.basaltdb.query.expression;

import io.basaltdb.query.function.LaneValidity;
import io.basaltdb.query.function.ScalarLoop;
import io.basaltdb.query.function.TextFormat;
import io.basaltdb.query.function.TextOutput;
import io.basaltdb.query.function.ZoneClock;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The frame of all conversions: which rows count, and what becomes of one that cannot be converted, an error or NULL.
abstract class CastLoop implements ScalarLoop {
    final Type from;
    final Type to;
    private final boolean orNull;
    private final LaneValidity live = new LaneValidity();
    private final LaneValidity own = new LaneValidity();
    private long @Nullable [] valid;
    private int size;

    CastLoop(Type from, Type to, boolean orNull) {
        this.from = from;
        this.to = to;
        this.orNull = orNull;
    }

    @Override
    public final Vector evaluate(List<Vector> arguments, int lanes, @Nullable Selection selection) {
        Vector vector = arguments.getFirst();
        size = lanes;
        valid = vector.validity();
        return convert(vector, lanes, selection);
    }

    abstract Vector convert(Vector vector, int lanes, @Nullable Selection selection);

    /// Rows that must be right.
    final Selection rows(int lanes, @Nullable Selection selection) {
        return live.live(valid, lanes, selection);
    }

    /// Validity of the result, as far as it is known.
    final long @Nullable [] validity() {
        return valid;
    }

    /// The row cannot be converted: raises, or makes it NULL.
    final void fail(int row, ErrorCode code, Vector vector) {
        if (!orNull) {
            throw new BasaltException(code, message(code, LaneValue.at(vector, row)));
        }
        long[] words = own.writable(valid, size);
        Validity.setNull(words, row);
        valid = words;
    }

    private String message(ErrorCode code, Value value) {
        TextOutput text = new TextOutput();
        text.begin(1);
        TextFormat.value(text, value, from, new ZoneClock(ZoneOffset.UTC));
        String shown = text.pendingText();
        String cut = shown.length() > 100 ? shown.substring(0, 100) + "…" : shown;
        if (to instanceof Type.Enumeration labels && from instanceof Type.Text) {
            return LabelPlaces.unknown(shown, cut, labels);
        }
        if (to instanceof Type.Inet && from instanceof Type.Text) {
            return "\""
                    + cut
                    + "\" is not a valid INET; an address is written like 192.0.2.1 or 2001:db8::1, a network with the length of its prefix behind it, 192.0.2.0/24";
        }
        return from instanceof Type.Text
                ? "\"" + cut + "\" is not a valid " + to.sql()
                : code == ErrorCode.NUMERIC_OUT_OF_RANGE || code == ErrorCode.DATETIME_OVERFLOW
                        ? to.sql() + " out of range: " + cut
                        : from.sql() + " " + cut + " cannot be converted to " + to.sql();
    }
}
