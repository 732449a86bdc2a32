package io.basaltdb.protocol.ipc;

/// Numbers of Arrow's metadata format: slots of tables, codes of unions.
final class Arrow {
    static final int CONTINUATION = 0xFFFFFFFF;
    static final int PREFIX_BYTES = 8;
    static final int VERSION_4 = 3;
    static final int VERSION_5 = 4;

    static final int MESSAGE_VERSION = 0;
    static final int MESSAGE_HEADER_TYPE = 1;
    static final int MESSAGE_HEADER = 2;
    static final int MESSAGE_BODY_LENGTH = 3;
    static final int MESSAGE_SLOTS = 4;

    static final int HEADER_SCHEMA = 1;
    static final int HEADER_DICTIONARY_BATCH = 2;
    static final int HEADER_RECORD_BATCH = 3;

    static final int SCHEMA_ENDIANNESS = 0;
    static final int SCHEMA_FIELDS = 1;
    static final int SCHEMA_SLOTS = 2;

    static final int FIELD_NAME = 0;
    static final int FIELD_NULLABLE = 1;
    static final int FIELD_TYPE_TYPE = 2;
    static final int FIELD_TYPE = 3;
    static final int FIELD_DICTIONARY = 4;
    static final int FIELD_CHILDREN = 5;
    static final int FIELD_METADATA = 6;
    static final int FIELD_SLOTS = 7;

    static final int DICTIONARY_ID = 0;
    static final int DICTIONARY_INDEX_TYPE = 1;
    static final int DICTIONARY_SLOTS = 2;

    static final int KEY = 0;
    static final int VALUE = 1;
    static final int KEY_VALUE_SLOTS = 2;

    static final int TYPE_NULL = 1;
    static final int TYPE_INT = 2;
    static final int TYPE_FLOATING_POINT = 3;
    static final int TYPE_BINARY = 4;
    static final int TYPE_UTF8 = 5;
    static final int TYPE_BOOL = 6;
    static final int TYPE_DECIMAL = 7;
    static final int TYPE_DATE = 8;
    static final int TYPE_TIMESTAMP = 10;

    static final int INT_BIT_WIDTH = 0;
    static final int INT_SIGNED = 1;
    static final int FLOAT_PRECISION = 0;
    static final int FLOAT_SINGLE = 1;
    static final int FLOAT_DOUBLE = 2;
    static final int DECIMAL_PRECISION = 0;
    static final int DECIMAL_SCALE = 1;
    static final int DECIMAL_BIT_WIDTH = 2;
    static final int DATE_UNIT = 0;
    static final int DATE_DAY = 0;
    static final int DATE_MILLI = 1;
    static final int TIMESTAMP_UNIT = 0;
    static final int TIMESTAMP_ZONE = 1;

    static final int BATCH_LENGTH = 0;
    static final int BATCH_NODES = 1;
    static final int BATCH_BUFFERS = 2;
    static final int BATCH_COMPRESSION = 3;
    static final int BATCH_SLOTS = 3;
    static final int PAIR_BYTES = 16;

    static final int DICTIONARY_BATCH_ID = 0;
    static final int DICTIONARY_BATCH_DATA = 1;
    static final int DICTIONARY_BATCH_DELTA = 2;
    static final int DICTIONARY_BATCH_SLOTS = 3;

    private Arrow() {}

    /// `bytes` rounded up to the alignment of buffers.
    static int padded(int bytes) {
        return (bytes + 7) & ~7;
    }
}
