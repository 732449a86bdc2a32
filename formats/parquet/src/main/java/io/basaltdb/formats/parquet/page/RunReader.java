package io.basaltdb.formats.parquet.page;

import java.util.Arrays;

/// Small numbers in runs of one and in groups of eight bit by bit: levels, codes of dictionaries, booleans
/// ([RLE/bit-packing hybrid](https://parquet.apache.org/docs/file-format/data-pages/encodings/#RLE)). For one thread.
final class RunReader {
    private static final int GROUP = 8;
    private static final int MAX_HEAD_BITS = 28;

    private byte[] bytes = {};
    private int at;
    private int end;
    private int width;

    /// What is left of the run.
    private int left;

    private boolean isPacked;

    /// Of a run of one number.
    private int value;

    /// Of a packed run: where it begins, and the bit of the next number.
    private int base;

    private long bit;

    /// @param bitWidth of each number, 0 to 32
    void begin(byte[] source, int from, int to, int bitWidth) {
        if (bitWidth < 0 || bitWidth > Integer.SIZE) {
            throw new DamagedPageException(
                    "numbers of " + bitWidth + " bits; at most 32 are possible");
        }
        bytes = source;
        at = from;
        end = to;
        width = bitWidth;
        left = 0;
    }

    /// The next numbers.
    void read(int[] target, int from, int count) {
        if (width == 0) {
            Arrays.fill(target, from, from + count, 0);
            return;
        }
        int done = 0;
        while (done < count) {
            int taken = take(count - done);
            if (isPacked) {
                BitUnpacker.ints(
                        bytes, base, bit - (long) taken * width, width, target, from + done, taken);
            } else {
                Arrays.fill(target, from + done, from + done + taken, value);
            }
            done += taken;
        }
    }

    /// Sets the bits of the next numbers, of one bit each, in words that are 0 there.
    ///
    /// @return how many are 1
    int readBits(long[] words, int from, int count) {
        assert width == 1;
        int ones = 0;
        int done = 0;
        while (done < count) {
            int taken = take(count - done);
            if (isPacked) {
                ones += BitUnpacker.bits(bytes, base, bit - taken, words, from + done, taken);
            } else if (value == 1) {
                setAll(words, from + done, taken);
                ones += taken;
            }
            done += taken;
        }
        return ones;
    }

    static void setAll(long[] words, int from, int count) {
        int place = from;
        int behind = from + count;
        while (place < behind) {
            int taken = Math.min(behind - place, Long.SIZE - (place & 63));
            words[place >> 6] |= -1L >>> (Long.SIZE - taken) << place;
            place += taken;
        }
    }

    /// Takes so many numbers of one run, at most; at least one.
    private int take(int most) {
        while (left == 0) {
            nextRun();
        }
        int taken = Math.min(left, most);
        left -= taken;
        bit += (long) taken * width;
        return taken;
    }

    private void nextRun() {
        int head = head();
        isPacked = (head & 1) != 0;
        if (isPacked) {
            long groups = Integer.toUnsignedLong(head) >>> 1;
            long size = Math.min(groups * width, end - at);
            // Some writers leave out the bytes of the last group that hold nothing.
            left =
                    (int)
                            Math.min(
                                    Math.min(groups * GROUP, size * Byte.SIZE / width),
                                    Integer.MAX_VALUE);
            if (left == 0 && groups > 0) {
                throw ended();
            }
            base = at;
            bit = 0;
            at += (int) size;
            return;
        }
        left = head >>> 1;
        int size = (width + 7) >>> 3;
        if (size > end - at) {
            throw ended();
        }
        value = 0;
        for (int i = 0; i < size; i++) {
            value |= (bytes[at++] & 0xFF) << (Byte.SIZE * i);
        }
        if (width < Integer.SIZE && value >>> width != 0) {
            throw new DamagedPageException("a number of " + width + " bits is " + value);
        }
    }

    private int head() {
        int head = 0;
        for (int shift = 0; shift <= MAX_HEAD_BITS; shift += 7) {
            if (at >= end) {
                throw ended();
            }
            int next = bytes[at++];
            head |= (next & 0x7F) << shift;
            if (next >= 0) {
                return head;
            }
        }
        throw new DamagedPageException("a run of levels or codes is longer than any page");
    }

    private static DamagedPageException ended() {
        return new DamagedPageException("the levels or codes of a page end before its values do");
    }
}
