package io.basaltdb.embedded.rows;

import io.basaltdb.protocol.ipc.WireType;
import io.basaltdb.query.expression.Casts;
import io.basaltdb.query.function.ScalarLoop;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A column whose type the wire does not carry: each value goes as the text that CAST gives, and the field's metadata say the type.
final class SpelledColumn extends ColumnEncoder {
    private final ScalarLoop spelling;

    SpelledColumn(Type type) {
        super(WireType.UTF8);
        this.spelling = Casts.loop(type, Type.TEXT, false, ZoneOffset.UTC);
    }

    @Override
    void append(Vector vector, int @Nullable [] selection, int from, int to) {
        if (to > from) {
            Selection rows = rows(selection, from, to);
            BytesVector texts =
                    (BytesVector) spelling.evaluate(List.of(vector), vector.size(), rows);
            super.append(texts, rows.rows(), 0, rows.count());
        }
    }

    private static Selection rows(int @Nullable [] selection, int from, int to) {
        int[] rows =
                selection == null ? new int[to - from] : Arrays.copyOfRange(selection, from, to);
        for (int i = 0; selection == null && i < rows.length; i++) {
            rows[i] = from + i;
        }
        return new Selection(rows, rows.length);
    }
}
