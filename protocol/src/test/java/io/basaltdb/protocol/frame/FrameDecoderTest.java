package io.basaltdb.protocol.frame;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameDecoderTest {
    private static final long SEED = Long.getLong("test.seed", 20261122L);

    @Test
    void framesSurviveAnyCut() {
        Random random = new Random(SEED);
        FrameBuffer out = new FrameBuffer(64);
        List<byte[]> payloads = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            byte[] payload =
                    new byte
                            [random.nextInt(10) == 0
                                    ? random.nextInt(200_000)
                                    : random.nextInt(50)];
            random.nextBytes(payload);
            payloads.add(payload);
            out.begin(FrameType.DATA, i & 0x7F, i);
            out.putRaw(payload, 0, payload.length);
            out.end();
        }
        FrameDecoder decoder = new FrameDecoder();
        decoder.setLimit(Limits.FRAME_BYTES);
        byte[] bytes = out.toByteArray();
        int next = 0;
        for (int at = 0; at < bytes.length; ) {
            int count =
                    Math.min(
                            bytes.length - at,
                            1 + random.nextInt(random.nextBoolean() ? 5 : 70_000));
            ByteBuffer input = ByteBuffer.wrap(bytes, at, count);
            for (Frame frame = decoder.next(input); frame != null; frame = decoder.next(input)) {
                assertEquals(next, frame.stream());
                assertEquals(next & 0x7F, frame.flags());
                assertArrayEquals(
                        payloads.get(next),
                        Arrays.copyOf(frame.payload(), frame.length()),
                        "seed " + SEED);
                next++;
            }
            assertEquals(0, input.remaining());
            at += count;
        }
        assertEquals(200, next);
    }

    @Test
    void hostileLengthsCostNothing() {
        int[] hostile = {
            -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 0x40000000, Limits.FRAME_BYTES + 1
        };
        for (int length : hostile) {
            FrameDecoder decoder = new FrameDecoder();
            decoder.setLimit(Limits.FRAME_BYTES);
            ByteBuffer header = ByteBuffer.wrap(header(length));
            ProtocolException e = assertThrows(ProtocolException.class, () -> decoder.next(header));
            assertTrue(e.getMessage().contains("at most 16777216"), e.getMessage());
        }
    }

    @Test
    void beforeLoginFramesAreSmall() {
        ByteBuffer header = ByteBuffer.wrap(header(Limits.FRAME_BYTES_BEFORE_LOGIN + 1));
        assertThrows(ProtocolException.class, () -> new FrameDecoder().next(header));
    }

    /// A hundred thousand headers that announce the largest frame: what each keeps is small.
    @Test
    void announcedBytesAreNotAllocated() {
        List<FrameDecoder> decoders = new ArrayList<>();
        long before = usedBytes();
        for (int i = 0; i < 1_000; i++) {
            FrameDecoder decoder = new FrameDecoder();
            decoder.setLimit(Limits.FRAME_BYTES);
            assertNull(decoder.next(ByteBuffer.wrap(header(Limits.FRAME_BYTES))));
            decoders.add(decoder);
        }
        long grown = usedBytes() - before;
        assertTrue(grown < 200L << 20, grown + " bytes for " + decoders.size() + " headers");
    }

    private static long usedBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static byte[] header(int length) {
        byte[] header = new byte[Frame.HEADER_BYTES];
        LittleEndian.putInt(header, 0, length);
        return header;
    }

    @Test
    void payloadFieldsAreChecked() {
        FrameBuffer out = new FrameBuffer(64);
        out.begin(FrameType.PREPARE, 0, 1);
        out.putInt(1);
        out.putInt(1_000);
        out.end();
        Frame frame = new FrameDecoder().next(ByteBuffer.wrap(out.toByteArray()));
        assertNotNull(frame);
        PayloadReader reader = frame.reader();
        assertEquals(1, reader.readInt());
        assertThrows(ProtocolException.class, reader::readString);
        PayloadReader strings = frame.reader();
        strings.readInt();
        assertThrows(ProtocolException.class, strings::readStrings);
    }
}
