package io.basaltdb.storage.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.storage.part.DeleteVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/// Every version of a list against a plain array of when each row died, while later versions are made of it.
final class DeathListTest {
    private static final int ROWS = 20_000;

    /// A version, and when each row had died by then; 0 where it lived.
    private record Version(DeathList list, long[] deaths) {}

    @RepeatedTest(20)
    void everyVersionStaysAsItWas(RepetitionInfo info) {
        Random random = new Random(4000 + info.getCurrentRepetition());
        List<Version> versions = new ArrayList<>();
        DeathList list = DeathList.NONE;
        long[] deaths = new long[ROWS];
        long floor = 0;
        for (long commit = 1; commit <= 60; commit++) {
            int[] dying = dying(deaths, random);
            for (int row : dying) {
                deaths[row] = commit;
            }
            list = list.plus(dying, dying.length, commit);
            if (random.nextInt(8) == 0) {
                floor = Math.max(floor, commit - 1 - random.nextInt(20));
            }
            if (list.isWorthFolding(floor) || random.nextInt(15) == 0) {
                list = list.folded(floor);
            }
            versions.add(new Version(list, deaths.clone()));
        }
        for (Version version : versions) {
            check(version, floor);
        }
    }

    private static int[] dying(long[] deaths, Random random) {
        int[] rows = new int[random.nextInt(3) == 0 ? random.nextInt(4) : random.nextInt(400)];
        int count = 0;
        for (int i = 0; i < rows.length; i++) {
            int row = random.nextInt(ROWS);
            boolean counts = deaths[row] == 0;
            for (int k = 0; k < count && counts; k++) {
                counts = rows[k] != row;
            }
            rows[count] = row;
            count += counts ? 1 : 0;
        }
        return Arrays.copyOf(rows, count);
    }

    private static void check(Version version, long floor) {
        int dead = 0;
        int through = 0;
        for (int row = 0; row < ROWS; row++) {
            long death = version.deaths[row];
            assertEquals(death != 0, version.list.contains(row), "row " + row);
            dead += death != 0 ? 1 : 0;
            through += death != 0 && death <= floor ? 1 : 0;
        }
        assertEquals(dead, version.list.deadCount());
        assertEquals(dead == 0, version.list.isEmpty());
        assertEquals(through, version.list.countThrough(floor));
        assertEquals(through, version.list.through(floor).cardinality());
        assertEquals(dead, version.list.all().cardinality());
    }

    @Test
    void aTailThatNobodyCanForgetIsNotFolded() {
        int[] rows = new int[10_000];
        Arrays.setAll(rows, i -> i);
        DeathList list = DeathList.NONE.plus(rows, rows.length, 7);
        assertTrue(list.isWorthFolding(7));
        assertEquals(false, list.isWorthFolding(6));
        assertEquals(0, list.folded(7).tailCount());
        assertEquals(10_000, list.folded(6).tailCount());
    }

    @Test
    void whatACheckpointHeldIsFoundAndGoesOn() {
        DeathList list =
                DeathList.of(
                        DeleteVector.fromRows(new int[] {3, 1}, 2),
                        new int[] {9, 5},
                        new long[] {4, 8});
        DeathList more = list.plus(new int[] {7}, 1, 9);
        assertArrayEquals(new int[] {1, 3, 5, 7, 9}, more.all().toRows());
        assertArrayEquals(new int[] {1, 3, 5, 9}, list.all().toRows());
        assertArrayEquals(new int[] {1, 3, 9}, more.through(4).toRows());
    }
}
