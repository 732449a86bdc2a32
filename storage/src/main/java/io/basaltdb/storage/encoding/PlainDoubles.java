package io.basaltdb.storage.encoding;

/// The bits as they are, eight bytes per value.
record PlainDoubles() implements DoubleEncoding {
    static final int ID = 0;
    static final PlainDoubles INSTANCE = new PlainDoubles();

    @Override
    public int id() {
        return ID;
    }

    @Override
    public String title() {
        return "plain";
    }

    @Override
    public void encode(double[] values, int count, EncodingScratch scratch, ByteSink sink) {
        sink.putDoubles(values, count);
    }

    @Override
    public void decode(ByteSource source, int count, EncodingScratch scratch, double[] out) {
        source.getDoubles(out, count);
    }
}
