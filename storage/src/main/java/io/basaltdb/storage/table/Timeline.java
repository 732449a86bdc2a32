package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.CommitTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// When commits were made, for as long as some table keeps its history. Times never fall: a commit that is made while the clock was set back has
/// the time of the one before.
///
/// Bounded: the newest commits are told apart exactly; of older ones, once there are many, those stay that are a
/// 1/16,384th of the whole time apart, so that a time may mean a slightly earlier commit than it could. Safe for use by many threads.
final class Timeline {
    static final int MAX_ENTRIES = 1 << 16;
    static final int EXACT_ENTRIES = 1 << 14;

    // All guarded by this.
    private long[] commits = new long[16];
    private long[] micros = new long[16];
    private int count;

    static Timeline of(List<CommitTime> times) {
        Timeline timeline = new Timeline();
        times.forEach(time -> timeline.add(time.commit(), time.wallMicros()));
        return timeline;
    }

    synchronized void add(long commit, long wallMicros) {
        if (count > 0 && wallMicros <= micros[count - 1]) {
            commits[count - 1] = commit;
            return;
        }
        if (count == MAX_ENTRIES) {
            thin();
        }
        if (count == commits.length) {
            commits = Arrays.copyOf(commits, 2 * count);
            micros = Arrays.copyOf(micros, 2 * count);
        }
        commits[count] = commit;
        micros[count++] = wallMicros;
    }

    private void thin() {
        int older = count - EXACT_ENTRIES;
        long distance = (micros[count - 1] - micros[0]) / EXACT_ENTRIES;
        int kept = 1;
        for (int i = 1; i < count; i++) {
            if (i >= older || micros[i] - micros[kept - 1] >= distance) {
                commits[kept] = commits[i];
                micros[kept++] = micros[i];
            }
        }
        count = kept;
    }

    /// The newest commit that was made at or before that time; 0 where none is known.
    synchronized long commitAt(long wallMicros) {
        int at = indexOf(micros, wallMicros);
        return at < 0 ? 0 : commits[at];
    }

    /// About when the commit was made; `Long.MIN_VALUE` where nobody knows.
    synchronized long microsOf(long commit) {
        int at = indexOf(commits, commit);
        return at < 0 ? Long.MIN_VALUE : micros[at];
    }

    /// Index of the last that is not greater, or −1.
    private int indexOf(long[] ascending, long wanted) {
        int at = Arrays.binarySearch(ascending, 0, count, wanted);
        return at >= 0 ? at : -at - 2;
    }

    /// Forgets what is not needed to tell the commit of any time from that one on, once it is much.
    synchronized void forgetBefore(long wallMicros) {
        int first = indexOf(micros, wallMicros);
        if (first < count / 2 || first <= 0) {
            return;
        }
        System.arraycopy(commits, first, commits, 0, count - first);
        System.arraycopy(micros, first, micros, 0, count - first);
        count -= first;
    }

    /// Forgets everything.
    synchronized void clear() {
        count = 0;
    }

    /// The times of the commits up to that one.
    synchronized List<CommitTime> through(long commit) {
        List<CommitTime> times = new ArrayList<>();
        for (int i = 0; i < count && commits[i] <= commit; i++) {
            times.add(new CommitTime(commits[i], micros[i]));
        }
        return times;
    }

    synchronized int size() {
        return count;
    }
}
