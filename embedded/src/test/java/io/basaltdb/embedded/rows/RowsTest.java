package io.basaltdb.embedded.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.basaltdb.storage.type.Type;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RowsTest {
    private static final long SEED = Long.getLong("test.seed", 20261122L);

    /// The JDK's decoder is the oracle.
    @Test
    void utf8IsCheckedAsTheJdkDoes() {
        Random random = new Random(SEED);
        int[] leads = {
            0x00, 0x7F, 0x80, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xED, 0xEF, 0xF0, 0xF1,
            0xF4, 0xF5, 0xFF, 0x9F, 0xA0, 0x8F, 0x90
        };
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = new byte[random.nextInt(7)];
            for (int j = 0; j < bytes.length; j++) {
                bytes[j] = (byte) leads[random.nextInt(leads.length)];
            }
            assertEquals(
                    decodes(bytes),
                    Utf8Check.isValid(bytes, 0, bytes.length),
                    "seed " + SEED + " " + java.util.Arrays.toString(bytes));
        }
    }

    private static boolean decodes(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    @Test
    void intervalsReadAsInPostgres() {
        assertEquals("1 year 2 mons", months(14));
        assertEquals("-1 year -2 mons", months(-14));
        assertEquals("2 years", months(24));
        assertEquals("0 mons", months(0));
        assertEquals("3 days 04:05:06.5", micros(273_906_500_000L));
        assertEquals("1 day", micros(86_400_000_000L));
        assertEquals("-00:00:01", micros(-1_000_000L));
        assertEquals("00:00:00", micros(0));
    }

    private static String months(long value) {
        return IntervalText.of(Type.Interval.Unit.MONTHS, value);
    }

    private static String micros(long value) {
        return IntervalText.of(Type.Interval.Unit.MICROSECONDS, value);
    }
}
