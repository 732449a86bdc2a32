package io.basaltdb.formats.text;

/// Finds where records end while text goes by in pieces of any size. Used by one thread, from the start of a record on.
interface RecordEnds {
    long LINE_END = ByteScan.pattern((byte) '\n');

    /// The position behind the end of the record that `bytes[from]` belongs to, or −1 where it does not end before `to`; then the next call goes on with the next
    /// piece.
    int next(byte[] bytes, int from, int to);

    /// Whether the text stands inside something that needs an end (a quote).
    boolean isOpen();

    /// Every line is a record.
    final class Lines implements RecordEnds {
        @Override
        public int next(byte[] bytes, int from, int to) {
            int end = ByteScan.first(bytes, from, to, LINE_END, LINE_END);
            return end < to ? end + 1 : -1;
        }

        @Override
        public boolean isOpen() {
            return false;
        }
    }

    /// A line is a record unless its end stands between quotes.
    final class Quoted implements RecordEnds {
        private final byte quote;
        private final long quotes;
        private boolean inside;

        Quoted(byte quote) {
            this.quote = quote;
            this.quotes = ByteScan.pattern(quote);
        }

        @Override
        public int next(byte[] bytes, int from, int to) {
            boolean quoted = inside;
            int i = ByteScan.first(bytes, from, to, quotes, LINE_END);
            while (i < to) {
                if (bytes[i] == quote) {
                    quoted = !quoted;
                } else if (!quoted) {
                    inside = false;
                    return i + 1;
                }
                i = ByteScan.first(bytes, i + 1, to, quotes, LINE_END);
            }
            inside = quoted;
            return -1;
        }

        @Override
        public boolean isOpen() {
            return inside;
        }
    }
}
