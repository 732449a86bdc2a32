package io.basaltdb.query.execution;

import io.basaltdb.query.relation.Relation;
import io.basaltdb.storage.catalog.TableStatistics;
import io.basaltdb.storage.segment.ZoneMap;
import io.basaltdb.storage.table.Split;
import io.basaltdb.storage.table.SplitReader;
import io.basaltdb.storage.type.Ranges;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A relation whose splits are lists of batches, one per granule; a batch's selection says which rows live. What its readers lend is overwritten at the
/// next seek, and open readers are counted.
final class MemoryRelation implements Relation {
    private final Schema schema;
    private final List<Split> splits = new ArrayList<>();
    final AtomicInteger openReaders = new AtomicInteger();
    final AtomicInteger granulesSought = new AtomicInteger();
    @Nullable RuntimeException failure;

    MemoryRelation(Schema schema, List<List<Batch>> splits) {
        this.schema = schema;
        for (int i = 0; i < splits.size(); i++) {
            this.splits.add(new MemorySplit("split " + i, splits.get(i)));
        }
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public TableStatistics statistics() {
        return new TableStatistics(0, List.of());
    }

    @Override
    public List<Split> splits() {
        return splits;
    }

    /// The value of one lane.
    static Value value(Vector vector, int lane) {
        if (vector.isNull(lane)) {
            return Value.NULL;
        }
        return switch (vector) {
            case LongVector longs -> Value.of(longs.values()[lane]);
            case DoubleVector doubles -> Value.of(doubles.values()[lane]);
            case WideVector wide -> Value.of(wide.high()[lane], wide.low()[lane]);
            case BitVector bits -> Value.of(bits.get(lane));
            case BytesVector bytes ->
                    new Value.Bytes(
                            Arrays.copyOfRange(
                                    bytes.heap(),
                                    bytes.start()[lane],
                                    bytes.start()[lane] + bytes.length()[lane]));
            case DictionaryVector dictionary ->
                    value(dictionary.dictionary().values(), dictionary.codes()[lane]);
            case ConstantVector constant -> constant.value();
        };
    }

    private final class MemorySplit implements Split {
        private final String name;
        private final List<Batch> granules;
        private final Map<Long, ZoneMap> zones = new ConcurrentHashMap<>();

        MemorySplit(String name, List<Batch> granules) {
            this.name = name;
            this.granules = granules;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public int granuleCount() {
            return granules.size();
        }

        @Override
        public int rowCount(int granule) {
            return granules.get(granule).size();
        }

        @Override
        public @Nullable ZoneMap zoneMap(int granule, int column) {
            return zones.computeIfAbsent(
                    (long) granule << 32 | column, _ -> computeZoneMap(granule, column));
        }

        private ZoneMap computeZoneMap(int granule, int column) {
            Batch batch = granules.get(granule);
            long nulls = 0;
            Value min = null;
            Value max = null;
            for (int i = 0; i < batch.size(); i++) {
                Value value = value(batch.column(column), i);
                if (value.isNull()) {
                    nulls++;
                } else {
                    min = min == null || Value.compare(value, min) < 0 ? value : min;
                    max = max == null || Value.compare(value, max) > 0 ? value : max;
                }
            }
            return new ZoneMap(batch.size(), nulls, min, max, true);
        }

        @Override
        public @Nullable ZoneMap zoneMap(int column) {
            return null;
        }

        @Override
        public boolean mayHaveDeadRows() {
            return granules.stream().anyMatch(batch -> batch.selection() != null);
        }

        @Override
        public SplitReader open() {
            openReaders.incrementAndGet();
            return new Reader(granules);
        }
    }

    private final class Reader implements SplitReader {
        private final List<Batch> granules;
        private final List<Object> lent = new ArrayList<>();
        private int granule = -1;
        private long bytes;

        Reader(List<Batch> granules) {
            this.granules = granules;
        }

        @Override
        public void seek(int next) {
            if (next <= granule) {
                throw new AssertionError("granules must ascend: " + granule + " then " + next);
            }
            granulesSought.incrementAndGet();
            spoil();
            granule = next;
            if (failure != null) {
                throw failure;
            }
        }

        private void spoil() {
            for (Object array : lent) {
                switch (array) {
                    case long[] longs -> Arrays.fill(longs, 0xDEAD_BEEF_DEAD_BEEFL);
                    case double[] doubles -> Arrays.fill(doubles, 6.66e66);
                    case int[] ints -> Arrays.fill(ints, Integer.MAX_VALUE);
                    case byte[] heap -> Arrays.fill(heap, (byte) '#');
                    default -> throw new AssertionError();
                }
            }
            lent.clear();
        }

        private <T> T lend(T array) {
            lent.add(array);
            return array;
        }

        @Override
        public @Nullable Selection live() {
            Selection live = granules.get(granule).selection();
            return live == null ? null : new Selection(lend(live.rows().clone()), live.count());
        }

        @Override
        public Selection select(int column, Ranges ranges, @Nullable Selection among) {
            Batch batch = granules.get(granule);
            int[] rows = lend(new int[batch.size()]);
            int count = 0;
            int last = among == null ? batch.size() : among.count();
            for (int i = 0; i < last; i++) {
                int lane = among == null ? i : among.rows()[i];
                if (ranges.contains(value(batch.column(column), lane))) {
                    rows[count++] = lane;
                }
            }
            return new Selection(rows, count);
        }

        @Override
        public Vector read(int column, @Nullable Selection wanted) {
            Vector vector = granules.get(granule).column(column);
            bytes += 8L * vector.size();
            long[] validity = vector.validity() == null ? null : lend(vector.validity().clone());
            return switch (vector) {
                case LongVector(var type, int size, long[] values, _, int bits) ->
                        new LongVector(type, size, lend(values.clone()), validity, bits);
                case DoubleVector(var type, int size, double[] values, _) ->
                        new DoubleVector(type, size, lend(values.clone()), validity);
                case WideVector(var type, int size, long[] high, long[] low, _) ->
                        new WideVector(type, size, lend(high.clone()), lend(low.clone()), validity);
                case BitVector(var type, int size, long[] words, _) ->
                        new BitVector(type, size, lend(words.clone()), validity);
                case BytesVector(var type, int size, byte[] heap, int[] start, int[] length, _) ->
                        new BytesVector(
                                type,
                                size,
                                lend(heap.clone()),
                                lend(start.clone()),
                                lend(length.clone()),
                                validity);
                case DictionaryVector(int size, int[] codes, var dictionary, _) ->
                        new DictionaryVector(size, lend(codes.clone()), dictionary, validity);
                case ConstantVector constant -> constant;
            };
        }

        @Override
        public long bytesRead() {
            return bytes;
        }

        @Override
        public void close() {
            spoil();
            openReaders.decrementAndGet();
        }
    }
}
