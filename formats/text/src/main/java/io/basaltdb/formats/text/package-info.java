/// CSV and JSON lines as relations, and results as such files.
///
/// Doors: [CsvFormat], [JsonFormat]; the engine is given them when it is opened. Plain or gzip (`.gz`).
///
/// A file is walked once to find where every 4,096th record begins ([RecordIndex]); then granules are read and converted independently of each other, by several
/// lanes at once, and only the columns that a query needs. A compressed file can only be read forward, so each lane unpacks it for itself. Types are found in the first
/// records; a later value that does not fit is an error that names file, line and column.
@NullMarked
package io.basaltdb.formats.text;

import org.jspecify.annotations.NullMarked;
