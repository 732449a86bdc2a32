package io.basaltdb.query.sql;

import io.basaltdb.query.optimizer.RelTypes;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.util.Litmus;

/// The text of a type that the grammar does not know, in a cast: the name of one that was created, `ENUM('a', 'b')`, or one with such types in it. It is read where the
/// types of the database are known.
final class WrittenTypeName extends SqlTypeNameSpec {
    private final String text;

    private WrittenTypeName(String text, SqlParserPos position) {
        super(new SqlIdentifier(text, position), position);
        this.text = text;
    }

    /// @param text as [TypeParser] reads it
    static SqlDataTypeSpec of(String text, SqlParserPos position) {
        return new SqlDataTypeSpec(new WrittenTypeName(text, position), position);
    }

    @Override
    public RelDataType deriveType(SqlValidator validator) {
        NamedTypes types =
                validator instanceof QueryValidator own ? own.namedTypes() : NamedTypes.NONE;
        try {
            TokenCursor cursor = new TokenCursor(text, SqlLexer.tokens(text), types);
            RelDataType type =
                    RelTypes.toRel(
                            validator.getTypeFactory(), new TypeParser(cursor).parse(), true);
            cursor.expectEnd();
            return type;
        } catch (BasaltException e) {
            ErrorCode code = e.code();
            throw SyntaxRewrite.refused(getParserPos(), code, e.text());
        }
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        writer.keyword(text);
    }

    @Override
    public boolean equalsDeep(SqlTypeNameSpec other, Litmus litmus) {
        return (other instanceof WrittenTypeName written && written.text.equals(text))
                ? litmus.succeed()
                : litmus.fail("{} != {}", this, other);
    }
}
