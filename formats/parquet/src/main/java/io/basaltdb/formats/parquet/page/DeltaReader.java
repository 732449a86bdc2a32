package io.basaltdb.formats.parquet.page;

/// Numbers as differences from the one before, in blocks of packed bits
/// ([DELTA_BINARY_PACKED](https://parquet.apache.org/docs/file-format/data-pages/encodings/#DELTAENC)). They wrap as those of 64 bits do. For one thread.
final class DeltaReader {
    /// Numbers of a block; writers use some hundreds.
    private static final int MAX_BLOCK = 1 << 20;

    private static final int MAX_VARINT_BITS = 63;

    private byte[] bytes = {};
    private int at;
    private int end;

    /// Pieces of a block, and numbers of a piece.
    private int pieces;

    private int pieceSize;

    /// What is left of the numbers.
    private int left;

    private boolean isFirst;
    private long last;

    /// Of the block: the least difference, where the widths of its pieces stand, and the piece to come.
    private long least;

    private int widths;
    private int piece;

    /// Of the piece: what is left of it, and where.
    private int pieceLeft;

    private int width;
    private int base;
    private long bit;

    void begin(byte[] source, int from, int to) {
        bytes = source;
        at = from;
        end = to;
        long block = varint();
        long blockPieces = varint();
        long count = varint();
        boolean fits =
                block > 0
                        && block <= MAX_BLOCK
                        && blockPieces > 0
                        && block % blockPieces == 0
                        && block / blockPieces % Byte.SIZE == 0
                        && count >= 0
                        && count <= Integer.MAX_VALUE;
        if (!fits) {
            throw new DamagedPageException(
                    "blocks of " + block + " differences in " + blockPieces + " pieces");
        }
        pieces = (int) blockPieces;
        pieceSize = (int) (block / blockPieces);
        left = (int) count;
        last = zigZag();
        isFirst = true;
        piece = pieces;
        pieceLeft = 0;
    }

    /// Numbers that are left.
    int left() {
        return left;
    }

    void read(long[] target, int from, int count) {
        if (count > left) {
            throw new DamagedPageException(
                    "the values of a page end before their number is reached");
        }
        int place = from;
        int behind = from + count;
        left -= count;
        if (isFirst && count > 0) {
            target[place++] = last;
            isFirst = false;
        }
        while (place < behind) {
            if (pieceLeft == 0) {
                nextPiece(left + behind - place);
            }
            int taken = Math.min(pieceLeft, behind - place);
            BitUnpacker.longs(bytes, base, bit, width, target, place, taken);
            last = sums(target, place, taken, least, last);
            bit += (long) taken * width;
            pieceLeft -= taken;
            place += taken;
        }
    }

    private static long sums(long[] target, int from, int count, long least, long before) {
        long sum = before;
        for (int i = from; i < from + count; i++) {
            sum += least + target[i];
            target[i] = sum;
        }
        return sum;
    }

    /// @param wanted numbers that are still to come
    private void nextPiece(int wanted) {
        if (piece == pieces) {
            least = zigZag();
            widths = at;
            if (pieces > end - at) {
                throw ended();
            }
            at += pieces;
            piece = 0;
        }
        width = bytes[widths + piece++];
        if (width < 0 || width > Long.SIZE) {
            throw new DamagedPageException("differences of " + width + " bits");
        }
        long full = (long) pieceSize * width / Byte.SIZE;
        // The last piece need not be filled.
        long needed = ((long) Math.min(pieceSize, wanted) * width + 7) / Byte.SIZE;
        if (needed > end - at) {
            throw ended();
        }
        base = at;
        bit = 0;
        pieceLeft = pieceSize;
        at += (int) Math.min(full, end - at);
    }

    /// Where the bytes behind all these numbers begin. Passes what is left.
    int passAll() {
        int wanted = left - (isFirst && left > 0 ? 1 : 0) - pieceLeft;
        while (wanted > 0) {
            nextPiece(wanted);
            wanted -= pieceSize;
        }
        left = 0;
        return at;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift <= MAX_VARINT_BITS; shift += 7) {
            if (at >= end) {
                throw ended();
            }
            int next = bytes[at++];
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new DamagedPageException("a number of a page is beyond 64 bits");
    }

    private long zigZag() {
        long value = varint();
        return value >>> 1 ^ -(value & 1);
    }

    private static DamagedPageException ended() {
        return new DamagedPageException(
                "the differences of a page end before their number is reached");
    }
}
