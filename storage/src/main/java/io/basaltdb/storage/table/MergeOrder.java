package io.basaltdb.storage.table;

import java.util.List;

/// The order of a merge: for every output row the number of the part that it comes from, in one byte.
final class MergeOrder {
    private final byte[] sources;
    private int count;

    /// @param rowCount rows that survive, at most
    MergeOrder(long rowCount) {
        sources = new byte[Math.toIntExact(rowCount)];
    }

    int count() {
        return count;
    }

    int source(int row) {
        return sources[row] & 0xFF;
    }

    /// Merges the inputs, whose columns are the sort key; equal rows in the order of the inputs. Without a key one input follows the other.
    ///
    /// @param places per input, where each of its rows goes
    void merge(List<MergeInput> inputs, int keyColumns, long[][] places) {
        if (keyColumns == 0) {
            for (int s = 0; s < inputs.size(); s++) {
                takeRest(inputs.get(s), s, places[s]);
            }
            return;
        }
        int n = inputs.size();
        MergeInput[] all = inputs.toArray(new MergeInput[0]);
        long[] prefixes = new long[n];
        int[] open = new int[n];
        int left = 0;
        for (int s = 0; s < n; s++) {
            if (all[s].hasRow()) {
                prefixes[s] = KeyOrder.prefix(all[s].column(0), all[s].lane());
                open[left++] = s;
            }
        }
        while (left > 1) {
            int best = least(all, prefixes, open, left, keyColumns);
            int source = open[best];
            MergeInput input = all[source];
            places[source][input.row()] = count;
            sources[count++] = (byte) source;
            input.advance();
            if (input.hasRow()) {
                prefixes[source] = KeyOrder.prefix(input.column(0), input.lane());
            } else {
                left--;
                System.arraycopy(open, best + 1, open, best, left - best);
            }
        }
        if (left == 1) {
            takeRest(all[open[0]], open[0], places[open[0]]);
        }
    }

    private void takeRest(MergeInput input, int source, long[] places) {
        while (input.hasRow()) {
            places[input.row()] = count;
            sources[count++] = (byte) source;
            input.advance();
        }
    }

    private static int least(
            MergeInput[] all, long[] prefixes, int[] open, int left, int keyColumns) {
        int best = 0;
        for (int i = 1; i < left; i++) {
            int order = Long.compareUnsigned(prefixes[open[i]], prefixes[open[best]]);
            if (order < 0
                    || (order == 0 && compare(all[open[i]], all[open[best]], keyColumns) < 0)) {
                best = i;
            }
        }
        return best;
    }

    private static int compare(MergeInput left, MergeInput right, int keyColumns) {
        for (int c = 0; c < keyColumns; c++) {
            int order =
                    KeyOrder.compare(left.column(c), left.lane(), right.column(c), right.lane());
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
