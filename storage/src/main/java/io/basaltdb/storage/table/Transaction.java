package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.CatalogSnapshot;
import io.basaltdb.storage.catalog.Comment;
import io.basaltdb.storage.catalog.MacroDefinition;
import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.catalog.UsedToken;
import io.basaltdb.storage.catalog.ViewDefinition;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Changes that become durable and visible together, or not at all. Prepared alone against the snapshot at which it began; nothing is seen
/// by others before [#commit]. For one thread at a time. Closing without commit rolls back.
///
/// Definitions that are given have an id of 0: the transaction assigns one. Columns that are given with ids of 0 get their position, counted
/// from 1, as id; the keys of such a definition name columns by these positions.
public interface Transaction extends AutoCloseable {
    /// What it sees now: the database as it was when it began, with all that the transaction has changed so far. Of no use once the transaction has
    /// ended; need not be closed.
    DatabaseSnapshot snapshot();

    /// What it sees now, readable until this snapshot is closed, also when the transaction has ended.
    DatabaseSnapshot pinnedSnapshot();

    /// The commit number at which it began.
    long begunAt();

    /// The names as it sees them now.
    CatalogSnapshot catalog();

    void createSchema(String name, boolean ifNotExists);

    /// Drops the schema; one that still has tables or views only with `cascade`.
    void dropSchema(String name, boolean ifExists, boolean cascade);

    /// The definition as created (own ids), or the existing one with `ifNotExists`.
    TableDefinition createTable(TableDefinition definition, boolean ifNotExists);

    /// Gives a table another definition of the same id, and all rows that the transaction sees with it: a column whose id is 0 comes with its initial
    /// value, one that is left out goes, one whose type [io.basaltdb.storage.type.Type#isWidened] is read as the new one. Any other change of a
    /// type needs a table without rows. Answers the definition with its ids and version.
    ///
    /// @param dependsOnRows whether the change is right for the rows that the transaction sees, and perhaps not for others
    TableDefinition alterTable(TableDefinition definition, boolean dependsOnRows);

    void dropTable(String schema, String name, boolean ifExists);

    void truncate(int tableId);

    /// Takes all rows of one partition away; one that has none is no mistake.
    ///
    /// @param values per partition expression a value of its column that lies in the partition
    void dropPartition(int tableId, List<Value> values);

    void createView(ViewDefinition definition, boolean orReplace, boolean ifNotExists);

    void dropView(String schema, String name, boolean ifExists);

    void createMacro(MacroDefinition definition, boolean orReplace, boolean ifNotExists);

    void dropMacro(String schema, String name, boolean ifExists);

    /// Creates the type, or puts it in the place of one that no column uses.
    void createType(Type.Enumeration type, boolean orReplace, boolean ifNotExists);

    /// @throws io.basaltdb.storage.error.BasaltException DEPENDENT_OBJECTS where a column uses it
    void dropType(String name, boolean ifExists);

    /// Gives the type a label behind the others, and with it every table that uses it. Rows stay as they are.
    void addLabel(String type, String label, boolean ifNotExists);

    /// Writes what is known of a table, a view or a column in place of what was written before.
    void comment(Comment comment);

    /// A way to add rows to the table, which may have been created in this transaction. Several appenders may be open at once, each used by
    /// one thread; all must be closed before [#commit].
    Appender appender(int tableId);

    /// The same for rows that have the primary keys of rows that the same statement deletes: no row has to be looked for.
    Appender replacingAppender(int tableId);

    /// Deletes rows that this transaction's newest snapshot sees, by address: the split's name in this snapshot and row numbers in it. Answers how
    /// many of them this transaction had not deleted before.
    int delete(int tableId, String split, int[] rows, int count);

    /// A way to add rows whose keys may be there already. One statement's; to be closed before [#commit].
    ///
    /// @throws io.basaltdb.storage.error.BasaltException INVALID_DEFINITION, once it is finished, where the table has no primary key
    KeyedInsert keyedInsert(int tableId, KeyConflict rule);

    /// Checks, at the end of a statement, that no two rows of the table have the same primary key as this transaction sees it. [#commit] does it
    /// in any case, and looks at what came after the snapshot too.
    ///
    /// @throws io.basaltdb.storage.error.BasaltException UNIQUE_VIOLATION
    void checkKeys(int tableId);

    /// Says that nothing of what the transaction does depends on a row that it has read, so that it meets the rows that are there at its commit: a
    /// truncation takes all of them, and a row of [KeyConflict.Replace] takes the place of whichever has its key by then. Nothing is a conflict
    /// then but a change of definitions. For one statement alone.
    void changeBlindly();

    /// What was inserted into the table under the token of that name, by this transaction or before it; null where nothing was: then the insert
    /// is to be carried out, and told by [#inserted].
    ///
    /// @throws io.basaltdb.storage.error.BasaltException SERIALIZATION_FAILURE where it came after the snapshot
    @Nullable UsedToken usedToken(int tableId, String name);

    /// Says that this transaction inserts so many rows into the table under that token, which is used up with its commit.
    void inserted(int tableId, InsertToken token, long rowCount);

    /// Makes everything durable and visible; returns the commit number. An empty transaction commits nothing and returns its snapshot's.
    long commit();

    @Override
    void close();
}
