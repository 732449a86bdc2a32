<#-- Productions that the hooks of config.fmpp name. -->

/** The cast of PostgreSQL: {@code value::type}. */
void InfixCast(List<Object> list, ExprContext exprContext, Span s) :
{
    final SqlDataTypeSpec type;
}
{
    <INFIX_CAST> {
        checkNonQueryExpression(exprContext);
    }
    type = DataType() {
        list.add(new SqlParserUtil.ToTreeListItem(SqlLibraryOperators.INFIX_CAST, s.pos()));
        list.add(type);
    }
}

/** {@code a == b}, another way to write {@code a = b}. */
void DoubleEqual(List<Object> list, ExprContext exprContext, Span s) :
{
}
{
    <DOUBLE_EQUAL> {
        checkNonQueryExpression(exprContext);
        list.add(new SqlParserUtil.ToTreeListItem(SqlStdOperatorTable.EQUALS, getPos()));
    }
    AddExpression2b(list, ExprContext.ACCEPT_SUB_QUERY)
}

/** Operators that the standard does not know; what they do is decided by their name. */
void CatalogInfix(List<Object> list, ExprContext exprContext, Span s) :
{
    final SqlOperator operator;
}
{
    (
        <DOUBLE_SLASH> { operator = SyntaxActions.INTEGER_DIVIDE; }
    |
        ( <DOUBLE_STAR> | <CARET> ) { operator = SyntaxActions.POWER; }
    |
        <AMPERSAND> { operator = SyntaxActions.BIT_AND; }
    |
        <VERTICAL_BAR> { operator = SyntaxActions.BIT_OR; }
    |
        <LEFTSHIFT> { operator = SyntaxActions.SHIFT_LEFT; }
    |
        <SHIFT_RIGHT> { operator = SyntaxActions.SHIFT_RIGHT; }
    |
        <AT_TIME_ZONE> { operator = SyntaxActions.AT_TIME_ZONE; }
    |
        <JSON_ARROW> { operator = SyntaxActions.JSON_VALUE; }
    |
        <JSON_TEXT_ARROW> { operator = SyntaxActions.JSON_TEXT; }
    |
        <JSON_PATH> { operator = SyntaxActions.JSON_PATH; }
    |
        <JSON_TEXT_PATH> { operator = SyntaxActions.JSON_TEXT_PATH; }
    |
        <XOR_SIGN> { operator = SyntaxActions.XOR; }
    |
        <CONTAINS_SIGN> { operator = SyntaxActions.CONTAINS; }
    |
        <CONTAINED_SIGN> { operator = SyntaxActions.CONTAINED; }
    |
        <OVERLAPS_SIGN> { operator = SyntaxActions.OVERLAPS; }
    |
        <WITHIN_SIGN> { operator = SyntaxActions.WITHIN_OR_EQUAL; }
    |
        <AROUND_SIGN> { operator = SyntaxActions.AROUND_OR_EQUAL; }
    |
        <GLOB> { operator = SyntaxActions.GLOB; }
    )
    {
        checkNonQueryExpression(exprContext);
        list.add(new SqlParserUtil.ToTreeListItem(operator, getPos()));
    }
    AddExpression2b(list, ExprContext.ACCEPT_SUB_QUERY)
}

/** {@code [LEFT] SEMI JOIN} and {@code [LEFT] ANTI JOIN}: the left rows that have a partner, or none. */
JoinType SemiOrAntiJoin() :
{
    final JoinType type;
}
{
    [ <LEFT> ]
    (
        <SEMI> { type = JoinType.LEFT_SEMI_JOIN; }
    |
        <ANTI> { type = JoinType.LEFT_ANTI_JOIN; }
    )
    <JOIN> { return type; }
}

/** A parameter by number, {@code $1}; the first is 1 in SQL and 0 in the tree. */
SqlNode NumberedParameter() :
{
}
{
    <NUMBERED_PARAMETER> {
        return SyntaxActions.numberedParameter(token.image, getPos());
    }
}
