package io.basaltdb.query.sql;

import static org.apache.calcite.util.Static.RESOURCE;

import io.basaltdb.query.function.FunctionCatalog;
import io.basaltdb.query.optimizer.FixedOperator;
import io.basaltdb.query.optimizer.IntervalAggregate;
import io.basaltdb.query.optimizer.OwnRelType;
import io.basaltdb.query.optimizer.RelTypes;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.sql.validate.SqlValidatorCatalogReader;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.jspecify.annotations.Nullable;

/// The validator, and what can only be written out where the columns of FROM are known: [ColumnChoices], and names of the select list in WHERE.
final class QueryValidator extends SqlValidatorImpl {
    private final Map<Integer, Type> parameterTypes;
    private final NamedTypes namedTypes;

    /// @param namedTypes that casts can name
    /// @param parameterTypes as of [PlanSettings]
    QueryValidator(
            SqlValidatorCatalogReader catalog,
            RelDataTypeFactory types,
            Map<Integer, Type> parameterTypes,
            NamedTypes namedTypes) {
        super(Operators.TABLE, catalog, types, Dialect.VALIDATOR);
        this.parameterTypes = parameterTypes;
        this.namedTypes = namedTypes;
    }

    NamedTypes namedTypes() {
        return namedTypes;
    }

    @Override
    public RelDataType deriveType(SqlValidatorScope scope, SqlNode node) {
        if (hasTypeOfItsOwn(node)) {
            return getValidatedNodeType(node);
        }
        TextLiterals.read(node, this, scope);
        sumIntervals(node, scope);
        return super.deriveType(scope, node);
    }

    /// SUM and AVG of intervals are aggregates of their own, and their negation a function.
    private void sumIntervals(SqlNode node, SqlValidatorScope scope) {
        if (!(node instanceof SqlBasicCall call) || call.operandCount() != 1) {
            return;
        }
        if (call.getKind() == SqlKind.MINUS_PREFIX) {
            if (deriveType(scope, call.operand(0)) instanceof OwnRelType) {
                call.setOperator(new FixedOperator(FunctionCatalog.get("negate")));
            }
            return;
        }
        @Nullable IntervalAggregate ofIntervals = IntervalAggregate.of(call.getOperator());
        if (ofIntervals != null) {
            RelDataType type = deriveType(scope.getOperandScope(call), call.operand(0));
            if (RelTypes.isKnown(type)
                    && (RelTypes.toType(type) instanceof Type.Interval
                            || RelTypes.toType(type) instanceof Type.CalendarInterval)) {
                call.setOperator(ofIntervals);
            }
        }
    }

    @Override
    protected void inferUnknownTypes(RelDataType inferred, SqlValidatorScope scope, SqlNode node) {
        if (!hasTypeOfItsOwn(node)) {
            super.inferUnknownTypes(inferred, scope, node);
        }
    }

    /// Whether the node is a parameter that has the type of its value; says so to whoever asks for its type from then on.
    private boolean hasTypeOfItsOwn(SqlNode node) {
        @Nullable Type own =
                node instanceof SqlDynamicParam parameter
                        ? parameterTypes.get(parameter.getIndex())
                        : null;
        if (own != null) {
            setValidatedNodeType(node, RelTypes.toRel(getTypeFactory(), own, true));
        }
        return own != null;
    }

    @Override
    protected void validateGroupClause(SqlSelect select) {
        @Nullable SqlNodeList groups = select.getGroup();
        if (groups != null && AllColumns.isOpen(select)) {
            SqlNodeList columns =
                    AllColumns.columns(withoutStars(select), groups.getParserPosition());
            groups.clear(); // the list stays the same object, since scopes know it
            groups.addAll(columns);
        }
        super.validateGroupClause(select);
    }

    @Override
    protected void validateOrderList(SqlSelect select) {
        @Nullable SqlNode all = AllColumns.openKey(select);
        @Nullable SqlNodeList keys = select.getOrderList();
        if (all != null && keys != null) {
            SqlNodeList written = AllColumns.keys(all, select.getSelectList().size());
            keys.clear();
            keys.addAll(written);
        }
        super.validateOrderList(select);
    }

    private SqlNodeList withoutStars(SqlSelect select) {
        SqlNodeList items = new SqlNodeList(select.getSelectList().getParserPosition());
        for (SqlNode item : expanded(select)) {
            if (AllColumns.isStar(item)) {
                items.addAll(expandStar(SqlNodeList.of(item), select, false));
            } else {
                items.add(item);
            }
        }
        return items;
    }

    private SqlNodeList expanded(SqlSelect select) {
        return ColumnChoices.expanded(
                select, star -> expandStar(SqlNodeList.of(star), select, false).getList());
    }

    @Override
    protected RelDataType validateSelectList(
            SqlNodeList items, SqlSelect select, RelDataType target) {
        RelDataType row = super.validateSelectList(expanded(select), select, target);
        select.getSelectList().accept(new OuterAggregates(getWhereScope(select)));
        return row;
    }

    /// Refuses aggregates of outer columns alone: by the standard they are computed over the rows of the outer query, which nobody
    /// who writes them in a sub-query expects, and which is not built.
    private final class OuterAggregates extends SqlBasicVisitor<@Nullable Void> {
        private final SqlValidatorScope scope;

        OuterAggregates(SqlValidatorScope scope) {
            this.scope = scope;
        }

        @Override
        public @Nullable Void visit(SqlCall call) {
            if (call.isA(SqlKind.QUERY) || call.getKind() == SqlKind.OVER) {
                return null;
            }
            if (!call.getOperator().isAggregator() || call.getKind() == SqlKind.FILTER) {
                return super.visit(call);
            }
            ColumnsOf columns = new ColumnsOf(scope);
            call.getOperandList().stream()
                    .filter(Objects::nonNull)
                    .forEach(operand -> operand.accept(columns));
            if (columns.outer && !columns.own) {
                throw SyntaxRewrite.refused(
                        call.getParserPosition(),
                        ErrorCode.GROUPING_ERROR,
                        "An aggregate of columns of the outer query alone belongs to that query; write it there, or aggregate a column of the sub-query's own tables");
            }
            return null;
        }
    }

    /// Whose columns an expression names.
    private final class ColumnsOf extends SqlBasicVisitor<@Nullable Void> {
        private final SqlValidatorScope scope;
        private boolean own;
        private boolean outer;

        ColumnsOf(SqlValidatorScope scope) {
            this.scope = scope;
        }

        @Override
        public @Nullable Void visit(SqlCall call) {
            own |= call.isA(SqlKind.QUERY);
            return super.visit(call);
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // there is one scope of each query
        public @Nullable Void visit(SqlIdentifier identifier) {
            SqlIdentifier column;
            try {
                column = scope.fullyQualify(identifier).identifier;
            } catch (CalciteContextException unknown) {
                own = true;
                return null;
            }
            SqlValidatorScope.ResolvedImpl found = new SqlValidatorScope.ResolvedImpl();
            List<String> table = column.names.subList(0, column.names.size() - 1);
            if (!table.isEmpty()) {
                scope.resolve(table, getCatalogReader().nameMatcher(), false, found);
            }
            boolean isOuter = found.count() == 1 && found.only().scope != scope;
            outer |= isOuter;
            own |= !isOuter;
            return null;
        }
    }

    @Override
    protected void validateWhereClause(SqlSelect select) {
        MembersInPlace members = new MembersInPlace(select);
        members.replaceIn(select);
        ColumnsFirst.replaceIn(select, getWhereScope(select));
        @Nullable SqlNode where = select.getWhere();
        if (where != null) {
            select.setWhere(where.accept(new AliasesInPlace(select)));
        }
        super.validateWhereClause(select);
    }

    /// `s.a` of a column that is a struct as the call that takes its member, where no table is called `s`, and common columns of joins as
    /// what they mean.
    private final class MembersInPlace extends SqlShuttle {
        private final SqlValidatorScope scope;
        private final CommonColumns common;
        private final @Nullable SqlNode from;
        private final Set<String> items = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

        MembersInPlace(SqlSelect select) {
            this.scope = getWhereScope(select);
            this.from = select.getFrom();
            this.common = new CommonColumns(QueryValidator.this, from);
            for (SqlNode item : select.getSelectList()) {
                if (item.getKind() == SqlKind.AS) {
                    items.add(((SqlIdentifier) ((SqlCall) item).operand(1)).getSimple());
                }
            }
        }

        /// The name of a table where no column and no item is called so: its row, as a struct.
        private SqlNode row(SqlIdentifier name) {
            if (items.contains(name.getSimple()) || isColumn(scope, name)) {
                return name;
            }
            @Nullable SqlNode row = WholeRows.of(QueryValidator.this, from, name);
            return row == null ? name : row;
        }

        /// In all clauses behind FROM; the lists stay the same objects, since scopes know them.
        void replaceIn(SqlSelect select) {
            replaceInSelect(select.getSelectList());
            @Nullable SqlNodeList group = select.getGroup();
            if (group != null) {
                replaceIn(group);
            }
            @Nullable SqlNodeList order = select.getOrderList();
            if (order != null) {
                replaceInOrder(order, select.getSelectList());
            }
            select.setWhere(replaced(select.getWhere()));
            select.setHaving(replaced(select.getHaving()));
            select.setQualify(replaced(select.getQualify()));
        }

        private void replaceIn(SqlNodeList list) {
            for (int i = 0; i < list.size(); i++) {
                set(list, i, replaced(list.get(i)));
            }
        }

        /// A name alone is that of an item first.
        private void replaceInOrder(SqlNodeList order, SqlNodeList items) {
            for (int i = 0; i < order.size(); i++) {
                SqlNode key = order.get(i);
                SqlNode name = key;
                while (name instanceof SqlCall call
                        && (call.getKind() == SqlKind.DESCENDING
                                || call.getKind() == SqlKind.NULLS_FIRST
                                || call.getKind() == SqlKind.NULLS_LAST)) {
                    name = call.operand(0);
                }
                if (!(name instanceof SqlIdentifier column
                        && column.isSimple()
                        && names(items, column.getSimple()))) {
                    set(order, i, replaced(key));
                }
            }
        }

        private boolean names(SqlNodeList items, String name) {
            return items.stream()
                    .map(item -> SqlValidatorUtil.alias(item))
                    .anyMatch(alias ->
                            alias != null && getCatalogReader().nameMatcher().matches(alias, name));
        }

        /// As [#replaceIn(SqlNodeList)], where a name alone gives the column its name.
        @SuppressWarnings("ReferenceEquality") // what did not change is the same object
        private void replaceInSelect(SqlNodeList list) {
            for (int i = 0; i < list.size(); i++) {
                SqlNode item = list.get(i);
                @Nullable SqlNode node = replaced(item);
                if (node != item && node != null && item instanceof SqlIdentifier name) {
                    SqlParserPos position = name.getParserPosition();
                    node =
                            SqlStdOperatorTable.AS.createCall(
                                    position,
                                    node,
                                    new SqlIdentifier(name.names.getLast(), position));
                }
                set(list, i, node);
            }
        }

        /// A list that stays as it is may not allow to be written to.
        @SuppressWarnings("ReferenceEquality") // what did not change is the same object
        private static void set(SqlNodeList list, int i, @Nullable SqlNode node) {
            if (node != null && node != list.get(i)) {
                list.set(i, node);
            }
        }

        private @Nullable SqlNode replaced(@Nullable SqlNode node) {
            return node == null ? null : node.accept(this);
        }

        @Override
        public @Nullable SqlNode visit(SqlCall call) {
            if (call.isA(SqlKind.QUERY)) {
                return call;
            }
            if (call.getKind() == SqlKind.AS) {
                @Nullable SqlNode value = replaced(call.operand(0));
                call.setOperand(0, value);
                return call;
            }
            return super.visit(call);
        }

        @Override
        public @Nullable SqlNode visit(SqlIdentifier identifier) {
            if (identifier.isSimple()) {
                @Nullable SqlNode meaning = common.meaning(identifier);
                return meaning == null ? row(identifier) : meaning;
            }
            if (identifier.isStar() || isColumn(scope, identifier)) {
                return identifier;
            }
            for (int i = 1; i < identifier.names.size(); i++) {
                SqlIdentifier column = identifier.getComponent(0, i);
                if (isColumn(scope, column)
                        && deriveType(scope, column).getSqlTypeName() == SqlTypeName.ROW) {
                    String first = identifier.names.get(i);
                    if (deriveType(scope, column).getField(first, false, false) == null) {
                        throw newValidationError(identifier, RESOURCE.columnNotFound(first));
                    }
                    SqlNode value = column;
                    for (String member : identifier.names.subList(i, identifier.names.size())) {
                        value = NestedCalls.member(identifier.getParserPosition(), value, member);
                    }
                    return value;
                }
            }
            return identifier;
        }
    }

    static boolean isColumn(SqlValidatorScope scope, SqlIdentifier identifier) {
        try {
            scope.fullyQualify(identifier);
            return true;
        } catch (CalciteContextException unknown) {
            return false;
        }
    }

    /// Puts the expression of a named item where its name stands; a column of FROM with that name comes first.
    private final class AliasesInPlace extends SqlShuttle {
        private final SqlSelect select;

        AliasesInPlace(SqlSelect select) {
            this.select = select;
        }

        @Override
        public @Nullable SqlNode visit(SqlCall call) {
            return call.isA(SqlKind.QUERY) ? call : super.visit(call);
        }

        @Override
        public @Nullable SqlNode visit(SqlIdentifier identifier) {
            @Nullable SqlNode value = identifier.isSimple() ? item(identifier.getSimple()) : null;
            return value == null || isColumn(getWhereScope(select), identifier)
                    ? identifier
                    : TreeCopy.of(value);
        }

        private @Nullable SqlNode item(String name) {
            for (SqlNode item : select.getSelectList()) {
                if (item.getKind() == SqlKind.AS) {
                    List<SqlNode> operands = ((SqlCall) item).getOperandList();
                    if (operands.get(1) instanceof SqlIdentifier alias
                            && alias.getSimple().equalsIgnoreCase(name)) {
                        return operands.get(0);
                    }
                }
            }
            return null;
        }
    }
}
