package io.basaltdb.storage.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class LongArraysTest {
    private static final int UNIT = LongArrays.UNIT;

    @Test
    void givesAnArrayOutAgainByItsLength() {
        LongArrays arrays = new LongArrays(1 << 20);
        long[] one = arrays.take(UNIT);
        long[] three = arrays.take(3 * UNIT);
        arrays.give(one);
        arrays.give(three);
        assertSame(three, arrays.take(3 * UNIT));
        assertSame(one, arrays.take(UNIT));
        assertNotSame(one, arrays.take(UNIT));
    }

    @Test
    void keepsNoMoreThanItMay() {
        LongArrays arrays = new LongArrays(2 * 8 * UNIT);
        long[] first = arrays.take(UNIT);
        long[] second = arrays.take(UNIT);
        long[] third = arrays.take(UNIT);
        arrays.give(first);
        arrays.give(second);
        arrays.give(third);
        assertSame(second, arrays.take(UNIT));
        assertSame(first, arrays.take(UNIT));
        assertNotSame(third, arrays.take(UNIT));
    }

    @Test
    void makesOtherLengthsAnew() {
        LongArrays arrays = new LongArrays(1 << 30);
        for (int length : new int[] {1, UNIT - 1, UNIT + 1, 100 * UNIT}) {
            long[] array = arrays.take(length);
            assertEquals(length, array.length);
            arrays.give(array);
            assertNotSame(array, arrays.take(length));
        }
    }

    @Test
    void isSharedByAllUnderOneRoot() {
        MemoryBudget root = MemoryBudget.root("the process", "memory_limit", 1 << 30);
        assertSame(root.arrays(), root.child("a", "b", 10).child("c", "d", 5).arrays());
    }
}
