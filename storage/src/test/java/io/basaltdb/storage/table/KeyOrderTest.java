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
        long[] numbers = new long[1 + random.nextInt(5000)];
        int shift = random.nextInt(63);
        boolean isSkewed = random.nextBoolean();
        for (int i = 0; i < numbers.length; i++) {
            long number = random.nextLong() >> shift;
            numbers[i] = isSkewed ? number >> random.nextInt(40) : number;
        }
        Arrays.sort(numbers);
        for (int i = 0; i < 2000; i++) {
            long wanted =
                    random.nextBoolean()
                            ? numbers[random.nextInt(numbers.length)]
                            : random.nextLong() >> shift;
            long least = random.nextBoolean() ? numbers[0] : random.nextLong();
            long greatest = random.nextBoolean() ? numbers[numbers.length - 1] : random.nextLong();
            int found = KeyOrder.find(numbers, wanted, least, greatest);
            boolean isThere = Arrays.binarySearch(numbers, wanted) >= 0;
            assertEquals(isThere, found >= 0);
            if (isThere) {
                assertEquals(wanted, numbers[found]);
            }
        }
    }
}
