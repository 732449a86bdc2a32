package io.basaltdb.storage.encoding;

/// The encodings of `long` values, also used for whatever else is a row of numbers: codes, lengths, scaled doubles.
///
/// A block is the encoding's id (one byte) and what it wrote. The number of values, 1 … [Batch#MAX_ROWS], is known from outside.
public sealed interface LongEncoding extends Encoding
        permits ConstantLongs, PackedLongs, DeltaLongs, RunLongs, PatchedLongs {
    /// Bytes that [#encode] writes for values of that profile; an estimate from above where it depends on more.
    long sizeBytes(LongProfile profile);

    void encode(
            long[] values, int count, LongProfile profile, EncodingScratch scratch, ByteSink sink);

    /// Writes `count` values into `out`, which has room for [Batch#MAX_ROWS]; behind them anything may stand.
    void decode(ByteSource source, int count, EncodingScratch scratch, long[] out);

    /// As [#decode] for a few of the values: writes those at `indexes[0 … indexCount)`, ascending, to their places; elsewhere anything may stand.
    default void decodeSome(
            ByteSource source,
            int count,
            int[] indexes,
            int indexCount,
            EncodingScratch scratch,
            long[] out) {
        decode(source, count, scratch, out);
    }

    /// Writes a block in the encoding that the chooser takes for the values.
    static void write(long[] values, int count, EncodingScratch scratch, ByteSink sink) {
        write(values, LongProfile.of(values, count, scratch), scratch, sink);
    }

    /// The same for values whose profile is known.
    static void write(long[] values, LongProfile profile, EncodingScratch scratch, ByteSink sink) {
        int count = profile.count();
        write(EncodingChooser.longs(values, count, profile), values, count, profile, scratch, sink);
    }

    static void write(
            LongEncoding encoding,
            long[] values,
            int count,
            LongProfile profile,
            EncodingScratch scratch,
            ByteSink sink) {
        sink.putByte(encoding.id());
        encoding.encode(values, count, profile, scratch, sink);
    }

    /// Reads a block; returns its encoding.
    static LongEncoding read(ByteSource source, int count, EncodingScratch scratch, long[] out) {
        LongEncoding encoding = byId(source.getByte());
        encoding.decode(source, count, scratch, out);
        return encoding;
    }

    /// Reads a few values of a block; see [#decodeSome].
    static void readSome(
            ByteSource source,
            int count,
            int[] indexes,
            int indexCount,
            EncodingScratch scratch,
            long[] out) {
        byId(source.getByte()).decodeSome(source, count, indexes, indexCount, scratch, out);
    }

    /// Reads a block of runs without spreading them: each run's value into `values`, and where it ends, exclusive, into `ends`. Returns the number of runs, or 0
    /// where the block is of another encoding; then the source stands where it stood.
    static int readRuns(
            ByteSource source, int count, EncodingScratch scratch, long[] values, long[] ends) {
        if (source.peekByte() != RunLongs.ID) {
            return 0;
        }
        source.skip(1);
        return RunLongs.decodeRuns(source, count, values, ends, scratch);
    }

    static LongEncoding byId(int id) {
        return switch (id) {
            case ConstantLongs.ID -> ConstantLongs.INSTANCE;
            case PackedLongs.ID -> PackedLongs.INSTANCE;
            case DeltaLongs.ID -> DeltaLongs.INSTANCE;
            case RunLongs.ID -> RunLongs.INSTANCE;
            case PatchedLongs.ID -> PatchedLongs.INSTANCE;
            default -> throw ByteSource.malformed("unknown encoding " + id + " of numbers");
        };
    }
}
