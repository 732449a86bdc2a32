package io.basaltdb.shell.sql;

import io.basaltdb.jdbc.ProgressListener;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/// The line that tells how far a statement is: a bar where the end is known, rows, rows/s, bytes/s, time. It is rewritten in
/// place while the statement runs and erased before anything else is written.
///
/// News come on a thread of the connection, also after the statement has ended: nothing is painted outside of [#begin] … [#end].
final class ProgressLine implements ProgressListener {
    /// What is faster than this is not worth a line that comes and goes.
    private static final long QUIET_NANOS = 250_000_000;

    private static final int BAR_CELLS = 24;
    private static final int NARROWEST_BAR = 6;

    /// Cells that everything but the bar takes.
    private static final int FIGURES = 70;

    private static final String EIGHTHS = " ▏▎▍▌▋▊▉█";

    private final PrintWriter out;
    private final IntSupplier width;
    private final LongSupplier clock;
    private long startNanos;
    private boolean isRunning;
    private boolean isPainted;

    /// @param width columns of the terminal, asked anew for each painting
    /// @param clock nanoseconds
    ProgressLine(PrintWriter out, IntSupplier width, LongSupplier clock) {
        this.out = out;
        this.width = width;
        this.clock = clock;
    }

    /// A statement starts.
    synchronized void begin() {
        startNanos = clock.getAsLong();
        isRunning = true;
    }

    @Override
    public synchronized void progressed(long rowsRead, long bytesRead, long rowsTotal) {
        long nanos = clock.getAsLong() - startNanos;
        if (!isRunning || nanos < QUIET_NANOS) {
            return;
        }
        int cells = Math.max(10, width.getAsInt() - 1);
        String text = text(rowsRead, bytesRead, rowsTotal, nanos / 1e9, cells);
        out.write('\r' + Cells.cut(text, cells) + "\033[K");
        out.flush();
        isPainted = true;
    }

    /// The statement has ended, or something else is about to be written: the line goes.
    synchronized void end() {
        isRunning = false;
        if (isPainted) {
            out.write("\r\033[K");
            out.flush();
            isPainted = false;
        }
    }

    private static String text(long rows, long bytes, long total, double seconds, int cells) {
        StringBuilder text = new StringBuilder();
        if (total > 0) {
            double share = Math.min(1, (double) rows / total);
            bar(text, share, Math.clamp(cells - FIGURES, 0, BAR_CELLS));
            text.append(String.format(Locale.ROOT, "%3.0f %%  ", 100 * share));
        }
        text.append(Amounts.count(rows)).append(" rows");
        if (total > 0) {
            text.append(" of ").append(Amounts.count(total));
        }
        text.append("  ").append(Amounts.count(Math.round(rows / seconds))).append(" rows/s");
        if (bytes > 0) {
            text.append("  ").append(Amounts.bytes(Math.round(bytes / seconds))).append("/s");
        }
        return text.append(String.format(Locale.ROOT, "  %.1f s", seconds)).toString();
    }

    /// In a narrow terminal the figures matter more than the bar.
    private static void bar(StringBuilder text, double share, int cells) {
        if (cells < NARROWEST_BAR) {
            return;
        }
        int eighths = (int) Math.round(share * cells * 8);
        text.append('▕').repeat("█", eighths / 8);
        if (eighths % 8 > 0) {
            text.append(EIGHTHS.charAt(eighths % 8));
        }
        text.repeat(" ", cells - (eighths + 7) / 8).append("▏ ");
    }
}
