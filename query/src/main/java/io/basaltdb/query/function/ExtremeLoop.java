package io.basaltdb.query.function;

import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// GREATEST and LEAST of arguments of one type. NULLs are left out; of nothing but NULLs the result is NULL.
final class ExtremeLoop implements ScalarLoop {
    private final Type type;
    private final boolean isGreatest;
    private final LongLanes[] longs;
    private final DoubleLanes[] doubles;
    private final WideLanes[] wide;
    private final BitLanes[] bits;
    private final BytesLanes[] bytes;
    private final long[][] wholes;
    private final double[][] floats;
    private final LaneValidity validity = new LaneValidity();
    private final TextOutput text = new TextOutput();
    private long[] valid = new long[0];
    private long[] out = new long[0];
    private long[] outHigh = new long[0];
    private double[] outDoubles = new double[0];

    ExtremeLoop(CallSite site, boolean isGreatest) {
        this.type = site.result();
        this.isGreatest = isGreatest;
        int count = site.arity();
        longs = new LongLanes[count];
        doubles = new DoubleLanes[count];
        wide = new WideLanes[count];
        bits = new BitLanes[count];
        bytes = new BytesLanes[count];
        wholes = new long[count][0];
        floats = new double[count][0];
        for (int i = 0; i < count; i++) {
            longs[i] = new LongLanes();
            doubles[i] = new DoubleLanes();
            wide[i] = new WideLanes();
            bits[i] = new BitLanes();
            bytes[i] = new BytesLanes();
        }
    }

    @Override
    public Vector evaluate(List<Vector> arguments, int size, @Nullable Selection selection) {
        for (int i = 0; i < arguments.size(); i++) {
            read(i, arguments.get(i), size);
        }
        claim(size);
        Selection live = validity.live(null, size, selection);
        for (int i = 0; i < live.count(); i++) {
            int row = live.rows()[i];
            int best = -1;
            for (int argument = 0; argument < arguments.size(); argument++) {
                if (Validity.isValid(arguments.get(argument).validity(), row)
                        && (best < 0 || isBetter(argument, best, row))) {
                    best = argument;
                }
            }
            if (best >= 0) {
                Validity.setValid(valid, row);
                write(best, row);
            }
        }
        return switch (type.physical()) {
            case LONG -> new LongVector(type, size, out, valid);
            case WIDE -> new WideVector(type, size, outHigh, out, valid);
            case DOUBLE -> new DoubleVector(type, size, outDoubles, valid);
            case BITS -> new BitVector(type, size, out, valid);
            case BYTES -> text.vector(size, valid);
        };
    }

    private void claim(int size) {
        valid = Scratch.longs(valid, Validity.words(size));
        Arrays.fill(valid, 0, Validity.words(size), 0);
        out = Scratch.longs(out, size);
        switch (type.physical()) {
            case LONG, BITS -> {}
            case WIDE -> outHigh = Scratch.longs(outHigh, size);
            case DOUBLE -> outDoubles = Scratch.doubles(outDoubles, size);
            case BYTES -> text.begin(size);
        }
    }

    private void read(int argument, Vector vector, int size) {
        if (vector instanceof ConstantVector constant && constant.value().isNull()) {
            return;
        }
        switch (type.physical()) {
            case LONG -> wholes[argument] = longs[argument].read(vector, size);
            case WIDE -> wide[argument].read(vector, size);
            case DOUBLE -> floats[argument] = doubles[argument].read(vector, size);
            case BITS -> wholes[argument] = bits[argument].read(vector, size);
            case BYTES -> bytes[argument].read(vector, size);
        }
    }

    private boolean isBetter(int argument, int best, int row) {
        int order = compare(argument, best, row);
        return isGreatest ? order > 0 : order < 0;
    }

    private int compare(int a, int b, int row) {
        return switch (type.physical()) {
            case LONG -> Long.compare(wholes[a][row], wholes[b][row]);
            case DOUBLE -> Value.compareDoubles(floats[a][row], floats[b][row]);
            case WIDE -> {
                int high = Long.compare(wide[a].high()[row], wide[b].high()[row]);
                yield high != 0
                        ? high
                        : Long.compareUnsigned(wide[a].low()[row], wide[b].low()[row]);
            }
            case BITS -> Long.compare(bit(a, row), bit(b, row));
            case BYTES ->
                    Arrays.compareUnsigned(
                            bytes[a].heap(),
                            bytes[a].start()[row],
                            bytes[a].start()[row] + bytes[a].length()[row],
                            bytes[b].heap(),
                            bytes[b].start()[row],
                            bytes[b].start()[row] + bytes[b].length()[row]);
        };
    }

    private long bit(int argument, int row) {
        return wholes[argument][row >> 6] >>> row & 1;
    }

    private void write(int argument, int row) {
        switch (type.physical()) {
            case LONG -> out[row] = wholes[argument][row];
            case DOUBLE -> outDoubles[row] = floats[argument][row];
            case WIDE -> {
                out[row] = wide[argument].low()[row];
                outHigh[row] = wide[argument].high()[row];
            }
            case BITS -> out[row >> 6] = (out[row >> 6] & ~(1L << row)) | bit(argument, row) << row;
            case BYTES -> {
                BytesLanes lanes = bytes[argument];
                text.append(lanes.heap(), lanes.start()[row], lanes.length()[row]);
                text.end(row);
            }
        }
    }
}
