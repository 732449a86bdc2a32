package io.basaltdb.storage.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/// A search by guess against one from the middle.
final class KeyOrderTest {
    @RepeatedTest(40)
    void findsWhatABinarySearchFinds(RepetitionInfo info) {
        Random random = new Random(5000 + info.getCurrentRepetition());
        long[] numbers = new long[random.nextInt(5000)];
        int shift = random.nextInt(63);
        boolean isSkewed = random.nextBoolean();
        for (int i = 0; i < numbers.length; i++) {
            long number = random.nextLong() >> shift;
            numbers[i] = isSkewed ? number >> random.nextInt(40) : number;
        }
        Arrays.sort(numbers);
        for (int i = 0; i < 2000; i++) {
            long wanted =
                    numbers.length > 0 && random.nextBoolean()
                            ? numbers[random.nextInt(numbers.length)]
                            : random.nextLong() >> shift;
            int found = KeyOrder.find(numbers, wanted);
            boolean isThere = Arrays.binarySearch(numbers, wanted) >= 0;
            assertEquals(isThere, found >= 0);
            if (isThere) {
                assertEquals(wanted, numbers[found]);
            }
        }
    }
}
