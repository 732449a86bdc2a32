package io.basaltdb.benchmarks.hits;

/// What a drawn value belongs to: it is the same in all rows of one site, one user, one visit, or of one row only.
enum Level {
    SITE,
    USER,
    VISIT,
    HIT
}
