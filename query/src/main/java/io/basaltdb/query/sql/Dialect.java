package io.basaltdb.query.sql;

import io.basaltdb.sqlparser.BasaltSqlParser;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.validate.SqlConformance;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlDelegatingConformance;
import org.apache.calcite.sql.validate.SqlValidator;

/// The choices that make our SQL: names, quoting, what is allowed, where NULL sorts.
final class Dialect {
    /// The one catalog.
    static final String CATALOG = "basalt";

    /// The schema under which the grammar files `FROM 'file'`; no user can create it, for no name holds a blank unquoted and this one
    /// is refused.
    static final String FILE_SCHEMA = "file in place";

    /// The schema under which a statement that deletes finds its table with the addresses of its rows; no user can name it either.
    static final String ADDRESSED_SCHEMA = "rows with addresses";

    /// Behind it and a number the schema under which FOR SYSTEM_TIME AS OF finds its tables.
    static final String PAST_SCHEMA = "rows as of ";

    static final NullCollation NULLS = NullCollation.LAST;

    /// Lenient, and an alias of the select list may be used by its neighbours. The still more lenient stock conformance breaks GROUP BY.
    static final SqlConformance CONFORMANCE =
            new SqlDelegatingConformance(SqlConformanceEnum.LENIENT) {
                @Override
                public SelectAliasLookup isSelectAlias() {
                    return SelectAliasLookup.ANY;
                }

                // Lets SEMI JOIN and ANTI JOIN through.
                @Override
                public boolean isLiberal() {
                    return true;
                }
            };

    static final SqlParser.Config PARSER =
            SqlParser.config()
                    .withParserFactory(BasaltSqlParser.FACTORY)
                    .withQuoting(Quoting.DOUBLE_QUOTE)
                    .withUnquotedCasing(Casing.UNCHANGED)
                    .withQuotedCasing(Casing.UNCHANGED)
                    .withCaseSensitive(false)
                    .withIdentifierMaxLength(256)
                    .withConformance(CONFORMANCE);

    static final SqlValidator.Config VALIDATOR =
            SqlValidator.Config.DEFAULT
                    .withConformance(CONFORMANCE)
                    .withDefaultNullCollation(NULLS)
                    .withIdentifierExpansion(true)
                    .withCallRewrite(false)
                    .withTypeCoercionEnabled(true)
                    .withTypeCoercionFactory(AggregateCoercion::new);

    private Dialect() {}
}
