package io.basaltdb.formats.parquet.page;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY and INT96: a run of bytes of [#heap] per lane.
///
/// Bytes are not copied where all lanes lie in one page: then the heap is the page. Lanes whose values are all in the chunk's dictionary are codes, unless somebody
/// asks for their bytes.
final class BytesLanes extends Lanes {
    static final int ANY_BYTES = -1;

    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /// Where the values of the lanes so far are.
    private enum Place {
        NOWHERE,
        DICTIONARY,
        PAGE,
        OWN
    }

    private final int fixedBytes;
    private final CodeReader codeReader = new CodeReader();
    private final DeltaReader lengths = new DeltaReader();
    private final DeltaReader prefixes = new DeltaReader();
    private final StreamReader streams;
    private final long[] lengthsRead = new long[MAX];
    private long[] prefixesRead = {};

    final int[] start = new int[MAX];
    final int[] length = new int[MAX];
    final int[] codes = new int[MAX];

    private byte[] own = {};
    private int ownSize;

    private byte[] entryHeap = {};
    private int[] entryStart = {};
    private int[] entryLength = {};
    private boolean hasDictionary;

    private Place place = Place.NOWHERE;
    private Page page = new Page(new byte[PageBuffers.SLACK], 0, 0, 0, PageEncoding.PLAIN);
    private int at;

    /// Of a page of DELTA_BYTE_ARRAY: the value before.
    private byte[] before = {};

    private int beforeLength;

    /// Where the values of the page lie that were read at last.
    private int first;

    BytesLanes(int fixedBytes) {
        this.fixedBytes = fixedBytes;
        this.streams = new StreamReader(Math.max(1, fixedBytes));
    }

    @Override
    void readDictionary(Page dictionary) {
        checkDictionary(dictionary, fixedBytes == ANY_BYTES ? Integer.BYTES : fixedBytes);
        int size = dictionary.valueCount();
        if (size > dictionary.end() - dictionary.at()) {
            throw new UnreadPageException("values without bytes");
        }
        entryHeap = dictionary.bytes();
        entryStart = new int[size];
        entryLength = new int[size];
        plain(dictionary, dictionary.at(), entryStart, entryLength, 0, size);
        hasDictionary = true;
    }

    @Override
    boolean hasDictionary() {
        return hasDictionary;
    }

    int entryCount() {
        return entryStart.length;
    }

    byte[] entryHeap() {
        return entryHeap;
    }

    int[] entryStart() {
        return entryStart;
    }

    int[] entryLength() {
        return entryLength;
    }

    @Override
    void clear() {
        place = Place.NOWHERE;
        ownSize = 0;
        first = 0;
    }

    /// Whether all lanes are codes; those that are NULL have code 0.
    boolean isCoded() {
        return place == Place.DICTIONARY && entryStart.length > 0;
    }

    /// The bytes in which the lanes lie.
    byte[] heap() {
        return switch (place) {
            case NOWHERE, OWN -> own;
            case DICTIONARY -> entryHeap;
            case PAGE -> page.bytes();
        };
    }

    /// The values of the lanes lie in these bytes of the heap.
    int from() {
        return place == Place.PAGE ? first : 0;
    }

    int to() {
        return switch (place) {
            case NOWHERE, OWN -> ownSize;
            case DICTIONARY -> 0;
            case PAGE -> at;
        };
    }

    /// Tells where the bytes of lanes that are codes lie.
    void look(int lanes) {
        if (isCoded()) {
            look(0, lanes);
        }
    }

    private void look(int lane, int count) {
        for (int i = lane; i < lane + count; i++) {
            start[i] = entryStart[codes[i]];
            length[i] = entryLength[codes[i]];
        }
    }

    @Override
    void begin(Page next) {
        page = next;
        at = next.at();
        boolean isFixed = fixedBytes != ANY_BYTES;
        switch (next.encoding()) {
            case PLAIN -> {}
            case DICTIONARY -> {
                requireDictionary();
                codeReader.begin(next);
            }
            case DELTA_LENGTH_BYTE_ARRAY -> {
                if (isFixed) {
                    throw unread(next);
                }
                beginLengths(at);
            }
            case DELTA_BYTE_ARRAY -> {
                if (isFixed) {
                    throw unread(next);
                }
                prefixesRead = prefixesRead.length == 0 ? new long[MAX] : prefixesRead;
                prefixes.begin(next.bytes(), at, next.end());
                int suffixes = prefixes.passAll();
                prefixes.begin(next.bytes(), at, next.end());
                beginLengths(suffixes);
                beforeLength = 0;
            }
            case BYTE_STREAM_SPLIT -> {
                if (!isFixed) {
                    throw unread(next);
                }
                streams.begin(next);
            }
            case RLE, DELTA_BINARY_PACKED, OTHER -> throw unread(next);
        }
    }

    /// The lengths of all values stand before their bytes, which begin where those end.
    private void beginLengths(int from) {
        lengths.begin(page.bytes(), from, page.end());
        at = lengths.passAll();
        lengths.begin(page.bytes(), from, page.end());
    }

    @Override
    void read(int lane, int count) {
        if (count == 0) {
            return;
        }
        boolean isCode = page.encoding() == PageEncoding.DICTIONARY;
        if (place == Place.DICTIONARY && !isCode) {
            look(0, lane);
            keep(0, lane, entryHeap);
            place = Place.OWN;
        }
        switch (page.encoding()) {
            case DICTIONARY -> {
                codeReader.read(codes, lane, count, entryStart.length);
                if (place == Place.OWN) {
                    look(lane, count);
                    keep(lane, count, entryHeap);
                } else {
                    place = Place.DICTIONARY;
                }
            }
            case DELTA_BYTE_ARRAY -> {
                readPrefixed(lane, count);
                place = Place.OWN;
            }
            case PLAIN, DELTA_LENGTH_BYTE_ARRAY -> {
                first = at;
                at =
                        page.encoding() == PageEncoding.PLAIN
                                ? plain(page, at, start, length, lane, count)
                                : lengthsFirst(lane, count);
                if (place == Place.NOWHERE) {
                    place = Place.PAGE;
                } else {
                    keep(lane, count, page.bytes());
                }
            }
            case BYTE_STREAM_SPLIT -> {
                room((long) count * fixedBytes);
                streams.bytes(own, ownSize, count);
                for (int i = lane; i < lane + count; i++) {
                    start[i] = ownSize;
                    length[i] = fixedBytes;
                    ownSize += fixedBytes;
                }
                place = Place.OWN;
            }
            case RLE, DELTA_BINARY_PACKED, OTHER -> throw unread(page);
        }
    }

    /// @return where the values end
    private int plain(Page from, int begin, int[] starts, int[] sizes, int lane, int count) {
        if (fixedBytes != ANY_BYTES) {
            from.require(begin, (long) count * fixedBytes);
            for (int i = 0; i < count; i++) {
                starts[lane + i] = begin + i * fixedBytes;
                sizes[lane + i] = fixedBytes;
            }
            return begin + count * fixedBytes;
        }
        byte[] bytes = from.bytes();
        int end = from.end();
        int next = begin;
        for (int i = lane; i < lane + count; i++) {
            // Behind the end there is slack: the number read there is refused next.
            int size = (int) INTS.get(bytes, next);
            next += Integer.BYTES;
            if (size < 0 || size > end - next) {
                throw beyond();
            }
            starts[i] = next;
            sizes[i] = size;
            next += size;
        }
        return next;
    }

    private static DamagedPageException beyond() {
        return new DamagedPageException("a value reaches beyond its page");
    }

    private int lengthsFirst(int lane, int count) {
        lengths.read(lengthsRead, 0, count);
        int next = at;
        for (int i = 0; i < count; i++) {
            long size = lengthsRead[i];
            if (size < 0 || size > page.end() - next) {
                throw beyond();
            }
            start[lane + i] = next;
            length[lane + i] = (int) size;
            next += (int) size;
        }
        return next;
    }

    /// Values of which only that is written in which they differ from the one before.
    private void readPrefixed(int lane, int count) {
        prefixes.read(prefixesRead, 0, count);
        lengths.read(lengthsRead, 0, count);
        for (int i = 0; i < count; i++) {
            long prefix = prefixesRead[i];
            long suffix = lengthsRead[i];
            if (prefix < 0 || prefix > beforeLength || suffix < 0 || suffix > page.end() - at) {
                throw beyond();
            }
            int size = room(prefix + suffix);
            System.arraycopy(before, 0, own, ownSize, (int) prefix);
            System.arraycopy(page.bytes(), at, own, ownSize + (int) prefix, (int) suffix);
            at += (int) suffix;
            start[lane + i] = ownSize;
            length[lane + i] = size;
            before = before.length >= size ? before : new byte[2 * size];
            System.arraycopy(own, ownSize, before, 0, size);
            beforeLength = size;
            ownSize += size;
        }
    }

    /// Makes room for so many own bytes more.
    private int room(long more) {
        long needed = ownSize + more;
        if (needed > PageBuffers.MOST_BYTES_OF_ONE) {
            throw new DamagedPageException(MAX + " values have more than 2 GiB");
        }
        if (needed > own.length) {
            own =
                    Arrays.copyOf(
                            own,
                            (int)
                                    Math.min(
                                            PageBuffers.MOST_BYTES_OF_ONE,
                                            Math.max(needed, 2L * own.length)));
        }
        return (int) more;
    }

    /// Copies the bytes of lanes that will not stay where they are.
    private void keep(int lane, int count, byte[] from) {
        long size = 0;
        for (int i = lane; i < lane + count; i++) {
            size += length[i];
        }
        room(size);
        for (int i = lane; i < lane + count; i++) {
            System.arraycopy(from, start[i], own, ownSize, length[i]);
            start[i] = ownSize;
            ownSize += length[i];
        }
    }

    @Override
    void leavePage(int lanes) {
        if (place == Place.PAGE) {
            keep(0, lanes, page.bytes());
            place = Place.OWN;
        }
    }

    @Override
    void spread(int lane, int count, int present, long[] validity) {
        if (place == Place.DICTIONARY) {
            spread(codes, lane, count, present, validity);
        } else {
            spread(start, lane, count, present, validity);
            spread(length, lane, count, present, validity);
        }
    }

    /// Lanes that are NULL hold 0 after: so they lie in any heap, and in any dictionary.
    private static void spread(int[] values, int lane, int count, int present, long[] validity) {
        int source = lane + present - 1;
        int i = lane + count - 1;
        for (; source >= lane && source < i; i--) {
            int valid = bit(validity, i);
            values[i] = values[source] & -valid;
            source -= valid;
        }
        if (source < lane) {
            Arrays.fill(values, lane, i + 1, 0);
        }
    }
}
