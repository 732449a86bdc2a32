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
        <DOUBLE_STAR> { operator = SyntaxActions.POWER; }
    )
    {
        checkNonQueryExpression(exprContext);
        list.add(new SqlParserUtil.ToTreeListItem(operator, getPos()));
    }
    AddExpression2b(list, ExprContext.ACCEPT_SUB_QUERY)
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
