package io.basaltdb.jdbc;

import io.basaltdb.jdbc.wire.LocalRows;
import io.basaltdb.protocol.ipc.WireField;
import io.basaltdb.protocol.ipc.WireSchema;
import io.basaltdb.protocol.ipc.WireType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The columns of the result sets that `DatabaseMetaData` prescribes. A shape is written as
/// `NAME` for text, `NAME:i` for an integer, `NAME:s` for a small integer, `NAME:l` for a long,
/// `NAME:b` for a boolean.
final class RowShape {
    static final String TABLES =
            "TABLE_CAT TABLE_SCHEM TABLE_NAME TABLE_TYPE REMARKS TYPE_CAT TYPE_SCHEM TYPE_NAME"
                    + " SELF_REFERENCING_COL_NAME REF_GENERATION";
    static final String COLUMNS =
            "TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME DATA_TYPE:i TYPE_NAME COLUMN_SIZE:i"
                    + " BUFFER_LENGTH:i DECIMAL_DIGITS:i NUM_PREC_RADIX:i NULLABLE:i REMARKS COLUMN_DEF"
                    + " SQL_DATA_TYPE:i SQL_DATETIME_SUB:i CHAR_OCTET_LENGTH:i ORDINAL_POSITION:i"
                    + " IS_NULLABLE SCOPE_CATALOG SCOPE_SCHEMA SCOPE_TABLE SOURCE_DATA_TYPE:s"
                    + " IS_AUTOINCREMENT IS_GENERATEDCOLUMN";
    static final String SCHEMAS = "TABLE_SCHEM TABLE_CATALOG";
    static final String CATALOGS = "TABLE_CAT";
    static final String TABLE_TYPES = "TABLE_TYPE";
    static final String PRIMARY_KEYS =
            "TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME KEY_SEQ:s PK_NAME";
    static final String KEYS =
            "PKTABLE_CAT PKTABLE_SCHEM PKTABLE_NAME PKCOLUMN_NAME FKTABLE_CAT FKTABLE_SCHEM"
                    + " FKTABLE_NAME FKCOLUMN_NAME KEY_SEQ:s UPDATE_RULE:s DELETE_RULE:s FK_NAME"
                    + " PK_NAME DEFERRABILITY:s";
    static final String INDEXES =
            "TABLE_CAT TABLE_SCHEM TABLE_NAME NON_UNIQUE:b INDEX_QUALIFIER INDEX_NAME TYPE:s"
                    + " ORDINAL_POSITION:s COLUMN_NAME ASC_OR_DESC CARDINALITY:l PAGES:l"
                    + " FILTER_CONDITION";
    static final String TYPES =
            "TYPE_NAME DATA_TYPE:i PRECISION:i LITERAL_PREFIX LITERAL_SUFFIX CREATE_PARAMS"
                    + " NULLABLE:s CASE_SENSITIVE:b SEARCHABLE:s UNSIGNED_ATTRIBUTE:b"
                    + " FIXED_PREC_SCALE:b AUTO_INCREMENT:b LOCAL_TYPE_NAME MINIMUM_SCALE:s"
                    + " MAXIMUM_SCALE:s SQL_DATA_TYPE:i SQL_DATETIME_SUB:i NUM_PREC_RADIX:i";
    static final String FUNCTIONS =
            "FUNCTION_CAT FUNCTION_SCHEM FUNCTION_NAME REMARKS FUNCTION_TYPE:s SPECIFIC_NAME";
    static final String FUNCTION_COLUMNS =
            "FUNCTION_CAT FUNCTION_SCHEM FUNCTION_NAME COLUMN_NAME COLUMN_TYPE:s DATA_TYPE:i"
                    + " TYPE_NAME PRECISION:i LENGTH:i SCALE:s RADIX:s NULLABLE:s REMARKS"
                    + " CHAR_OCTET_LENGTH:i ORDINAL_POSITION:i IS_NULLABLE SPECIFIC_NAME";
    static final String PROCEDURES =
            "PROCEDURE_CAT PROCEDURE_SCHEM PROCEDURE_NAME RESERVED1 RESERVED2 RESERVED3 REMARKS"
                    + " PROCEDURE_TYPE:s SPECIFIC_NAME";
    static final String PROCEDURE_COLUMNS =
            "PROCEDURE_CAT PROCEDURE_SCHEM PROCEDURE_NAME COLUMN_NAME COLUMN_TYPE:s DATA_TYPE:i"
                    + " TYPE_NAME PRECISION:i LENGTH:i SCALE:s RADIX:s NULLABLE:s REMARKS COLUMN_DEF"
                    + " SQL_DATA_TYPE:i SQL_DATETIME_SUB:i CHAR_OCTET_LENGTH:i ORDINAL_POSITION:i"
                    + " IS_NULLABLE SPECIFIC_NAME";
    static final String ROW_IDENTIFIERS =
            "SCOPE:s COLUMN_NAME DATA_TYPE:i TYPE_NAME COLUMN_SIZE:i BUFFER_LENGTH:i"
                    + " DECIMAL_DIGITS:s PSEUDO_COLUMN:s";
    static final String TABLE_PRIVILEGES =
            "TABLE_CAT TABLE_SCHEM TABLE_NAME GRANTOR GRANTEE PRIVILEGE IS_GRANTABLE";
    static final String COLUMN_PRIVILEGES =
            "TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME GRANTOR GRANTEE PRIVILEGE IS_GRANTABLE";
    static final String PSEUDO_COLUMNS =
            "TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME DATA_TYPE:i COLUMN_SIZE:i"
                    + " DECIMAL_DIGITS:i NUM_PREC_RADIX:i COLUMN_USAGE REMARKS CHAR_OCTET_LENGTH:i"
                    + " IS_NULLABLE";
    static final String USER_TYPES =
            "TYPE_CAT TYPE_SCHEM TYPE_NAME CLASS_NAME DATA_TYPE:i REMARKS BASE_TYPE:s";
    static final String SUPER_TYPES =
            "TYPE_CAT TYPE_SCHEM TYPE_NAME SUPERTYPE_CAT SUPERTYPE_SCHEM SUPERTYPE_NAME";
    static final String SUPER_TABLES = "TABLE_CAT TABLE_SCHEM TABLE_NAME SUPERTABLE_NAME";
    static final String ATTRIBUTES =
            "TYPE_CAT TYPE_SCHEM TYPE_NAME ATTR_NAME DATA_TYPE:i ATTR_TYPE_NAME ATTR_SIZE:i"
                    + " DECIMAL_DIGITS:i NUM_PREC_RADIX:i NULLABLE:i REMARKS ATTR_DEF"
                    + " SQL_DATA_TYPE:i SQL_DATETIME_SUB:i CHAR_OCTET_LENGTH:i ORDINAL_POSITION:i"
                    + " IS_NULLABLE SCOPE_CATALOG SCOPE_SCHEMA SCOPE_TABLE SOURCE_DATA_TYPE:s";
    static final String CLIENT_PROPERTIES = "NAME MAX_LEN:i DEFAULT_VALUE DESCRIPTION";

    private RowShape() {}

    /// No rows yet, of a shape.
    static LocalRows empty(String shape) {
        List<WireField> fields = new ArrayList<>();
        for (String column : shape.split(" ", -1)) {
            int colon = column.indexOf(':');
            String name = colon < 0 ? column : column.substring(0, colon);
            String kind = colon < 0 ? "" : column.substring(colon + 1).toLowerCase(Locale.ROOT);
            fields.add(WireField.of(name, type(kind), true));
        }
        return new LocalRows(new WireSchema(fields));
    }

    private static WireType type(String kind) {
        switch (kind) {
            case "i":
                return WireType.INT32;
            case "s":
                return WireType.INT16;
            case "l":
                return WireType.INT64;
            case "b":
                return WireType.BOOLEAN;
            default:
                return WireType.UTF8;
        }
    }
}
