package io.basaltdb.query.sql;

/// The door of the front end: text in, statements and plans out. Safe for use by many threads.
public final class SqlFrontEnd {

    /// What one statement's text says.
    ///
    /// @throws io.basaltdb.storage.error.BasaltException with the place in the text where it cannot be read
    public Statement parse(String sql) {
        return StatementParser.parse(sql);
    }
}
