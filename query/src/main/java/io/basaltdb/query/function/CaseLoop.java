package io.basaltdb.query.function;

import io.basaltdb.query.kernel.Utf8;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// UPPER and LOWER: ASCII by bytes, the rest by characters.
final class CaseLoop extends StrictLoop {
    private final boolean toUpper;
    private final CaseChange change;
    private final BytesLanes texts = new BytesLanes();
    private final TextOutput out = new TextOutput();
    private byte[] changed = new byte[256];

    CaseLoop(boolean toUpper) {
        super(Type.TEXT);
        this.toUpper = toUpper;
        this.change = new CaseChange(toUpper);
    }

    @Override
    Vector compute(
            List<Vector> arguments,
            int size,
            @Nullable Selection selection,
            long @Nullable [] valid) {
        texts.read(arguments.getFirst(), size);
        byte[] heap = texts.heap();
        out.begin(size);
        Selection live = live(size, selection, valid);
        for (int i = 0; i < live.count(); i++) {
            int row = live.rows()[i];
            int start = texts.start()[row];
            int length = texts.length()[row];
            if (Utf8.isAscii(heap, start, length)) {
                if (changed.length < length) {
                    changed = new byte[length * 2];
                }
                Utf8.changeCase(heap, start, length, changed, 0, toUpper);
                out.append(changed, 0, length);
            } else {
                change.append(heap, start, length, out);
            }
            out.end(row);
        }
        return out.vector(size, valid);
    }
}
