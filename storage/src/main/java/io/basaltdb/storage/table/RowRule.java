package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.vector.Batch;
import org.jspecify.annotations.Nullable;

/// What SQL says of a table's rows beyond the types of their columns: generated columns and checks. Every row that a transaction adds passes
/// through it, whatever the way. For one thread.
public interface RowRule {
    /// The rows with their generated columns filled in. Lent until the next call.
    ///
    /// @param rows all columns of the table; those that are generated hold anything
    /// @throws BasaltException CHECK_VIOLATION, and what the expressions fail with
    Batch apply(Batch rows);

    /// Makes the rules of definitions: the query engine, since storage knows no expressions. Safe for use by many threads.
    interface Maker {
        RowRule of(TableDefinition definition);

        /// Who says which rows of a table with TTL have expired; null where nobody can.
        @Nullable ExpiryRule expiry(TableDefinition definition);
    }

    /// Where no engine is: rows of tables with rules cannot be written.
    Maker NONE =
            new Maker() {
                @Override
                public RowRule of(TableDefinition definition) {
                    throw new BasaltException(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            definition.qualifiedName()
                                    + " has checks or generated columns, so its rows are written through SQL only");
                }

                @Override
                public @Nullable ExpiryRule expiry(TableDefinition definition) {
                    return null;
                }
            };

    /// The rule of a definition; null where it has none.
    static @Nullable RowRule of(TableDefinition definition, Maker maker) {
        return definition.hasRules() ? maker.of(definition) : null;
    }
}
