package io.basaltdb.query.function;

import io.basaltdb.storage.type.Physical;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Texts one behind the other; what is not text is written as CAST to TEXT writes it.
final class ConcatLoop implements ScalarLoop {
    /// What a NULL argument does.
    enum Nulls {
        /// Makes the result NULL.
        STRICT,
        /// Is left out.
        SKIPPED,
        /// Is left out, with its separator; a NULL separator makes the result NULL.
        SEPARATED
    }

    private final Nulls nulls;
    private final List<Type> types;
    private final Type result;
    private final BytesLanes[] texts;
    private final LongLanes[] longs;
    private final DoubleLanes[] doubles;
    private final WideLanes[] wide;
    private final BitLanes[] bits;
    private final long[][] words;
    private final long[][] wholes;
    private final double[][] floats;
    private final ZoneClock clock;
    private final LaneValidity validity = new LaneValidity();
    private final TextOutput out = new TextOutput();

    ConcatLoop(CallSite site, Nulls nulls) {
        this.nulls = nulls;
        this.types = site.arguments();
        this.result = site.result();
        int count = site.arity();
        this.texts = new BytesLanes[count];
        this.longs = new LongLanes[count];
        this.doubles = new DoubleLanes[count];
        this.wide = new WideLanes[count];
        this.bits = new BitLanes[count];
        this.words = new long[count][0];
        this.wholes = new long[count][0];
        this.floats = new double[count][0];
        for (int i = 0; i < count; i++) {
            texts[i] = new BytesLanes();
            longs[i] = new LongLanes();
            doubles[i] = new DoubleLanes();
            wide[i] = new WideLanes();
            bits[i] = new BitLanes();
        }
        this.clock = new ZoneClock(site.context().zone());
    }

    @Override
    public Vector evaluate(List<Vector> arguments, int size, @Nullable Selection selection) {
        for (int i = 0; i < arguments.size(); i++) {
            boolean decides = nulls == Nulls.STRICT || (nulls == Nulls.SEPARATED && i == 0);
            if (decides
                    && arguments.get(i) instanceof ConstantVector constant
                    && constant.value().isNull()) {
                return new ConstantVector(result, size, Value.NULL);
            }
            read(i, arguments.get(i), size);
        }
        long[] valid =
                switch (nulls) {
                    case STRICT -> validity.ofAll(arguments, size);
                    case SKIPPED -> null;
                    case SEPARATED -> arguments.getFirst().validity();
                };
        out.begin(size);
        Selection live = validity.live(valid, size, selection);
        for (int i = 0; i < live.count(); i++) {
            int row = live.rows()[i];
            write(arguments, row);
            out.end(row);
        }
        return out.vector(result, size, valid);
    }

    private void read(int argument, Vector vector, int size) {
        if (vector instanceof ConstantVector constant && constant.value().isNull()) {
            return;
        }
        switch (types.get(argument).physical()) {
            case LONG -> wholes[argument] = longs[argument].read(vector, size);
            case DOUBLE -> floats[argument] = doubles[argument].read(vector, size);
            case WIDE -> wide[argument].read(vector, size);
            case BITS -> words[argument] = bits[argument].read(vector, size);
            case BYTES -> texts[argument].read(vector, size);
        }
    }

    private void write(List<Vector> arguments, int row) {
        int first = nulls == Nulls.SEPARATED ? 1 : 0;
        boolean isFirst = true;
        for (int i = first; i < types.size(); i++) {
            if (!Validity.isValid(arguments.get(i).validity(), row)) {
                continue;
            }
            if (nulls == Nulls.SEPARATED && !isFirst) {
                write(0, row);
            }
            write(i, row);
            isFirst = false;
        }
    }

    /// In a concatenation of bytes these stand as they are.
    private Type textType(Type type) {
        return result instanceof Type.Text ? type : Type.TEXT;
    }

    private void write(int argument, int row) {
        Type type = types.get(argument);
        if (type.physical() == Physical.BYTES) {
            BytesLanes lanes = texts[argument];
            TextFormat.bytes(
                    out,
                    lanes.heap(),
                    lanes.start()[row],
                    lanes.length()[row],
                    textType(type),
                    clock);
            return;
        }
        if (type instanceof Type.Uuid) {
            TextFormat.uuid(out, wide[argument].high()[row], wide[argument].low()[row]);
            return;
        }
        switch (type.physical()) {
            case LONG -> TextFormat.whole(out, wholes[argument][row], type, clock);
            case DOUBLE ->
                    TextFormat.floating(out, floats[argument][row], type instanceof Type.Real);
            case WIDE -> TextFormat.decimal(out, wide[argument].get(row), Numbers.scale(type));
            case BITS -> TextFormat.bool(out, (words[argument][row >> 6] >>> row & 1) != 0);
            case BYTES -> throw new AssertionError();
        }
    }
}
