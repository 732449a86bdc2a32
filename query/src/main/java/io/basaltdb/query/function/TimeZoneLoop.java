package io.basaltdb.query.function;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `t AT TIME ZONE zone`: the instant that a local time of the zone means, or the local time there of an instant.
final class TimeZoneLoop extends StrictLoop {
    private static final int ZONE = 0;
    private static final int TIME = 1;

    private final ZoneClock clock;
    private final boolean toInstant;
    private final long ticksPerSecond;
    private final LongLanes lanes = new LongLanes();
    private long[] out = new long[0];

    TimeZoneLoop(CallSite site) {
        super(site.result());
        this.clock = new ZoneClock(zone(site.constant(ZONE)));
        this.toInstant = site.result() instanceof Type.TimestampTz;
        this.ticksPerSecond =
                site.argument(TIME) instanceof Type.Timestamp local
                        ? local.unitsPerSecond()
                        : ((Type.TimestampTz) site.argument(TIME)).unitsPerSecond();
    }

    /// The type of the result for (zone, time); null where they are something else.
    static @Nullable Type resultType(List<Type> arguments) {
        if (arguments.size() != 2 || !(arguments.get(ZONE) instanceof Type.Text)) {
            return null;
        }
        return switch (arguments.get(TIME)) {
            case Type.Timestamp(int precision) -> new Type.TimestampTz(precision);
            case Type.TimestampTz(int precision) -> new Type.Timestamp(precision);
            default -> null;
        };
    }

    private static ZoneId zone(@Nullable Value constant) {
        if (constant == null) {
            throw new BasaltException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "the zone of AT TIME ZONE must be a text in quotes, the same in every row");
        }
        // NULL gives NULL in every row, whatever the zone.
        String name =
                constant instanceof Value.Bytes(byte[] bytes)
                        ? new String(bytes, StandardCharsets.UTF_8)
                        : "UTC";
        try {
            return ZoneId.of(name.strip(), ZoneId.SHORT_IDS);
        } catch (DateTimeException e) {
            throw new BasaltException(
                    ErrorCode.INVALID_PARAMETER,
                    "there is no time zone '"
                            + name
                            + "'; write a name such as 'Europe/Berlin' or an offset such as '+02:00'",
                    e);
        }
    }

    @Override
    Vector compute(
            List<Vector> arguments,
            int size,
            @Nullable Selection selection,
            long @Nullable [] valid) {
        long[] times = lanes.read(arguments.get(TIME), size);
        out = Scratch.longs(out, size);
        Selection live = live(size, selection, valid);
        for (int i = 0; i < live.count(); i++) {
            int row = live.rows()[i];
            out[row] =
                    toInstant
                            ? clock.toInstant(times[row], ticksPerSecond)
                            : clock.toLocal(times[row], ticksPerSecond);
        }
        return new LongVector(type, size, out, valid);
    }
}
