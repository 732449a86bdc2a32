package io.basaltdb.query.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/// What is UTF-8, against the decoder of the JDK.
final class Utf8Test {
    private static final int[] EDGES = {
        0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC,
        0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xF8, 0xFF
    };

    @Test
    void agreesOnEveryPairOfBytesBehindAnEdge() {
        for (int first : EDGES) {
            for (int second = 0; second < 256; second++) {
                for (int rest : new int[] {0x41, 0x80, 0xBF}) {
                    check(new byte[] {(byte) first, (byte) second});
                    check(new byte[] {(byte) first, (byte) second, (byte) rest});
                    check(new byte[] {(byte) first, (byte) second, (byte) rest, (byte) 0x80});
                }
            }
        }
    }

    @RepeatedTest(50)
    void agreesOnTextsWithABrokenByte(RepetitionInfo info) {
        Random random = new Random(3000 + info.getCurrentRepetition());
        for (int round = 0; round < 100; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(20); i > 0; i--) {
                int shift = random.nextInt(21);
                int character = random.nextInt(Math.min(0x110000, 2 << shift));
                text.appendCodePoint(
                        Character.getType(character) == Character.SURROGATE ? 'x' : character);
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            check(bytes);
            if (bytes.length > 0) {
                int at = random.nextInt(bytes.length);
                bytes[at] =
                        (byte)
                                (random.nextBoolean()
                                        ? EDGES[random.nextInt(EDGES.length)]
                                        : random.nextInt());
                check(bytes);
            }
        }
    }

    private static void check(byte[] bytes) {
        boolean expected = true;
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        } catch (CharacterCodingException e) {
            expected = false;
        }
        byte[] padded = new byte[bytes.length + 5];
        System.arraycopy(bytes, 0, padded, 3, bytes.length);
        assertEquals(
                expected,
                Utf8.isValid(padded, 3, bytes.length),
                () -> HexFormat.of().formatHex(bytes));
    }
}
