package io.basaltdb.query.operator.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.storage.memory.MemoryBudget;
import io.basaltdb.storage.memory.Reservation;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.Dictionary;
import org.junit.jupiter.api.Test;

class KeptDictionariesTest {
    private static Dictionary dictionary(int bytes) {
        return new Dictionary(
                new BytesVector(
                        Type.TEXT, 1, new byte[bytes], new int[] {0}, new int[] {bytes}, null),
                true);
    }

    @Test
    void givesEachDictionaryOneNumber() {
        MemoryBudget memory = MemoryBudget.root("test", "memory_limit", 1 << 20);
        try (Reservation reservation = memory.reserve("test")) {
            KeptDictionaries kept = new KeptDictionaries(reservation);
            Dictionary first = dictionary(100);
            Dictionary second = dictionary(100);
            int firstNumber = kept.number(first);
            int secondNumber = kept.number(second);
            assertTrue(firstNumber != secondNumber);
            assertEquals(firstNumber, kept.number(first));
            assertSame(first, kept.get(firstNumber));
            assertSame(second.values(), kept.values(secondNumber));
            assertTrue(memory.usedBytes() >= 200);
        }
        assertEquals(0, memory.usedBytes());
    }

    /// A dictionary that does not fit the memory limit is left to be copied from; one that fits is still kept.
    @Test
    void keepsWithinTheLimit() {
        MemoryBudget memory = MemoryBudget.root("test", "memory_limit", 1000);
        try (Reservation reservation = memory.reserve("test")) {
            KeptDictionaries kept = new KeptDictionaries(reservation);
            assertEquals(KeptDictionaries.NOT_KEPT, kept.number(dictionary(5000)));
            assertTrue(kept.number(dictionary(100)) >= 0);
            assertEquals(
                    KeptDictionaries.NOT_KEPT,
                    KeptDictionaries.none(reservation).number(dictionary(100)));
        }
    }
}
