package io.basaltdb.shell.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private final StringWriter screen = new StringWriter();
    private final AtomicLong nanos = new AtomicLong();
    private final ProgressLine line =
            new ProgressLine(new PrintWriter(screen), () -> 100, nanos::get);

    @Test
    void paintsRatesAndGoesAway() {
        line.begin();
        nanos.set(2_000_000_000L);
        line.progressed(5_000_000, 20L << 20, 10_000_000);
        assertEquals(
                "\r▕████████████            ▏  50 %  5.00 M rows of 10.0 M  2.50 M rows/s"
                        + "  10.0 MiB/s  2.0 s\033[K",
                screen.toString());
        line.end();
        assertEquals("\r\033[K", screen.toString().substring(screen.toString().length() - 4));
    }

    @Test
    void inANarrowTerminalTheFiguresStay() {
        ProgressLine narrow = new ProgressLine(new PrintWriter(screen), () -> 70, nanos::get);
        narrow.begin();
        nanos.set(1_000_000_000L);
        narrow.progressed(500, 1024, 1_000);
        assertEquals(
                "\r 50 %  500 rows of 1.00 k  500 rows/s  1.00 KiB/s  1.0 s\033[K",
                screen.toString());
    }

    @Test
    void saysNothingOfFastStatementsAndNothingAfterTheEnd() {
        line.begin();
        nanos.set(200_000_000L);
        line.progressed(5, 0, -1);
        line.end();
        nanos.set(900_000_000L);
        line.progressed(6, 0, -1);
        assertEquals("", screen.toString());
    }

    @Test
    void hasNoBarWhereTheEndIsNotKnown() {
        line.begin();
        nanos.set(1_000_000_000L);
        line.progressed(950, 0, -1);
        assertEquals("\r950 rows  950 rows/s  1.0 s\033[K", screen.toString());
    }
}
