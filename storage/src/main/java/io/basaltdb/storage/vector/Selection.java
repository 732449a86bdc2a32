package io.basaltdb.storage.vector;

/// Chosen lanes of a batch: the first `count` numbers of `rows`, strictly ascending. Lent like the batch that it belongs to.
public record Selection(int[] rows, int count) {}
