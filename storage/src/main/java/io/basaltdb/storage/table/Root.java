package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.Catalog;

/// The whole database at one commit: what one swap makes visible.
record Root(long commit, Catalog catalog, TableMap tables) {}
