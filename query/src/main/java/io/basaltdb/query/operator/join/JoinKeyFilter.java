package io.basaltdb.query.operator.join;

import io.basaltdb.query.operator.DynamicFilter;
import io.basaltdb.storage.type.Ranges;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a finished build side says of one of the probe's key columns: its least and greatest value, and, where few of the values between
/// them occur, which do. Only for joins that drop probe rows without a match.
final class JoinKeyFilter implements DynamicFilter {
    private final JoinBuild build;
    private final int key;
    private @Nullable Ranges ranges;

    JoinKeyFilter(JoinBuild build, int key) {
        this.build = build;
        this.key = key;
    }

    @Override
    public synchronized @Nullable Ranges ranges() {
        if (ranges == null && field() instanceof KeyForm.Packed.Field(long min, long range, _)) {
            ranges =
                    build.rows().rowCount() == 0
                            ? new Ranges(List.of(), false)
                            : Ranges.of(
                                    new Ranges.Interval(
                                            Value.of(min), true, Value.of(min + range), true));
        }
        return ranges;
    }

    private KeyForm.Packed.@Nullable Field field() {
        return build.isFinished() && build.form() instanceof KeyForm.Packed packed
                ? packed.fields().get(key)
                : null;
    }

    @Override
    public @Nullable Selection select(Vector values, @Nullable Selection among, int[] scratch) {
        KeyBitmap bitmap = build.isFinished() ? build.bitmap(key) : null;
        return bitmap != null
                        && values
                                instanceof LongVector(_, int size, long[] keys, long[] validity, _)
                ? bitmap.select(keys, validity, among, size, scratch)
                : null;
    }
}
