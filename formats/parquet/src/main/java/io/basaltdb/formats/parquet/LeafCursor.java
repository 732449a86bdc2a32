package io.basaltdb.formats.parquet;

import dev.hardwood.reader.ColumnReader;
import io.basaltdb.query.function.ElementLanes;
import io.basaltdb.storage.nested.NestedWriter;
import io.basaltdb.storage.vector.Vector;

/// Walks the levels of one leaf through the rows of a batch. What the levels of a file say is checked here, and believed by nobody before.
final class LeafCursor {
    private static final int[] NONE = {};

    private final ParquetShape.Leaf leaf;
    private final VectorDecoder decoder;
    private final ElementLanes lanes;
    private int[] definitions = NONE;
    private int[] repetitions = NONE;
    private boolean hasDefinitions;
    private boolean hasRepetitions;
    private int count;
    private int laneCount;
    private int at;
    private int lane;

    LeafCursor(ParquetShape.Leaf leaf, String path, String column) {
        this.leaf = leaf;
        this.decoder = new VectorDecoder(leaf.layout(), path, column);
        this.lanes = new ElementLanes(leaf.type());
    }

    /// Begins with the batch at which the reader stands.
    ///
    /// @throws LevelsException where the levels cannot be those of so many rows
    void begin(ColumnReader reader, int rows) {
        laneCount = reader.getValueCount();
        int[] d = leaf.definition() == 0 ? null : reader.getDefinitionLevels();
        int[] r = leaf.repetition() == 0 ? null : reader.getRepetitionLevels();
        hasDefinitions = d != null;
        hasRepetitions = r != null;
        definitions = d == null ? NONE : d;
        repetitions = r == null ? NONE : r;
        count = r != null ? r.length : d != null ? d.length : laneCount;
        at = 0;
        lane = 0;
        checkLevels(rows);
        Vector values = decoder.decode(new LibraryValues(reader), laneCount);
        lanes.read(values, laneCount);
    }

    private void checkLevels(int rows) {
        if (hasDefinitions && definitions.length != count) {
            throw new LevelsException("as many definition as repetition levels", "others");
        }
        boolean fit = !hasRepetitions || count == 0 || repetitions[0] == 0;
        int begun = 0;
        int filled = 0;
        for (int i = 0; i < count; i++) {
            int d = definition(i);
            int r = repetition(i);
            fit = fit && d >= 0 && d <= leaf.definition() && r >= 0 && r <= leaf.repetition();
            begun += r == 0 ? 1 : 0;
            filled += d >= leaf.elementDefinition() ? 1 : 0;
        }
        if (!fit || begun != rows || filled != laneCount) {
            throw new LevelsException(
                    rows + " rows and " + laneCount + " values",
                    begun + " rows and " + filled + " values");
        }
    }

    private int definition(int place) {
        return hasDefinitions ? definitions[place] : leaf.definition();
    }

    private int repetition(int place) {
        return hasRepetitions ? repetitions[place] : 0;
    }

    /// The definition level at which the cursor stands.
    int definition() {
        if (at >= count) {
            throw new LevelsException("a value", "the end");
        }
        return definition(at);
    }

    /// The repetition level at which the cursor stands; 0 at the end.
    int repetition() {
        return at < count ? repetition(at) : 0;
    }

    void skip() {
        lane += definition() >= leaf.elementDefinition() ? 1 : 0;
        at++;
    }

    /// Writes the value as an element, and goes on.
    void put(NestedWriter out) {
        if (definition() < leaf.definition()) {
            out.putNull();
        } else {
            lanes.put(out, lane);
        }
        skip();
    }

    boolean isAtEnd() {
        return at == count;
    }
}
