package io.basaltdb.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class CpuTimesTest {
    private static final String STAT =
            "4711 (C2 Compiler) Thr) S 1 2 3 0 -1 4194368 9 0 1 0 250 50 0 0 20 0 31 0 77 88 99";

    @Test
    void aThreadIsReadBehindItsName() {
        assertEquals("C2 Compiler) Thr", CpuTimes.name(STAT));
        assertEquals(3.0, CpuTimes.seconds(STAT));
    }

    @Test
    void compilersAndCollectorAreToldFromOthers() {
        assertTrue(CpuTimes.isCompiler("C1 CompilerThre"));
        assertTrue(CpuTimes.isCollector("GC Thread#0"));
        assertTrue(CpuTimes.isCollector("G1 Conc#0"));
        assertFalse(CpuTimes.isCompiler("basalt-worker-1"));
        assertFalse(CpuTimes.isCollector("basalt-worker-1"));
    }

    @Test
    void whatCameSinceIsTheDifference() throws IOException {
        CpuTimes since = new CpuTimes(10, 3, 2).since(new CpuTimes(4, 1, 1));
        assertEquals(new CpuTimes(6, 2, 1), since);
        assertEquals(3.0, since.others());
        assertTrue(CpuTimes.now().total() > 0);
    }
}
