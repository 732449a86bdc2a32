/// Generated tables as Parquet files: written once per data set, read by every engine.
///
/// [DataFiles] owns a cache folder, one folder per data set and table in it, one file per piece. Files are written
/// through DuckDB's COPY from a table function that pulls the generated rows; a file appears under its final name only
/// when it is complete. Doors: [DataFiles], and
/// [CacheFolder], which says where.
@NullMarked
package io.basaltdb.benchmarks.files;

import org.jspecify.annotations.NullMarked;
