package io.basaltdb.formats.parquet;

import io.basaltdb.storage.type.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;

/// Makes files of flat columns in which every page is written in another way: all encodings, both versions of pages, pages of any size, with and without
/// dictionaries, compression and checksums.
final class MadePages {
    static final int BOOLEAN = 0;
    static final int INT32 = 1;
    static final int INT64 = 2;
    static final int FLOAT = 4;
    static final int DOUBLE = 5;
    static final int BYTE_ARRAY = 6;
    static final int FIXED = 7;

    private static final int PLAIN = 0;
    private static final int RLE = 3;
    private static final int DELTA = 5;
    private static final int DELTA_LENGTH = 6;
    private static final int DELTA_BYTES = 7;
    private static final int DICTIONARY = 8;
    private static final int SPLIT = 9;
    private static final int BLOCK = 128;
    private static final int PIECE = 32;

    private final Random random;
    private final PageCompression[] codecs;
    private final SnappyBlock snappy = new SnappyBlock();

    /// Each chunk is packed as one of those.
    MadePages(Random random, PageCompression... codecs) {
        this.random = random;
        this.codecs = codecs;
    }

    /// A column and its values: of numbers and truth values as numbers (fractions by their bits), else bytes.
    ///
    /// @param fixedBytes of FIXED
    record Column(
            String name, int physical, int fixedBytes, boolean isRequired, List<Value> values) {
        private boolean isBytes() {
            return physical == BYTE_ARRAY || physical == FIXED;
        }
    }

    /// @param groupRows of each row group but the last
    byte[] file(List<Column> columns, int rows, int groupRows) {
        ByteBuilder file = new ByteBuilder();
        byte[] magic = "PAR1".getBytes(StandardCharsets.US_ASCII);
        file.put(magic, 0, 4);
        List<List<int[]>> groups = new ArrayList<>();
        for (int from = 0; from < rows; from += groupRows) {
            int to = Math.min(rows, from + groupRows);
            List<int[]> places = new ArrayList<>();
            for (Column column : columns) {
                places.add(chunk(column, column.values().subList(from, to), file));
            }
            groups.add(places);
        }
        int footer = file.size();
        footer(columns, rows, groupRows, groups, new CompactWriter(file));
        file.putInt(file.size() - footer);
        file.put(magic, 0, 4);
        return Arrays.copyOf(file.array(), file.size());
    }

    private static void footer(
            List<Column> columns,
            int rows,
            int groupRows,
            List<List<int[]>> groups,
            CompactWriter out) {
        out.begin();
        out.i32(1, 1);
        out.listOfStructs(2, 1 + columns.size());
        out.begin();
        out.text(4, "root");
        out.i32(5, columns.size());
        out.end();
        for (Column column : columns) {
            out.begin();
            out.i32(1, column.physical());
            if (column.physical() == FIXED) {
                out.i32(2, column.fixedBytes());
            }
            out.i32(3, column.isRequired() ? 0 : 1);
            out.text(4, column.name());
            out.end();
        }
        out.i64(3, rows);
        out.listOfStructs(4, groups.size());
        for (int g = 0; g < groups.size(); g++) {
            int groupSize = Math.min(groupRows, rows - g * groupRows);
            out.begin();
            out.listOfStructs(1, columns.size());
            for (int c = 0; c < columns.size(); c++) {
                place(columns.get(c), groups.get(g).get(c), groupSize, out);
            }
            out.i64(2, 1);
            out.i64(3, groupSize);
            out.end();
        }
        out.text(6, "a maker of files");
        out.end();
    }

    private static void place(Column column, int[] place, int rows, CompactWriter out) {
        out.begin();
        out.i64(2, 0);
        out.begin(3);
        out.i32(1, column.physical());
        out.listOfI32(2, 2);
        out.element(PLAIN);
        out.element(RLE);
        out.listOfTexts(3, 1);
        out.element(column.name());
        out.i32(4, place[0]);
        out.i64(5, rows);
        out.i64(6, place[2] - place[1]);
        out.i64(7, place[2] - place[1]);
        out.i64(9, place[3]);
        if (place[3] != place[1]) {
            out.i64(11, place[1]);
        }
        out.end();
        out.end();
    }

    /// @return compression, begin, end, and begin of the pages of data
    private int[] chunk(Column column, List<Value> values, ByteBuilder file) {
        PageCompression codec = codecs[random.nextInt(codecs.length)];
        int begin = file.size();
        List<Value> dictionary =
                column.physical() == BOOLEAN || random.nextInt(3) == 0
                        ? List.of()
                        : new ArrayList<>(
                                values.stream().filter(v -> !v.isNull()).distinct().toList());
        if (!dictionary.isEmpty()) {
            if (random.nextInt(4) == 0) {
                dictionary.add(dictionary.getFirst()); // as no writer should
            }
            ByteBuilder plain = new ByteBuilder();
            plain(column, dictionary, plain);
            page(2, plain, new ByteBuilder(), codec, dictionary.size(), 0, PLAIN, file);
        }
        int data = file.size();
        boolean isCoded = random.nextBoolean();
        for (int from = 0; from < values.size(); ) {
            int most = new int[] {1, 9, 100, 1000, 4096, 6000, 20_000}[random.nextInt(7)];
            int to = Math.min(values.size(), from + most);
            dataPage(column, values.subList(from, to), dictionary, isCoded, codec, file);
            from = to;
        }
        return new int[] {codec.number(), begin, file.size(), data};
    }

    private void dataPage(
            Column column,
            List<Value> values,
            List<Value> dictionary,
            boolean isCoded,
            PageCompression codec,
            ByteBuilder file) {
        boolean isSecond = random.nextBoolean();
        List<Value> present = values.stream().filter(v -> !v.isNull()).toList();
        ByteBuilder levels = new ByteBuilder();
        if (!column.isRequired()) {
            LevelsWriter writer = new LevelsWriter(1);
            values.forEach(value -> writer.add(value.isNull() ? 0 : 1));
            writer.write(levels);
        }
        int encoding = encoding(column, !dictionary.isEmpty(), isCoded);
        ByteBuilder bytes = new ByteBuilder();
        switch (encoding) {
            case PLAIN -> plain(column, present, bytes);
            case RLE -> runs(present, bytes);
            case DELTA -> deltas(present.stream().mapToLong(MadePages::number).toArray(), bytes);
            case DELTA_LENGTH -> lengthsFirst(present, bytes);
            case DELTA_BYTES -> prefixed(present, bytes);
            case DICTIONARY -> codes(present, dictionary, bytes);
            default -> split(column, present, bytes);
        }
        int nulls = values.size() - present.size();
        if (isSecond) {
            ByteBuilder bare = new ByteBuilder();
            bare.put(levels.array(), Math.min(4, levels.size()), Math.max(0, levels.size() - 4));
            page(3, bytes, bare, codec, values.size(), nulls, encoding, file);
        } else {
            ByteBuilder whole = new ByteBuilder();
            whole.put(levels);
            whole.put(bytes);
            page(0, whole, new ByteBuilder(), codec, values.size(), nulls, encoding, file);
        }
    }

    private int encoding(Column column, boolean hasDictionary, boolean isCoded) {
        if (hasDictionary && (isCoded || random.nextInt(3) == 0)) {
            return DICTIONARY;
        }
        int[] known =
                switch (column.physical()) {
                    case BOOLEAN -> new int[] {PLAIN, RLE};
                    case INT32, INT64 -> new int[] {PLAIN, DELTA, SPLIT};
                    case FLOAT, DOUBLE -> new int[] {PLAIN, SPLIT};
                    case BYTE_ARRAY -> new int[] {PLAIN, DELTA_LENGTH, DELTA_BYTES};
                    default -> new int[] {PLAIN, SPLIT};
                };
        return known[random.nextInt(known.length)];
    }

    private void page(
            int kind,
            ByteBuilder plain,
            ByteBuilder levels,
            PageCompression codec,
            int count,
            int nulls,
            int encoding,
            ByteBuilder file) {
        boolean isPacked = kind != 3 || random.nextBoolean();
        ByteBuilder packed = new ByteBuilder();
        packed.put(levels);
        if (isPacked) {
            codec.pack(plain, snappy, packed);
        } else {
            packed.put(plain);
        }
        CompactWriter out = new CompactWriter(file);
        out.begin();
        out.i32(1, kind);
        out.i32(2, plain.size() + levels.size());
        out.i32(3, packed.size());
        if (random.nextBoolean()) {
            CRC32 checksum = new CRC32();
            checksum.update(packed.array(), 0, packed.size());
            out.i32(4, (int) checksum.getValue());
        }
        switch (kind) {
            case 0 -> {
                out.begin(5);
                out.i32(1, count);
                out.i32(2, encoding);
                out.i32(3, RLE);
                out.i32(4, RLE);
                out.end();
            }
            case 2 -> {
                out.begin(7);
                out.i32(1, count);
                out.i32(2, encoding);
                out.end();
            }
            default -> {
                out.begin(8);
                out.i32(1, count);
                out.i32(2, nulls);
                out.i32(3, count);
                out.i32(4, encoding);
                out.i32(5, levels.size());
                out.i32(6, 0);
                out.bool(7, isPacked);
                out.end();
            }
        }
        out.end();
        file.put(packed);
    }

    private static long number(Value value) {
        return ((Value.Whole) value).value();
    }

    private static byte[] bytes(Value value) {
        return ((Value.Bytes) value).value();
    }

    private static int width(Column column) {
        return switch (column.physical()) {
            case INT32, FLOAT -> Integer.BYTES;
            case INT64, DOUBLE -> Long.BYTES;
            default -> column.fixedBytes();
        };
    }

    private static void plain(Column column, List<Value> values, ByteBuilder out) {
        if (column.physical() == BOOLEAN) {
            for (int i = 0; i < values.size(); i += 8) {
                int bits = 0;
                for (int b = 0; b < 8 && i + b < values.size(); b++) {
                    bits |= (int) number(values.get(i + b)) << b;
                }
                out.put(bits);
            }
            return;
        }
        for (Value value : values) {
            if (column.isBytes()) {
                byte[] bytes = bytes(value);
                if (column.physical() == BYTE_ARRAY) {
                    out.putInt(bytes.length);
                }
                out.put(bytes, 0, bytes.length);
            } else {
                out.putLow(number(value), width(column));
            }
        }
    }

    private static void split(Column column, List<Value> values, ByteBuilder out) {
        ByteBuilder plain = new ByteBuilder();
        plain(column, values, plain);
        int width = width(column);
        for (int b = 0; b < width; b++) {
            for (int i = 0; i < values.size(); i++) {
                out.put(plain.array()[i * width + b]);
            }
        }
    }

    private static void runs(List<Value> values, ByteBuilder out) {
        LevelsWriter writer = new LevelsWriter(1);
        values.forEach(value -> writer.add((int) number(value)));
        writer.write(out);
    }

    private static void codes(List<Value> values, List<Value> dictionary, ByteBuilder out) {
        int max = Math.max(1, dictionary.size() - 1);
        LevelsWriter writer = new LevelsWriter(max);
        java.util.Map<Value, Integer> places = new java.util.HashMap<>();
        for (int i = 0; i < dictionary.size(); i++) {
            places.put(dictionary.get(i), i);
        }
        values.forEach(value -> writer.add(places.get(value)));
        ByteBuilder runs = new ByteBuilder();
        writer.write(runs);
        out.put(Integer.SIZE - Integer.numberOfLeadingZeros(max));
        out.put(runs.array(), 4, runs.size() - 4);
    }

    private static void zigZag(long value, ByteBuilder out) {
        out.putVarint(value << 1 ^ value >> 63);
    }

    private static void deltas(long[] values, ByteBuilder out) {
        out.putVarint(BLOCK);
        out.putVarint(BLOCK / PIECE);
        out.putVarint(values.length);
        zigZag(values.length == 0 ? 0 : values[0], out);
        for (int from = 1; from < values.length; from += BLOCK) {
            int to = Math.min(values.length, from + BLOCK);
            long least = Long.MAX_VALUE;
            for (int i = from; i < to; i++) {
                least = Math.min(least, values[i] - values[i - 1]);
            }
            zigZag(least, out);
            int[] widths = new int[BLOCK / PIECE];
            for (int i = from; i < to; i++) {
                int piece = (i - from) / PIECE;
                long more = values[i] - values[i - 1] - least;
                widths[piece] =
                        Math.max(widths[piece], Long.SIZE - Long.numberOfLeadingZeros(more));
            }
            for (int width : widths) {
                out.put(width);
            }
            for (int piece = 0; piece * PIECE < to - from; piece++) {
                byte[] bits = new byte[PIECE * widths[piece] / 8];
                for (int i = 0; i < PIECE && from + piece * PIECE + i < to; i++) {
                    int at = from + piece * PIECE + i;
                    long more = values[at] - values[at - 1] - least;
                    for (int b = 0; b < widths[piece]; b++) {
                        int place = i * widths[piece] + b;
                        bits[place / 8] |= (byte) ((more >>> b & 1) << (place % 8));
                    }
                }
                out.put(bits, 0, bits.length);
            }
        }
    }

    private static void lengthsFirst(List<Value> values, ByteBuilder out) {
        deltas(values.stream().mapToLong(value -> bytes(value).length).toArray(), out);
        values.forEach(value -> out.put(bytes(value), 0, bytes(value).length));
    }

    private static void prefixed(List<Value> values, ByteBuilder out) {
        long[] prefixes = new long[values.size()];
        List<Value> suffixes = new ArrayList<>();
        byte[] before = {};
        for (int i = 0; i < prefixes.length; i++) {
            byte[] value = bytes(values.get(i));
            int differs = Arrays.mismatch(before, value);
            prefixes[i] = differs < 0 ? value.length : differs;
            suffixes.add(
                    new Value.Bytes(Arrays.copyOfRange(value, (int) prefixes[i], value.length)));
            before = value;
        }
        deltas(prefixes, out);
        lengthsFirst(suffixes, out);
    }
}
