package io.basaltdb.jdbc;

/// One way in which a piece of SQL could go on; see [BasaltConnection#complete].
public final class Completion {
    private final String text;
    private final String kind;
    private final int start;

    Completion(String text, String kind, int start) {
        this.text = text;
        this.kind = kind;
        this.start = start;
    }

    /// What replaces the word that was begun.
    public String text() {
        return text;
    }

    /// `keyword`, `schema`, `table`, `view`, `column`, `function` or `setting`.
    public String kind() {
        return kind;
    }

    /// Where the word begins, in characters from 0.
    public int start() {
        return start;
    }
}
