package io.basaltdb.query.sql;

import io.basaltdb.query.function.jvm.JavaCode;
import io.basaltdb.query.function.jvm.JavaRoutine;
import io.basaltdb.query.optimizer.TableView;
import io.basaltdb.storage.catalog.MacroDefinition;
import io.basaltdb.storage.catalog.ViewDefinition;
import io.basaltdb.storage.type.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the engine tells the front end about what can be queried, fixed for one planning. Names match ignoring case.
public interface CatalogView {
    /// Changes whenever a plan that was made under another version could be wrong: definitions of tables and views, not rows.
    long version();

    /// Schemas that exist, virtual ones included.
    List<String> schemas();

    /// The table of that name, stored or virtual; null where there is none.
    @Nullable TableView table(String schema, String name);

    @Nullable ViewDefinition view(String schema, String name);

    /// The macro of that name; null where there is none.
    @Nullable MacroDefinition macro(String schema, String name);

    /// The type of that name; null where none was created.
    Type.@Nullable Enumeration type(String name);

    /// The code of a routine that a [#macro] is.
    JavaCode code(JavaRoutine routine);

    /// Names of the schema's tables and views, for "did you mean".
    List<String> tableNames(String schema);

    /// The file of `FROM 'path'`.
    ///
    /// @throws io.basaltdb.storage.error.BasaltException FILE_NOT_FOUND and others that name it
    TableView file(String path);

    /// What `FROM name('argument', …)` reads; null where there is no such table function.
    @Nullable TableView function(String name, List<String> arguments);
}
