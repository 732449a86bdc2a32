package io.basaltdb.query.sql;

import io.basaltdb.storage.type.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The types that users created, as a statement's text may name them.
interface NamedTypes {
    /// There are none.
    NamedTypes NONE = _ -> null;

    /// Any name is one: for texts of which no value is ever computed.
    NamedTypes ANY = name -> new Type.Enumeration(name, List.of("any"));

    /// The type of that name, ignoring case; null where there is none.
    Type.@Nullable Enumeration find(String name);
}
