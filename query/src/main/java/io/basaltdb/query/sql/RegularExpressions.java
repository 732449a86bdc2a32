package io.basaltdb.query.sql;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/// The operators that match regular expressions, as calls of the function that does.
final class RegularExpressions {
    private RegularExpressions() {}

    /// Null for any other operator.
    @SuppressWarnings("ReferenceEquality") // there is one of each operator
    static @Nullable SqlNode call(
            SqlOperator operator, SqlParserPos position, List<SqlNode> operands) {
        if (operator == SqlLibraryOperators.RLIKE) {
            return like(position, operands, false);
        }
        if (operator == SqlLibraryOperators.NOT_RLIKE) {
            return not(position, like(position, operands, false));
        }
        if (operator == SqlStdOperatorTable.POSIX_REGEX_CASE_SENSITIVE) {
            return like(position, operands, false);
        }
        if (operator == SqlStdOperatorTable.POSIX_REGEX_CASE_INSENSITIVE) {
            return like(position, operands, true);
        }
        if (operator == SqlStdOperatorTable.NEGATED_POSIX_REGEX_CASE_SENSITIVE) {
            return not(position, like(position, operands, false));
        }
        if (operator == SqlStdOperatorTable.NEGATED_POSIX_REGEX_CASE_INSENSITIVE) {
            return not(position, like(position, operands, true));
        }
        if (operator == SqlStdOperatorTable.SIMILAR_TO) {
            return similar(position, operands);
        }
        if (operator == SqlStdOperatorTable.NOT_SIMILAR_TO) {
            return not(position, similar(position, operands));
        }
        return null;
    }

    /// The pattern of the standard as a regular expression for all of the text: `%` is `.*`, `_` is `.`, and what the standard does not know is a
    /// character like any other.
    private static SqlNode similar(SqlParserPos position, List<SqlNode> operands) {
        char escape = operands.size() == 3 ? literal(operands.get(2), "escape").charAt(0) : '\\';
        String pattern = literal(operands.get(1), "pattern");
        StringBuilder regex = new StringBuilder("^(?:");
        boolean inSet = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == escape && i + 1 < pattern.length()) {
                quote(regex, pattern.charAt(++i));
            } else if (inSet) {
                inSet = c != ']';
                regex.append(c == '\\' ? "\\\\" : String.valueOf(c));
            } else {
                inSet = c == '[';
                switch (c) {
                    case '%' -> regex.append(".*");
                    case '_' -> regex.append('.');
                    case '(' -> regex.append("(?:");
                    case '.', '^', '$', '\\' -> quote(regex, c);
                    default -> regex.append(c);
                }
            }
        }
        return like(
                position,
                List.of(operands.getFirst(), SqlLiteral.createCharString(regex + ")$", position)),
                false);
    }

    /// The pattern of a shell as a regular expression for all of the text: `*`, `?`, `[abc]`, `[!abc]`.
    static SqlNode glob(SqlParserPos position, List<SqlNode> operands) {
        if (!(operands.get(1) instanceof SqlLiteral literal)
                || literal.getTypeName() != SqlTypeName.CHAR) {
            throw SyntaxRewrite.unsupported(
                    operands.get(1).getParserPosition(),
                    "The pattern of GLOB must be a text in quotes; regexp_like(text, pattern) takes any");
        }
        String pattern = literal.getValueAs(String.class);
        StringBuilder regex = new StringBuilder("(?s)^(?:");
        boolean inSet = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (inSet) {
                inSet = c != ']';
                regex.append(c == '\\' ? "\\\\" : String.valueOf(c));
                continue;
            }
            switch (c) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                case '[' -> {
                    inSet = true;
                    boolean not = i + 1 < pattern.length() && pattern.charAt(i + 1) == '!';
                    regex.append(not ? "[^" : "[");
                    i += not ? 1 : 0;
                }
                default -> quote(regex, c);
            }
        }
        SqlNode text = SqlLiteral.createCharString(regex + ")$", position);
        return like(position, List.of(operands.getFirst(), text), false);
    }

    private static void quote(StringBuilder regex, char c) {
        if (!Character.isLetterOrDigit(c)) {
            regex.append('\\');
        }
        regex.append(c);
    }

    private static String literal(SqlNode node, String what) {
        if (node instanceof SqlLiteral literal
                && literal.getTypeName() == SqlTypeName.CHAR
                && (what.equals("pattern") || literal.getValueAs(String.class).length() == 1)) {
            return literal.getValueAs(String.class);
        }
        throw SyntaxRewrite.unsupported(
                node.getParserPosition(),
                "The "
                        + what
                        + " of SIMILAR TO must be a text in quotes; regexp_like(text, pattern) takes any");
    }

    private static SqlNode like(SqlParserPos position, List<SqlNode> operands, boolean ignoreCase) {
        List<SqlNode> arguments = new ArrayList<>(operands.subList(0, 2));
        if (ignoreCase) {
            arguments.add(SqlLiteral.createCharString("i", position));
        }
        return SyntaxRewrite.named(position, "regexp_like", arguments);
    }

    private static SqlNode not(SqlParserPos position, SqlNode operand) {
        return SqlStdOperatorTable.NOT.createCall(position, operand);
    }
}
