package io.basaltdb.query.sql;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/// Gives queries of WITH one spelling wherever they are defined and read: the validator finds them by the exact one, while names of tables, as which they are
/// read, are the same in upper and lower case.
final class WithNames extends SqlBasicVisitor<@Nullable Void> {
    /// By their names in lower case, as they are written first.
    private final Map<String, String> spellings = new HashMap<>();

    private WithNames() {}

    static void spellAlike(SqlNode tree) {
        WithNames names = new WithNames();
        tree.accept(names.new Definitions());
        if (!names.spellings.isEmpty()) {
            tree.accept(names);
        }
    }

    private final class Definitions extends SqlBasicVisitor<@Nullable Void> {
        @Override
        public @Nullable Void visit(SqlCall call) {
            if (call instanceof SqlWithItem item) {
                String name = item.name.getSimple();
                spellings.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
                item.name = spelled(item.name);
            }
            return super.visit(call);
        }
    }

    @Override
    public @Nullable Void visit(SqlCall call) {
        if (call instanceof SqlSelect select) {
            @Nullable SqlNode from = select.getFrom();
            if (from != null) {
                select.setFrom(read(from));
            }
        } else if (call instanceof SqlJoin join) {
            join.setLeft(read(join.getLeft()));
            join.setRight(read(join.getRight()));
        } else if (call.getKind() == SqlKind.EXPLICIT_TABLE) {
            call.setOperand(0, read(call.operand(0)));
        }
        return super.visit(call);
    }

    /// What stands in FROM, with the name of a table as that of the query.
    private SqlNode read(SqlNode from) {
        if (from instanceof SqlIdentifier name) {
            return spelled(name);
        }
        switch (from.getKind()) {
            case AS, TABLESAMPLE, LATERAL -> {
                SqlCall call = (SqlCall) from;
                call.setOperand(0, read(call.operand(0)));
            }
            default -> {}
        }
        return from;
    }

    private SqlIdentifier spelled(SqlIdentifier name) {
        @Nullable String spelling =
                name.isSimple() ? spellings.get(name.getSimple().toLowerCase(Locale.ROOT)) : null;
        return spelling == null || spelling.equals(name.getSimple())
                ? name
                : new SqlIdentifier(spelling, name.getParserPosition());
    }
}
