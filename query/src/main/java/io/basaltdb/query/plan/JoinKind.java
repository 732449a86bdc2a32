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
    /// Right rows that have a match; right columns only. A SEMI join that builds its left side.
    RIGHT_SEMI,
    /// Right rows that have no match; right columns only. An ANTI join that builds its left side.
    RIGHT_ANTI,
    /// Each left row once, with one BOOLEAN column behind its columns that says whether it has a match.
    MARK;

    /// Whether each match gives a row with the columns of both sides.
    public boolean givesPairs() {
        return switch (this) {
            case INNER, LEFT, RIGHT, FULL -> true;
            case SEMI, ANTI, NULL_AWARE_ANTI, RIGHT_SEMI, RIGHT_ANTI, MARK -> false;
        };
    }

    /// Whether right rows are given, when all left rows have been seen, by whether they had a match.
    public boolean givesRightRowsLast() {
        return switch (this) {
            case RIGHT, FULL, RIGHT_SEMI, RIGHT_ANTI -> true;
            case INNER, LEFT, SEMI, ANTI, NULL_AWARE_ANTI, MARK -> false;
        };
    }

    /// Whether the right columns are all that is given.
    public boolean givesRightColumnsOnly() {
        return this == RIGHT_SEMI || this == RIGHT_ANTI;
    }
}
