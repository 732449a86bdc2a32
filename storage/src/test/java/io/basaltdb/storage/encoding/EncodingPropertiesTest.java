package io.basaltdb.storage.encoding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.Validity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;

/// Whatever the values, each encoding that takes them, and the one that the chooser takes, gives them back bit for bit and reads its own bytes
/// to their end. What fails is made smaller until it cannot be: the shortest values that an encoding loses.
///
/// The usual run draws from a fixed seed, the long one many more from another each time.
class EncodingPropertiesTest {
    private static final String SEED = "20261122";
    private static final int TRIES = 400;
    private static final int MANY_TRIES = 20_000;
    private static final int MAX_VALUES = 700;

    private final EncodingScratch scratch = new EncodingScratch();

    @Property(seed = SEED, tries = TRIES, edgeCases = EdgeCasesMode.MIXIN)
    void longsComeBack(@ForAll("longs") long[] values) {
        checkLongs(values);
    }

    @Tag("long")
    @Property(tries = MANY_TRIES)
    void manyLongsComeBack(@ForAll("longs") long[] values) {
        checkLongs(values);
    }

    @Property(seed = SEED, tries = TRIES, edgeCases = EdgeCasesMode.MIXIN)
    void doublesComeBack(@ForAll("doubles") double[] values) {
        checkDoubles(values);
    }

    @Tag("long")
    @Property(tries = MANY_TRIES)
    void manyDoublesComeBack(@ForAll("doubles") double[] values) {
        checkDoubles(values);
    }

    @Property(seed = SEED, tries = TRIES, edgeCases = EdgeCasesMode.MIXIN)
    void bitsComeBack(@ForAll("bits") boolean[] values) {
        checkBits(values);
    }

    @Tag("long")
    @Property(tries = MANY_TRIES)
    void manyBitsComeBack(@ForAll("bits") boolean[] values) {
        checkBits(values);
    }

    @Property(seed = SEED, tries = TRIES, edgeCases = EdgeCasesMode.MIXIN)
    void stringsComeBack(@ForAll("strings") List<byte[]> values) {
        checkStrings(values);
    }

    @Tag("long")
    @Property(tries = MANY_TRIES)
    void manyStringsComeBack(@ForAll("strings") List<byte[]> values) {
        checkStrings(values);
    }

    /// Any numbers; few different ones, so that they repeat; sums of small steps; small ones with a rare large one between.
    @Provide
    Arbitrary<long[]> longs() {
        Arbitrary<Long> any = Arbitraries.longs();
        Arbitrary<Long> small = Arbitraries.longs().between(-100, 100);
        return Arbitraries.oneOf(
                array(any),
                any.list().ofMinSize(1).ofMaxSize(4).flatMap(few -> array(Arbitraries.of(few))),
                array(small).map(EncodingPropertiesTest::sums),
                array(Arbitraries.frequencyOf(Tuple.of(60, small), Tuple.of(1, any))));
    }

    private static Arbitrary<long[]> array(Arbitrary<Long> values) {
        return values.array(long[].class).ofMinSize(1).ofMaxSize(MAX_VALUES);
    }

    private static long[] sums(long[] steps) {
        long[] sums = steps.clone();
        for (int i = 1; i < sums.length; i++) {
            sums[i] += sums[i - 1];
        }
        return sums;
    }

    /// Any bits at all, NaNs with all their payloads; numbers with few decimals; floats; few different ones.
    @Provide
    Arbitrary<double[]> doubles() {
        Arbitrary<Double> any = Arbitraries.longs().map(Double::longBitsToDouble);
        Arbitrary<Double> money = Arbitraries.integers().map(cents -> cents / 100.0);
        Arbitrary<Double> floats = Arbitraries.floats().map(Float::doubleValue);
        Arbitrary<Double> special =
                Arbitraries.of(0.0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.MIN_VALUE);
        return Arbitraries.oneOf(
                        any,
                        money,
                        floats,
                        Arbitraries.frequencyOf(Tuple.of(20, money), Tuple.of(1, special)))
                .list()
                .ofMinSize(1)
                .ofMaxSize(40)
                .flatMap(few ->
                        Arbitraries.oneOf(
                                Arbitraries.just(few),
                                Arbitraries.of(few).list().ofMinSize(1).ofMaxSize(MAX_VALUES)))
                .map(list -> list.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /// Runs of equal bits, of all lengths.
    @Provide
    Arbitrary<boolean[]> bits() {
        return Arbitraries.integers()
                .between(1, 130)
                .list()
                .ofMinSize(1)
                .ofMaxSize(30)
                .map(EncodingPropertiesTest::runs);
    }

    private static boolean[] runs(List<Integer> lengths) {
        boolean[] bits = new boolean[lengths.stream().mapToInt(Integer::intValue).sum()];
        int at = 0;
        boolean bit = (lengths.getFirst() & 1) == 0;
        for (int length : lengths) {
            Arrays.fill(bits, at, at + length, bit);
            at += length;
            bit = !bit;
        }
        return bits;
    }

    /// Any bytes, empty strings among them; few different ones, so that they repeat.
    @Provide
    Arbitrary<List<byte[]>> strings() {
        Arbitrary<byte[]> any = Arbitraries.bytes().array(byte[].class).ofMaxSize(40);
        Arbitrary<byte[]> words =
                Arbitraries.strings()
                        .withCharRange('a', 'f')
                        .ofMaxLength(12)
                        .map(word -> word.getBytes(StandardCharsets.US_ASCII));
        return Arbitraries.oneOf(
                any.list().ofMinSize(1).ofMaxSize(100),
                Arbitraries.oneOf(any, words)
                        .list()
                        .ofMinSize(1)
                        .ofMaxSize(6)
                        .flatMap(few ->
                                Arbitraries.of(few).list().ofMinSize(1).ofMaxSize(MAX_VALUES)));
    }

    private void checkLongs(long[] values) {
        LongProfile profile = LongProfile.of(values, values.length);
        List<LongEncoding> encodings =
                new ArrayList<>(
                        List.of(
                                PackedLongs.INSTANCE,
                                DeltaLongs.INSTANCE,
                                RunLongs.INSTANCE,
                                PatchedLongs.INSTANCE,
                                EncodingChooser.longs(values, values.length, profile)));
        if (profile.min() == profile.max()) {
            encodings.add(ConstantLongs.INSTANCE);
        }
        for (LongEncoding encoding : encodings) {
            ByteSink sink = new ByteSink();
            LongEncoding.write(encoding, values, values.length, profile, scratch, sink);
            long[] found = new long[Batch.MAX_ROWS];
            Arrays.fill(found, 0x5555L);
            ByteSource source = new ByteSource(sink.toBytes());
            LongEncoding.read(source, values.length, scratch, found);
            assertArrayEquals(values, Arrays.copyOf(found, values.length), encoding.title());
            assertEquals(sink.size(), source.position(), encoding.title());
        }
    }

    private void checkDoubles(double[] values) {
        List<DoubleEncoding> encodings =
                new ArrayList<>(
                        List.of(
                                PlainDoubles.INSTANCE,
                                BitwiseDoubles.INSTANCE,
                                DecimalDoubles.ofExponent(2),
                                EncodingChooser.doubles(values, values.length, scratch)));
        if (FloatDoubles.fits(values, values.length)) {
            encodings.add(FloatDoubles.INSTANCE);
        }
        for (DoubleEncoding encoding : encodings) {
            ByteSink sink = new ByteSink();
            DoubleEncoding.write(encoding, values, values.length, scratch, sink);
            double[] found = new double[Batch.MAX_ROWS];
            ByteSource source = new ByteSource(sink.toBytes());
            DoubleEncoding.read(source, values.length, scratch, found);
            for (int i = 0; i < values.length; i++) {
                assertEquals(
                        Double.doubleToRawLongBits(values[i]),
                        Double.doubleToRawLongBits(found[i]),
                        encoding.title());
            }
            assertEquals(sink.size(), source.position(), encoding.title());
        }
    }

    private void checkBits(boolean[] values) {
        long[] words = new long[Validity.words(values.length)];
        boolean constant = true;
        for (int i = 0; i < values.length; i++) {
            words[i >> 6] |= (values[i] ? 1L : 0L) << i;
            constant &= values[i] == values[0];
        }
        List<BitEncoding> encodings =
                new ArrayList<>(
                        List.of(
                                PlainBits.INSTANCE,
                                RunBits.INSTANCE,
                                EncodingChooser.bits(words, values.length)));
        if (constant) {
            encodings.add(ConstantBits.INSTANCE);
        }
        for (BitEncoding encoding : encodings) {
            ByteSink sink = new ByteSink();
            BitEncoding.write(encoding, words, values.length, scratch, sink);
            long[] found = new long[Batch.MAX_ROWS / 64];
            Arrays.fill(found, 0x5A5AL);
            ByteSource source = new ByteSource(sink.toBytes());
            BitEncoding.read(source, values.length, scratch, found);
            assertArrayEquals(words, Arrays.copyOf(found, words.length), encoding.title());
            assertEquals(sink.size(), source.position(), encoding.title());
        }
    }

    private void checkStrings(List<byte[]> values) {
        BytesBlock block = new BytesBlock();
        boolean constant = true;
        for (int i = 0; i < values.size(); i++) {
            block.add(i, values.get(i), 0, values.get(i).length);
            constant &= Arrays.equals(values.get(i), values.getFirst());
        }
        int distinct = DictionaryBytes.countDistinct(block, values.size(), scratch);
        List<BytesEncoding> encodings =
                new ArrayList<>(
                        List.of(
                                PlainBytes.INSTANCE,
                                DictionaryBytes.INSTANCE,
                                EncodingChooser.bytes(values.size(), distinct)));
        if (constant) {
            encodings.add(ConstantBytes.INSTANCE);
        }
        for (BytesEncoding encoding : encodings) {
            ByteSink sink = new ByteSink();
            BytesEncoding.write(encoding, block, values.size(), scratch, sink);
            BytesBlock found = new BytesBlock();
            ByteSource source = new ByteSource(sink.toBytes());
            BytesEncoding.read(source, values.size(), null, scratch, found);
            for (int i = 0; i < values.size(); i++) {
                assertArrayEquals(
                        values.get(i),
                        Arrays.copyOfRange(
                                found.heap, found.start[i], found.start[i] + found.length[i]),
                        encoding.title());
            }
            assertEquals(sink.size(), source.position(), encoding.title());
        }
    }
}
