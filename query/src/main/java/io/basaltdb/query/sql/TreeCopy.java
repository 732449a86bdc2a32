package io.basaltdb.query.sql;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/// A deep copy of a syntax tree. The validator writes into the tree it checks, and a parsed statement may be planned many times.
final class TreeCopy extends SqlShuttle {
    private TreeCopy() {}

    static SqlNode of(SqlNode tree) {
        @Nullable SqlNode copy = tree.accept(new TreeCopy());
        assert copy != null;
        return copy;
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
        CallCopyingArgHandler copier = new CallCopyingArgHandler(call, true);
        call.getOperator().acceptCall(this, call, false, copier);
        return copier.result();
    }

    @Override
    public @Nullable SqlNode visit(SqlIdentifier identifier) {
        return identifier.clone(identifier.getParserPosition());
    }
}
