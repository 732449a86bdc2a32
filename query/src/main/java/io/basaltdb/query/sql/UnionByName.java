package io.basaltdb.query.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/// `a UNION [ALL] BY NAME b`: both sides give the columns of the first and behind them those that only the second has; what a side does not have is
/// NULL.
final class UnionByName extends SqlShuttle {
    private static final String BY_NAME = "BY NAME";

    private final Function<SqlNode, List<String>> columns;

    /// What WITH has named where the pass stands.
    private final List<SqlNode> named = new ArrayList<>();

    private UnionByName(Function<SqlNode, List<String>> columns) {
        this.columns = columns;
    }

    /// @param columns the names of a query's columns
    static SqlNode replaced(SqlNode tree, Function<SqlNode, List<String>> columns) {
        @Nullable SqlNode replaced = tree.accept(new UnionByName(columns));
        assert replaced != null;
        return replaced;
    }

    /// Whether the text may hold one.
    static boolean isIn(String sql) {
        return sql.toUpperCase(Locale.ROOT).contains("NAME");
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
        if (call instanceof SqlWith with) {
            int before = named.size();
            for (SqlNode item : with.withList) {
                ((SqlWithItem) item).query = replaced(((SqlWithItem) item).query);
                named.add(item);
            }
            with.body = replaced(with.body);
            named.subList(before, named.size()).clear();
            return with;
        }
        @Nullable SqlNode visited = super.visit(call);
        return visited instanceof SqlBasicCall union
                        && union.getOperator().getName().endsWith(BY_NAME)
                ? byName(union)
                : visited;
    }

    private SqlNode replaced(SqlNode query) {
        @Nullable SqlNode replaced = query.accept(this);
        assert replaced != null;
        return replaced;
    }

    private SqlNode byName(SqlCall union) {
        SqlParserPos position = union.getParserPosition();
        List<String> left = columnsOf(union.operand(0));
        List<String> right = columnsOf(union.operand(1));
        List<String> all = new ArrayList<>(left);
        for (String name : right) {
            if (!contains(all, name)) {
                all.add(name);
            }
        }
        boolean keepsAll = union.getOperator().getName().contains("ALL");
        return (keepsAll ? SqlStdOperatorTable.UNION_ALL : SqlStdOperatorTable.UNION)
                .createCall(
                        position,
                        side(union.operand(0), left, all, position),
                        side(union.operand(1), right, all, position));
    }

    private List<String> columnsOf(SqlNode query) {
        SqlNode complete =
                named.isEmpty()
                        ? query
                        : new SqlWith(
                                query.getParserPosition(),
                                new SqlNodeList(named, query.getParserPosition()),
                                query);
        List<String> names = columns.apply(TreeCopy.of(complete));
        for (int i = 0; i < names.size(); i++) {
            if (contains(names.subList(0, i), names.get(i))) {
                throw SyntaxRewrite.unsupported(
                        query.getParserPosition(),
                        "UNION BY NAME needs columns of different names, but "
                                + names.get(i)
                                + " is there twice");
            }
        }
        return names;
    }

    private static SqlNode side(
            SqlNode query, List<String> own, List<String> all, SqlParserPos position) {
        String alias = "side of a union by name";
        SqlNodeList items = new SqlNodeList(position);
        for (String name : all) {
            SqlNode value =
                    contains(own, name)
                            ? new SqlIdentifier(List.of(alias, name), position)
                            : SqlLiteral.createNull(position);
            items.add(
                    SqlStdOperatorTable.AS.createCall(
                            position, value, new SqlIdentifier(name, position)));
        }
        SqlNode from =
                SqlStdOperatorTable.AS.createCall(
                        position, query, new SqlIdentifier(alias, position));
        return new SqlSelect(
                position, null, items, from, null, null, null, null, null, null, null, null, null);
    }

    private static boolean contains(List<String> names, String name) {
        return names.stream().anyMatch(name::equalsIgnoreCase);
    }
}
