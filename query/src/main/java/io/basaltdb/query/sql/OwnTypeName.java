package io.basaltdb.query.sql;

import io.basaltdb.query.optimizer.RelTypes;
import io.basaltdb.storage.type.Type;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.util.Litmus;

/// The name of a type of ours that the grammar has no name for, where a cast to it is put into a tree.
final class OwnTypeName extends SqlTypeNameSpec {
    private final Type type;

    private OwnTypeName(Type type, SqlParserPos position) {
        super(new SqlIdentifier(type.sql(), position), position);
        this.type = type;
    }

    static SqlDataTypeSpec of(Type type, SqlParserPos position) {
        return new SqlDataTypeSpec(new OwnTypeName(type, position), position);
    }

    @Override
    public RelDataType deriveType(SqlValidator validator) {
        return RelTypes.toRel(validator.getTypeFactory(), type, true);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        writer.keyword(type.sql());
    }

    @Override
    public boolean equalsDeep(SqlTypeNameSpec other, Litmus litmus) {
        return (other instanceof OwnTypeName own && own.type.equals(type))
                ? litmus.succeed()
                : litmus.fail("{} != {}", this, other);
    }
}
