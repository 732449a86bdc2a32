package io.basaltdb.query.function;

import io.basaltdb.storage.type.Physical;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// The lanes of a vector of any form. For one thread.
public final class LaneColumn implements ArgumentColumn {
    private final Type type;
    private final LongLanes longs = new LongLanes();
    private final DoubleLanes doubles = new DoubleLanes();
    private final WideLanes wide = new WideLanes();
    private final BitLanes bits = new BitLanes();
    private final BytesLanes bytes = new BytesLanes();
    private long[] words = {};
    private double[] floats = {};
    private long @Nullable [] validity;
    private boolean isNull;

    public LaneColumn(Type type) {
        this.type = type;
    }

    public void read(Vector vector, int size) {
        isNull = vector instanceof ConstantVector constant && constant.value().isNull();
        validity = vector.validity();
        if (isNull) {
            return;
        }
        switch (type.physical()) {
            case LONG -> words = longs.read(vector, size);
            case DOUBLE -> floats = doubles.read(vector, size);
            case WIDE -> wide.read(vector, size);
            case BITS -> words = bits.read(vector, size);
            case BYTES -> bytes.read(vector, size);
        }
    }

    @Override
    public boolean isNull(int row) {
        return isNull || !Validity.isValid(validity, row);
    }

    @Override
    public long whole(int row) {
        return type.physical() == Physical.BITS ? words[row >> 6] >>> row & 1 : words[row];
    }

    @Override
    public double floating(int row) {
        return floats[row];
    }

    @Override
    public BigInteger number(int row) {
        return type.physical() == Physical.LONG ? BigInteger.valueOf(words[row]) : wide.get(row);
    }

    /// The values of a type of two words.
    WideLanes wide() {
        return wide;
    }

    @Override
    public byte[] heap() {
        return bytes.heap();
    }

    @Override
    public int start(int row) {
        return bytes.start()[row];
    }

    @Override
    public int length(int row) {
        return bytes.length()[row];
    }
}
