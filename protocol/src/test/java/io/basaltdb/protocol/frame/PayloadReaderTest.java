package io.basaltdb.protocol.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/// Strings of payloads: what is UTF-8 comes as it was written, the stand-in for what is not among it; what is not is refused.
final class PayloadReaderTest {
    private static PayloadReader reader(FrameBuffer payload) {
        return new Frame(FrameType.QUERY.code(), 0, 3, payload.array(), payload.size()).reader();
    }

    @Test
    void readsStringsAsTheyWereWritten() {
        for (String value : new String[] {"", "abc", "\uFFFD", "a\uFFFDb", "\u00E9\uD83D\uDE00"}) {
            FrameBuffer out = new FrameBuffer(64);
            out.putString(value);

            assertEquals(value, reader(out).readString());
        }
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        for (int first : new int[] {0x80, 0xED, 0xFF}) {
            FrameBuffer out = new FrameBuffer(64);
            out.putBytes(new byte[] {'a', (byte) first, (byte) 0xA0});
            ProtocolException refused =
                    assertThrows(ProtocolException.class, () -> reader(out).readString());

            assertTrue(refused.getMessage().contains("QUERY frame on stream 3"));
            assertTrue(refused.getMessage().contains("not UTF-8"));
        }
    }
}
