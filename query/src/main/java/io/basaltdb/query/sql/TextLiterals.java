package io.basaltdb.query.sql;

import io.basaltdb.query.optimizer.OwnRelType;
import io.basaltdb.query.optimizer.RelTypes;
import io.basaltdb.storage.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.jspecify.annotations.Nullable;

/// Texts that stand in the statement as choices of CASE or COALESCE beside values of another type, or are added to a number and the like: they are read as that
/// type, as in PostgreSQL. A column of texts is not.
final class TextLiterals {
    private static final Set<String> ARITHMETIC = Set.of("+", "-", "*", "/", "%", "//");

    /// Functions whose arguments are of one type.
    private static final Set<String> ALIKE =
            Set.of("nullif", "greatest", "least", "list_value", "enum_range");

    /// Functions of a list and what may be in it.
    private static final Set<String> OF_ELEMENT =
            Set.of(
                    "list_contains",
                    "array_contains",
                    "list_has",
                    "has",
                    "list_position",
                    "indexof",
                    "list_append",
                    "array_append");

    private TextLiterals() {}

    /// Puts casts around such texts, before the call's type is derived.
    static void read(SqlNode node, SqlValidator validator, SqlValidatorScope scope) {
        if (node instanceof SqlCase choice) {
            readCase(choice, validator, scope);
        } else if (node instanceof SqlCall call
                && call.operandCount() == 2
                && ARITHMETIC.contains(call.getOperator().getName())) {
            readTerms(call, validator, scope);
        } else if (node instanceof SqlCall call
                && (node.getKind() == SqlKind.IN || node.getKind() == SqlKind.NOT_IN)) {
            readList(call, validator, scope);
        } else if (node instanceof SqlCall call
                && ALIKE.contains(call.getOperator().getName().toLowerCase(Locale.ROOT))) {
            readAlike(call, validator, scope);
        } else if (node instanceof SqlCall call
                && call.operandCount() == 2
                && OF_ELEMENT.contains(call.getOperator().getName().toLowerCase(Locale.ROOT))) {
            readElement(call, validator, scope);
        } else if (node.getKind() == SqlKind.COALESCE && node instanceof SqlCall call) {
            @Nullable RelDataType type = type(call.getOperandList(), validator, scope);
            for (int i = 0; type != null && i < call.operandCount(); i++) {
                if (call.operand(i) instanceof SqlCharStringLiteral text) {
                    call.setOperand(i, cast(text, type));
                }
            }
        }
    }

    /// `n + '1'`, `'2' * n`
    private static void readTerms(SqlCall call, SqlValidator validator, SqlValidatorScope scope) {
        for (int i = 0; i < 2; i++) {
            if (call.operand(i) instanceof SqlCharStringLiteral text
                    && !(call.operand(1 - i) instanceof SqlCharStringLiteral)
                    && call.operand(1 - i).getKind() != SqlKind.DYNAMIC_PARAM) {
                RelDataType type = validator.deriveType(scope, call.operand(1 - i));
                boolean isTerm = SqlTypeUtil.isNumeric(type) || isInterval(type);
                if (isTerm && isSpelled(type)) {
                    call.setOperand(i, cast(text, type));
                }
            }
        }
    }

    /// `nullif(m, 'ok')` of a type that the grammar does not know.
    private static void readAlike(SqlCall call, SqlValidator validator, SqlValidatorScope scope) {
        @Nullable RelDataType type = type(call.getOperandList(), validator, scope);
        for (int i = 0; type instanceof OwnRelType && i < call.operandCount(); i++) {
            if (call.operand(i) instanceof SqlCharStringLiteral text) {
                call.setOperand(i, cast(text, type));
            }
        }
    }

    /// `list_contains(l, 'ok')` of a list of such values.
    private static void readElement(SqlCall call, SqlValidator validator, SqlValidatorScope scope) {
        if (call.operand(1) instanceof SqlCharStringLiteral text
                && !(call.operand(0) instanceof SqlCharStringLiteral)
                && call.operand(0).getKind() != SqlKind.DYNAMIC_PARAM
                && validator.deriveType(scope, call.operand(0)).getComponentType()
                        instanceof OwnRelType element) {
            call.setOperand(1, cast(text, element));
        }
    }

    private static boolean isInterval(RelDataType type) {
        return RelTypes.isKnown(type) && RelTypes.toType(type) instanceof Type.CalendarInterval;
    }

    /// `i IN ('1 day', '2 days')` of a type that the grammar does not know.
    private static void readList(SqlCall call, SqlValidator validator, SqlValidatorScope scope) {
        if (!(call.operand(1) instanceof SqlNodeList list)) {
            return;
        }
        RelDataType type = validator.deriveType(scope, call.operand(0));
        if (!(type instanceof OwnRelType)) {
            return;
        }
        for (int i = 0; i < list.size(); i++) {
            boolean isOther =
                    list.get(i) instanceof SqlCharStringLiteral
                            || list.get(i) instanceof SqlIntervalLiteral;
            if (isOther) {
                list.set(
                        i,
                        CastOperator.cast(
                                list.get(i), RelTypes.toType(type), validator.getTypeFactory()));
            }
        }
    }

    private static void readCase(SqlCase choice, SqlValidator validator, SqlValidatorScope scope) {
        SqlNodeList values = choice.getThenOperands();
        List<SqlNode> all = new ArrayList<>(values.getList());
        @Nullable SqlNode otherwise = choice.getElseOperand();
        if (otherwise != null) {
            all.add(otherwise);
        }
        @Nullable RelDataType type = type(all, validator, scope);
        if (type == null) {
            return;
        }
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) instanceof SqlCharStringLiteral text) {
                values.set(i, cast(text, type));
            }
        }
        if (otherwise instanceof SqlCharStringLiteral text) {
            choice.setOperand(3, cast(text, type));
        }
    }

    /// What the values beside texts are in common; null where there is no text, nothing else, or nothing in common.
    private static @Nullable RelDataType type(
            List<SqlNode> values, SqlValidator validator, SqlValidatorScope scope) {
        if (values.stream().noneMatch(SqlCharStringLiteral.class::isInstance)) {
            return null;
        }
        List<RelDataType> others = new ArrayList<>();
        for (SqlNode value : values) {
            if (value instanceof SqlCharStringLiteral || value.getKind() == SqlKind.DYNAMIC_PARAM) {
                continue;
            }
            RelDataType type = validator.deriveType(scope, value);
            if (SqlTypeUtil.inCharFamily(type)) {
                return null;
            }
            if (!SqlTypeUtil.isNull(type)) {
                others.add(type);
            }
        }
        @Nullable RelDataType common =
                others.isEmpty() ? null : validator.getTypeFactory().leastRestrictive(others);
        return common != null && isSpelled(common) ? common : null;
    }

    /// Whether a cast can name the type by what the grammar's own types are made of.
    private static boolean isSpelled(RelDataType type) {
        return RelTypes.isKnown(type)
                && switch (RelTypes.toType(type)) {
                    case Type.Bool _, Type.Int _, Type.Real _, Type.DoublePrecision _ -> true;
                    case Type.Decimal _, Type.Date _, Type.Timestamp _, Type.TimestampTz _ -> true;
                    case Type.Time _, Type.Uuid _, Type.Binary _, Type.CalendarInterval _ -> true;
                    case Type.Enumeration _, Type.Inet _ -> true;
                    case Type.Text _, Type.Json _, Type.Nested _ -> false;
                    case Type.Interval _, Type.Null _ -> false;
                };
    }

    private static SqlNode cast(SqlCharStringLiteral text, RelDataType type) {
        SqlParserPos position = text.getParserPosition();
        return type instanceof OwnRelType
                ? CastOperator.cast(text, type)
                : SqlStdOperatorTable.CAST.createCall(
                        position, text, SqlTypeUtil.convertTypeToSpec(type));
    }
}
