package io.basaltdb.storage.encoding;

/// The encodings of `double` values. Each gives every value back bit for bit. A block is the encoding's id (one byte) and what it wrote;
/// ids from 4 on are kept for an encoding that adapts to the values' exponents.
public sealed interface DoubleEncoding extends Encoding
        permits PlainDoubles, BitwiseDoubles, FloatDoubles, DecimalDoubles {
    void encode(double[] values, int count, EncodingScratch scratch, ByteSink sink);

    /// Writes `count` values into `out`, which has room for [Batch#MAX_ROWS]; behind them anything may stand.
    void decode(ByteSource source, int count, EncodingScratch scratch, double[] out);

    /// As [#decode] for a few of the values: writes those at `indexes[0 … indexCount)`, ascending, to their places; elsewhere anything may stand.
    default void decodeSome(
            ByteSource source,
            int count,
            int[] indexes,
            int indexCount,
            EncodingScratch scratch,
            double[] out) {
        decode(source, count, scratch, out);
    }

    static void write(double[] values, int count, EncodingScratch scratch, ByteSink sink) {
        write(EncodingChooser.doubles(values, count, scratch), values, count, scratch, sink);
    }

    static void write(
            DoubleEncoding encoding,
            double[] values,
            int count,
            EncodingScratch scratch,
            ByteSink sink) {
        sink.putByte(encoding.id());
        encoding.encode(values, count, scratch, sink);
    }

    static DoubleEncoding read(
            ByteSource source, int count, EncodingScratch scratch, double[] out) {
        DoubleEncoding encoding = byId(source.getByte());
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
            double[] out) {
        byId(source.getByte()).decodeSome(source, count, indexes, indexCount, scratch, out);
    }

    static DoubleEncoding byId(int id) {
        return switch (id) {
            case PlainDoubles.ID -> PlainDoubles.INSTANCE;
            case BitwiseDoubles.ID -> BitwiseDoubles.INSTANCE;
            case FloatDoubles.ID -> FloatDoubles.INSTANCE;
            case DecimalDoubles.ID -> DecimalDoubles.ofExponent(0);
            default -> throw ByteSource.malformed("unknown encoding " + id + " of doubles");
        };
    }
}
