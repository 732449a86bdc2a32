package io.basaltdb.storage.catalog;

import io.basaltdb.storage.type.Value;
import org.jspecify.annotations.Nullable;

/// What is known of one column of a table without reading it.
///
/// @param min a lower bound on the non-null values; null where nothing is known
/// @param max an upper bound; null where nothing is known
/// @param distinctCount an estimate of the number of distinct non-null values, −1 where nothing is known
/// @param averageBytes average size of a decoded value
public record ColumnStatistics(
        long nullCount,
        @Nullable Value min,
        @Nullable Value max,
        long distinctCount,
        double averageBytes) {}
