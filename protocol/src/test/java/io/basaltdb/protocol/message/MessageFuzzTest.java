package io.basaltdb.protocol.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.basaltdb.protocol.frame.Frame;
import io.basaltdb.protocol.frame.FrameBuffer;
import io.basaltdb.protocol.frame.FrameDecoder;
import io.basaltdb.protocol.frame.FrameType;
import io.basaltdb.protocol.frame.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class MessageFuzzTest {
    private static final long SEED = Long.getLong("test.seed", 20261122L);

    private static final List<Function<Frame, Object>> READERS =
            List.of(
                    ClientHello::read,
                    Welcome::read,
                    Query::read,
                    Credit::read,
                    Prepare::read,
                    CloseStatement::read,
                    InsertBegin::read,
                    InsertEnd::read,
                    Meta::read,
                    Complete::read,
                    Progress::read,
                    Done::read,
                    Failure::read);

    @Test
    void randomPayloadsAreReadOrRefused() {
        Random random = new Random(SEED);
        for (int i = 0; i < 100_000; i++) {
            byte[] payload = new byte[random.nextInt(80)];
            random.nextBytes(payload);
            for (int j = 0; j < payload.length; j++) {
                payload[j] = random.nextInt(3) == 0 ? payload[j] : (byte) random.nextInt(3);
            }
            Frame frame = new Frame(FrameType.QUERY.code(), 0, 1, payload, payload.length);
            try {
                var _ = READERS.get(i % READERS.size()).apply(frame);
            } catch (ProtocolException expected) {
                // The only way to refuse.
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + SEED + ", round " + i, e);
            }
        }
    }

    @Test
    void fieldsComeBack() {
        FrameBuffer out = new FrameBuffer(64);
        new Query("SELECT ?", 3, 4, 5, 6, Map.of("k", "v"), new byte[] {1, 2}).write(out, 9);
        new Meta(Meta.COLUMNS, null, "t%", "").write(out, 10);
        new Failure("42601", "SYNTAX", "m", "h", 2, 3).write(out, 11);
        FrameDecoder decoder = new FrameDecoder();
        ByteBuffer input = ByteBuffer.wrap(out.toByteArray());
        Query query = Query.read(decoder.next(input));
        assertEquals("SELECT ?", query.sql());
        assertEquals(3, query.statement());
        assertEquals(4, query.credit());
        assertEquals(5, query.maxRows());
        assertEquals(6, query.timeoutMillis());
        assertEquals(Map.of("k", "v"), query.settings());
        assertArrayEquals(
                new byte[] {1, 2},
                Arrays.copyOfRange(
                        query.parameterBytes(), query.parametersStart(), query.parametersEnd()));
        Meta meta = Meta.read(decoder.next(input));
        assertEquals(Meta.COLUMNS, meta.kind());
        assertEquals(null, meta.pattern(0));
        assertEquals("t%", meta.pattern(1));
        assertEquals("", meta.pattern(2));
        assertEquals(null, meta.pattern(3));
        Failure failure = Failure.read(decoder.next(input));
        assertEquals(2, failure.line());
        assertEquals(3, failure.column());
    }

    @Test
    void versionsAreNegotiated() {
        assertEquals(1, Version.negotiate(1, 1));
        assertEquals(1, Version.negotiate(1, 9));
        assertEquals(Version.NONE, Version.negotiate(2, 9));
        assertEquals(Version.NONE, Version.negotiate(0, 0));
    }
}
