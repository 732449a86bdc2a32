package io.basaltdb.query.function;

import io.basaltdb.query.kernel.Utf8;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// LENGTH: number of characters, eight bytes at a time.
final class LengthLoop extends StrictLoop {
    private final BytesLanes texts = new BytesLanes();
    private long[] out = new long[0];

    LengthLoop() {
        super(Type.INTEGER);
    }

    @Override
    Vector compute(
            List<Vector> arguments,
            int size,
            @Nullable Selection selection,
            long @Nullable [] valid) {
        texts.read(arguments.getFirst(), size);
        out = Scratch.longs(out, size);
        Utf8.lengths(texts.heap(), texts.start(), texts.length(), out, size);
        // A text has at most 2^24 bytes.
        return new LongVector(type, size, out, valid, 25);
    }
}
