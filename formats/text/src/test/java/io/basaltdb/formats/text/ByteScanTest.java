package io.basaltdb.formats.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/// Eight bytes at a time against one.
final class ByteScanTest {
    private static final byte[] BYTES = {'\n', '\r', '"', ',', 'a', 0, 1, 11, 9, -118, -1, -128};

    @RepeatedTest(50)
    void findsWhatALoopFinds(RepetitionInfo info) {
        Random random = new Random(7100 + info.getCurrentRepetition());
        byte[] text = new byte[random.nextInt(80)];
        int kinds = 1 + random.nextInt(BYTES.length);
        for (int round = 0; round < 200; round++) {
            for (int i = 0; i < text.length; i++) {
                boolean plain = random.nextInt(6) > 0;
                text[i] = plain ? (byte) 'x' : BYTES[random.nextInt(kinds)];
            }
            int from = random.nextInt(text.length + 1);
            int to = from + random.nextInt(text.length - from + 1);
            byte a = BYTES[random.nextInt(BYTES.length)];
            byte b = BYTES[random.nextInt(BYTES.length)];
            byte c = BYTES[random.nextInt(BYTES.length)];
            long pa = ByteScan.pattern(a);
            long pb = ByteScan.pattern(b);
            long pc = ByteScan.pattern(c);
            assertEquals(first(text, from, to, a, b, b), ByteScan.first(text, from, to, pa, pb));
            assertEquals(
                    first(text, from, to, a, b, c), ByteScan.first(text, from, to, pa, pb, pc));
            long count = 0;
            boolean ascii = true;
            for (int i = from; i < to; i++) {
                count += text[i] == a ? 1 : 0;
                ascii &= text[i] >= 0;
            }
            assertEquals(count, ByteScan.count(text, from, to, pa));
            assertEquals(ascii, ByteScan.isAscii(text, from, to));
        }
    }

    private static int first(byte[] text, int from, int to, byte a, byte b, byte c) {
        int i = from;
        while (i < to && text[i] != a && text[i] != b && text[i] != c) {
            i++;
        }
        return i;
    }
}
