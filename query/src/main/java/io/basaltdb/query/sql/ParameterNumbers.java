package io.basaltdb.query.sql;

import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/// Numbers the parameters of a statement whose pieces were parsed one by one, in the order of the text: each piece counts its own from 0.
final class ParameterNumbers {
    private int count;

    /// The piece with its parameters counted behind those of the pieces before.
    SqlNode number(SqlNode piece) {
        int before = count;
        @Nullable SqlNode numbered =
                piece.accept(
                        new SqlShuttle() {
                            @Override
                            public SqlNode visit(SqlDynamicParam parameter) {
                                int index = before + parameter.getIndex();
                                count = Math.max(count, index + 1);
                                return new SqlDynamicParam(index, parameter.getParserPosition());
                            }
                        });
        assert numbered != null;
        return numbered;
    }
}
