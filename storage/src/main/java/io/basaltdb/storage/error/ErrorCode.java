package io.basaltdb.storage.error;

/// The closed list of failures that a user or program can meet. Each has a five-character SQLSTATE (ISO 9075 and, where the
/// standard is silent, PostgreSQL's) and a kind that says whose fault it is.
public enum ErrorCode {
    // Statements
    SYNTAX_ERROR("42601", Kind.USER),
    UNDEFINED_TABLE("42P01", Kind.USER),
    UNDEFINED_COLUMN("42703", Kind.USER),
    UNDEFINED_FUNCTION("42883", Kind.USER),
    UNDEFINED_OBJECT("42704", Kind.USER),
    UNDEFINED_STATEMENT("26000", Kind.USER),
    DUPLICATE_STATEMENT("42P05", Kind.USER),
    AMBIGUOUS_COLUMN("42702", Kind.USER),
    DUPLICATE_TABLE("42P07", Kind.USER),
    DUPLICATE_COLUMN("42701", Kind.USER),
    DUPLICATE_OBJECT("42710", Kind.USER),
    DUPLICATE_SCHEMA("42P06", Kind.USER),
    INVALID_SCHEMA_NAME("3F000", Kind.USER),
    WRONG_OBJECT_TYPE("42809", Kind.USER),
    DATATYPE_MISMATCH("42804", Kind.USER),
    INDETERMINATE_DATATYPE("42P18", Kind.USER),
    DEPENDENT_OBJECTS("2BP01", Kind.USER),
    GENERATED_ALWAYS("428C9", Kind.USER),
    GROUPING_ERROR("42803", Kind.USER),
    INVALID_DEFINITION("42P17", Kind.USER),
    INVALID_PARAMETER("22023", Kind.USER),
    FEATURE_NOT_SUPPORTED("0A000", Kind.USER),
    STATEMENT_TOO_COMPLEX("54001", Kind.LIMIT),
    INVALID_STATEMENT_NAME("26000", Kind.USER),
    WRONG_PARAMETER_COUNT("07001", Kind.USER),

    // Values
    NUMERIC_OUT_OF_RANGE("22003", Kind.USER),
    DIVISION_BY_ZERO("22012", Kind.USER),
    INVALID_TEXT_REPRESENTATION("22P02", Kind.USER),
    INVALID_DATETIME("22007", Kind.USER),
    DATETIME_OVERFLOW("22008", Kind.USER),
    INVALID_ARGUMENT("22023", Kind.USER),
    INVALID_ESCAPE("22025", Kind.USER),
    INVALID_REGULAR_EXPRESSION("2201B", Kind.USER),
    CHARACTER_NOT_IN_REPERTOIRE("22021", Kind.USER),
    STRING_TOO_LONG("22001", Kind.USER),
    CARDINALITY_VIOLATION("21000", Kind.USER),
    EXTERNAL_ROUTINE_FAILED("39000", Kind.USER),
    BAD_COPY_FORMAT("22P04", Kind.USER),

    // Constraints and transactions
    NOT_NULL_VIOLATION("23502", Kind.USER),
    UNIQUE_VIOLATION("23505", Kind.USER),
    CHECK_VIOLATION("23514", Kind.USER),
    TOKEN_REUSED("23000", Kind.USER),
    SERIALIZATION_FAILURE("40001", Kind.USER),
    COMPLETION_UNKNOWN("40003", Kind.SYSTEM),
    HISTORY_NOT_KEPT("72000", Kind.USER),
    LEASE_EXPIRED("55000", Kind.USER),
    READ_ONLY("25006", Kind.USER),
    INVALID_TRANSACTION_STATE("25000", Kind.USER),
    ACTIVE_TRANSACTION("25001", Kind.USER),
    NO_ACTIVE_TRANSACTION("25P01", Kind.USER),
    IN_FAILED_TRANSACTION("25P02", Kind.USER),

    // Limits
    OUT_OF_MEMORY("53200", Kind.LIMIT),
    DISK_FULL("53100", Kind.LIMIT),
    TOO_MANY_CONNECTIONS("53300", Kind.LIMIT),
    CONFIGURATION_LIMIT("53400", Kind.LIMIT),
    PROGRAM_LIMIT("54000", Kind.LIMIT),
    QUERY_CANCELED("57014", Kind.LIMIT),
    ADMIN_SHUTDOWN("57P01", Kind.SYSTEM),

    // Outside world
    IO_ERROR("58030", Kind.SYSTEM),
    FILE_NOT_FOUND("58P01", Kind.USER),
    LOCKED("55006", Kind.SYSTEM),
    FORMAT_TOO_NEW("58P02", Kind.SYSTEM),
    CONNECTION_FAILURE("08006", Kind.SYSTEM),
    PROTOCOL_VIOLATION("08P01", Kind.SYSTEM),
    INVALID_AUTHORIZATION("28000", Kind.USER),

    // Damage
    PART_CORRUPT("XX001", Kind.CORRUPTION),
    SEGMENT_CORRUPT("XX001", Kind.CORRUPTION),
    LOG_CORRUPT("XX001", Kind.CORRUPTION),
    MANIFEST_CORRUPT("XX001", Kind.CORRUPTION),

    /// A mistake of ours that reached a user all the same.
    INTERNAL("XX000", Kind.INTERNAL);

    /// Who can mend it: the user, an administrator who raises a limit, the operator of the machine, a restore, or us.
    public enum Kind {
        USER,
        LIMIT,
        SYSTEM,
        CORRUPTION,
        INTERNAL
    }

    private final String sqlState;
    private final Kind kind;

    ErrorCode(String sqlState, Kind kind) {
        this.sqlState = sqlState;
        this.kind = kind;
    }

    public String sqlState() {
        return sqlState;
    }

    public Kind kind() {
        return kind;
    }
}
