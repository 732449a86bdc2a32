package io.basaltdb.storage.encoding;

import java.util.Arrays;

/// Runs of equal numbers. Bytes: the number of runs as a varint, a block with the value of each run, a block with the length of each run
/// less one; neither block is of this encoding.
record RunLongs() implements LongEncoding {
    static final int ID = 3;
    static final RunLongs INSTANCE = new RunLongs();

    /// Values from which a run is filled as a whole.
    private static final int LONG_RUN = 32;

    @Override
    public int id() {
        return ID;
    }

    @Override
    public String title() {
        return "run length";
    }

    @Override
    public long sizeBytes(LongProfile profile) {
        int runs = profile.runCount();
        int averageLength = profile.count() / runs;
        int lengthWidth = BitPacking.width(averageLength) + 2;
        return 26 + 4L * BitPacking.words(runs, profile.width() + lengthWidth);
    }

    @Override
    public void encode(
            long[] values, int count, LongProfile profile, EncodingScratch scratch, ByteSink sink) {
        long[] runValues = scratch.inner;
        long[] runLengths = scratch.second;
        int runs = cut(values, count, runValues, runLengths);
        sink.putVarint(runs);
        // The delta encoding works in `inner` itself, so that the values must be packed.
        writeInner(runValues, runs, scratch, sink);
        writeInner(runLengths, runs, scratch, sink);
    }

    /// Writes the value of each run and its length less one; returns the number of runs. Every value is written where its run's value stands, so that nothing
    /// is guessed at the border of a run.
    private static int cut(long[] values, int count, long[] runValues, long[] runLengths) {
        int run = 0;
        for (int i = 1; i < count; i++) {
            long value = values[i - 1];
            runValues[run] = value;
            runLengths[run] = i;
            run += value != values[i] ? 1 : 0;
        }
        runValues[run] = values[count - 1];
        runLengths[run] = count;
        for (int r = run; r > 0; r--) {
            runLengths[r] -= runLengths[r - 1] + 1;
        }
        runLengths[0]--;
        return run + 1;
    }

    private static void writeInner(
            long[] values, int count, EncodingScratch scratch, ByteSink sink) {
        LongProfile profile = LongProfile.of(values, count, scratch);
        LongEncoding encoding =
                profile.min() == profile.max() ? ConstantLongs.INSTANCE : PackedLongs.INSTANCE;
        LongEncoding.write(encoding, values, count, profile, scratch, sink);
    }

    @Override
    public void decode(ByteSource source, int count, EncodingScratch scratch, long[] out) {
        int runs = decodeRuns(source, count, scratch.inner, scratch.second, scratch);
        spread(scratch.inner, scratch.second, runs, out);
    }

    /// Writes each run's value up to its end. Four values at a time, past the end of the run, where the next one overwrites them: most runs
    /// are short, and then a loop that ends where they end is mispredicted at nearly every run.
    private static void spread(long[] values, long[] ends, int runs, long[] out) {
        int last = out.length - 4;
        int from = 0;
        for (int run = 0; run < runs; run++) {
            long value = values[run];
            int to = (int) ends[run];
            if (to - from > LONG_RUN || to > last) {
                Arrays.fill(out, from, to, value);
            } else {
                for (int i = from; i < to; i += 4) {
                    out[i] = value;
                    out[i + 1] = value;
                    out[i + 2] = value;
                    out[i + 3] = value;
                }
            }
            from = to;
        }
    }

    @Override
    public void decodeSome(
            ByteSource source,
            int count,
            int[] indexes,
            int indexCount,
            EncodingScratch scratch,
            long[] out) {
        decodeRuns(source, count, scratch.inner, scratch.second, scratch);
        int run = 0;
        for (int i = 0; i < indexCount; i++) {
            int index = indexes[i];
            while (scratch.second[run] <= index) {
                run++;
            }
            out[index] = scratch.inner[run];
        }
    }

    /// Writes the value and the exclusive end of each run; returns the number of runs.
    static int decodeRuns(
            ByteSource source, int count, long[] values, long[] ends, EncodingScratch scratch) {
        int runs = source.getCount(count);
        if (runs == 0) {
            throw ByteSource.malformed("no run at all");
        }
        readInner(source, runs, scratch, values);
        readInner(source, runs, scratch, ends);
        long end = 0;
        for (int run = 0; run < runs; run++) {
            long length = ends[run] + 1;
            if (length <= 0 || length > count - end) {
                throw ByteSource.malformed("a run of " + length + " values");
            }
            end += length;
            ends[run] = end;
        }
        if (end != count) {
            throw ByteSource.malformed("runs of " + end + " values, expected " + count);
        }
        return runs;
    }

    private static void readInner(
            ByteSource source, int count, EncodingScratch scratch, long[] out) {
        LongEncoding encoding = LongEncoding.byId(source.getByte());
        if (encoding instanceof ConstantLongs || encoding instanceof PackedLongs) {
            encoding.decode(source, count, scratch, out);
        } else {
            throw ByteSource.malformed("runs inside runs");
        }
    }
}
