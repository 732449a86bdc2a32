package io.basaltdb.formats.text;

/// Finds where records end while text goes by in pieces of any size. Used by one thread, from the start of a record on.
interface RecordEnds {
    /// The position behind the end of the record that `bytes[from]` belongs to, or −1 where it does not end before `to`; then the next call goes on with the next
    /// piece.
    int next(byte[] bytes, int from, int to);

    /// Whether the text stands inside something that needs an end (a quote).
    boolean isOpen();

    /// Every line is a record.
    final class Lines implements RecordEnds {
        @Override
        public int next(byte[] bytes, int from, int to) {
            for (int i = from; i < to; i++) {
                if (bytes[i] == '\n') {
                    return i + 1;
                }
            }
            return -1;
        }

        @Override
        public boolean isOpen() {
            return false;
        }
    }

    /// A line is a record unless its end stands between quotes.
    final class Quoted implements RecordEnds {
        private final byte quote;
        private boolean inside;

        Quoted(byte quote) {
            this.quote = quote;
        }

        @Override
        public int next(byte[] bytes, int from, int to) {
            boolean quoted = inside;
            for (int i = from; i < to; i++) {
                byte b = bytes[i];
                if (b == quote) {
                    quoted = !quoted;
                } else if (b == '\n' && !quoted) {
                    inside = false;
                    return i + 1;
                }
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
