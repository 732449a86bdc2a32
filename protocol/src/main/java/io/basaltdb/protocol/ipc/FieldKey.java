package io.basaltdb.protocol.ipc;

/// Keys of the metadata that our fields carry.
public final class FieldKey {
    /// The SQL type as a user writes it, for example `TIMESTAMP(3)`.
    public static final String SQL_TYPE = "basalt.type";

    /// The table that a result column comes from unchanged.
    public static final String TABLE = "basalt.table";

    /// The schema of that table.
    public static final String SCHEMA = "basalt.schema";

    /// The column of that table.
    public static final String COLUMN = "basalt.column";

    private FieldKey() {}
}
