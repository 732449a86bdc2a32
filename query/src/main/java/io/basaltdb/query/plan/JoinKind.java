package io.basaltdb.query.plan;

/// Which rows a join gives. "Left" is the probe side, "right" the build side.
public enum JoinKind {
    INNER,
    LEFT,
    RIGHT,
    FULL,
    /// Left rows that have a match; left columns only.
    SEMI,
    /// Left rows that have no match; left columns only.
    ANTI,
    /// NOT IN: as ANTI, but nothing where the right side has a NULL key, and no left row with a NULL key unless the right side is empty.
    /// One key column.
    NULL_AWARE_ANTI,
    /// Each left row once, with one BOOLEAN column behind its columns that says whether it has a match.
    MARK;

    public boolean givesRightColumns() {
        return switch (this) {
            case INNER, LEFT, RIGHT, FULL -> true;
            case SEMI, ANTI, NULL_AWARE_ANTI, MARK -> false;
        };
    }
}
