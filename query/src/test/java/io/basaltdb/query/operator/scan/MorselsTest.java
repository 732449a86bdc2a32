package io.basaltdb.query.operator.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.basaltdb.storage.segment.ZoneMap;
import io.basaltdb.storage.table.Split;
import io.basaltdb.storage.table.SplitReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class MorselsTest {
    @Test
    void cutsSplitsIntoMorselsOfSixteenGranules() {
        assertEquals(
                List.of("a 16", "a 16", "a 8", "b 3"),
                cut(split("a", 40, false), split("b", 3, false)));
    }

    @Test
    void leavesSplitsThatAreReadFromTheirStartWhole() {
        assertEquals(List.of("a 40", "b 30"), cut(split("a", 40, true), split("b", 30, true)));
    }

    @Test
    void cutsTheOnlySplitNevertheless() {
        assertEquals(List.of("a 16", "a 16", "a 8"), cut(split("a", 40, true)));
    }

    @Test
    void passesOverEmptySplits() {
        assertEquals(List.of("b 1"), cut(split("a", 0, true), split("b", 1, true)));
    }

    private static List<String> cut(Split... splits) {
        Morsels morsels = new Morsels(List.of(splits), List.of());
        List<String> found = new ArrayList<>();
        for (Morsels.Morsel morsel = morsels.take(); morsel != null; morsel = morsels.take()) {
            found.add(morsel.split().name() + " " + morsel.granules().length);
        }
        assertEquals(found.size(), morsels.count());
        return found;
    }

    private static Split split(String name, int granules, boolean fromItsStart) {
        return new Split() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public int granuleCount() {
                return granules;
            }

            @Override
            public int rowCount(int granule) {
                return 1;
            }

            @Override
            public @Nullable ZoneMap zoneMap(int granule, int column) {
                return null;
            }

            @Override
            public @Nullable ZoneMap zoneMap(int column) {
                return null;
            }

            @Override
            public boolean mayHaveDeadRows() {
                return false;
            }

            @Override
            public boolean isReadFromItsStart() {
                return fromItsStart;
            }

            @Override
            public SplitReader open() {
                throw new AssertionError("nothing is read");
            }
        };
    }
}
