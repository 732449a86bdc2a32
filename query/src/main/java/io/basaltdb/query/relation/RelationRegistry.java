package io.basaltdb.query.relation;

/// Finds what a name of a plan means at the snapshot of one query.
public interface RelationRegistry {
    /// @throws io.basaltdb.storage.error.BasaltException UNDEFINED_TABLE, FILE_NOT_FOUND and others that name it
    Relation resolve(RelationName name);
}
