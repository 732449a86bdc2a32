package io.basaltdb.query.sql;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.sql.validate.SqlValidatorCatalogReader;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.jspecify.annotations.Nullable;

/// The validator, and what can only be written out where the columns of FROM are known: [ColumnChoices], and names of the select list in WHERE.
final class QueryValidator extends SqlValidatorImpl {
    QueryValidator(SqlValidatorCatalogReader catalog, RelDataTypeFactory types) {
        super(Operators.TABLE, catalog, types, Dialect.VALIDATOR);
    }

    @Override
    protected RelDataType validateSelectList(
            SqlNodeList items, SqlSelect select, RelDataType target) {
        SqlNodeList expanded =
                ColumnChoices.expanded(
                        select, star -> expandStar(SqlNodeList.of(star), select, false).getList());
        return super.validateSelectList(expanded, select, target);
    }

    @Override
    protected void validateWhereClause(SqlSelect select) {
        @Nullable SqlNode where = select.getWhere();
        if (where != null) {
            select.setWhere(where.accept(new AliasesInPlace(select)));
        }
        super.validateWhereClause(select);
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
            return value == null || isColumn(identifier) ? identifier : TreeCopy.of(value);
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

        private boolean isColumn(SqlIdentifier identifier) {
            SqlValidatorScope scope = getWhereScope(select);
            try {
                scope.fullyQualify(identifier);
                return true;
            } catch (CalciteContextException unknown) {
                return false;
            }
        }
    }
}
