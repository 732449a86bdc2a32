package io.basaltdb.protocol.ipc;

import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;

/// Our types in the words of Arrow Java.
final class ArrowTypes {
    private ArrowTypes() {}

    static ArrowType of(WireType type) {
        return switch (type.kind()) {
            case NULL -> new ArrowType.Null();
            case BOOLEAN -> new ArrowType.Bool();
            case INT8, INT16, INT32, INT64 -> new ArrowType.Int(type.kind().valueBytes() * 8, true);
            case FLOAT32 -> new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
            case FLOAT64 -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
            case DECIMAL128 -> new ArrowType.Decimal(type.precision(), type.scale(), 128);
            case DATE32 -> new ArrowType.Date(DateUnit.DAY);
            case TIMESTAMP ->
                    new ArrowType.Timestamp(TimeUnit.values()[type.unit().ordinal()], type.zone());
            case UTF8 -> new ArrowType.Utf8();
            case BINARY -> new ArrowType.Binary();
        };
    }
}
