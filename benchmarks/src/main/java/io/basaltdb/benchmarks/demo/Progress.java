package io.basaltdb.benchmarks.demo;

import java.io.PrintWriter;
import java.util.Locale;

/// How far a load is: a bar that is rewritten at a terminal, one line at the end elsewhere. Safe for use by many threads.
final class Progress {
    private static final int BAR = 24;
    private static final long REDRAW_NANOS = 100_000_000;

    private final PrintWriter out;
    private final boolean atTerminal;
    private final String name;
    private final long total;
    private final long started = System.nanoTime();
    private long drawn = started - REDRAW_NANOS;
    private long rows;

    /// @param total rows that are expected, about
    Progress(PrintWriter out, boolean atTerminal, String name, long total) {
        this.out = out;
        this.atTerminal = atTerminal;
        this.name = name;
        this.total = Math.max(1, total);
    }

    /// So many more rows are in.
    synchronized void add(long more) {
        rows += more;
        long now = System.nanoTime();
        if (atTerminal && now - drawn >= REDRAW_NANOS) {
            drawn = now;
            int full = (int) Math.min(BAR, BAR * rows / total);
            out.print("\r" + line(now, "█".repeat(full) + "░".repeat(BAR - full) + "  "));
            out.flush();
        }
    }

    /// All rows are in, durable and visible.
    synchronized void finish() {
        String end = atTerminal ? "█".repeat(BAR) + "  " : "";
        out.println((atTerminal ? "\r" : "") + line(System.nanoTime(), end));
        out.flush();
    }

    private String line(long now, String bar) {
        double seconds = Math.max(1e-3, (now - started) / 1e9);
        return String.format(
                Locale.ROOT,
                "%-10s  %s%,12d rows  %6.1f s  %,12.0f rows/s",
                name,
                bar,
                rows,
                seconds,
                rows / seconds);
    }
}
