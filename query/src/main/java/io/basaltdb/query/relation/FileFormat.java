package io.basaltdb.query.relation;

import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.vector.Batch;
import java.util.List;
import java.util.Map;

/// A way to read files as relations and to write results as files: CSV, JSON lines, Parquet. Safe for use by many threads.
public interface FileFormat {
    /// Lower-case name as in `FORMAT csv`.
    String name();

    /// File name endings that mean this format, with the dot, lower case: `.csv`, `.csv.gz`.
    List<String> extensions();

    /// Opens files of one schema as one relation; the schema is found in the files. Rows that cannot be read raise an error that names file,
    /// line, column and reason when they are reached.
    ///
    /// @param paths existing files, at least one, as the user named them
    /// @param options lower-case names, as `header` in `(HEADER false)`
    /// @throws io.basaltdb.storage.error.BasaltException FILE_NOT_FOUND, BAD_COPY_FORMAT, INVALID_PARAMETER for an option that it does not know
    Relation read(List<String> paths, Map<String, String> options);

    /// As [#read], for files whose columns are known: text is converted to these types, column by column in order.
    Relation read(List<String> paths, Map<String, String> options, Schema schema);

    /// Starts a new file, which must not be there.
    Writer write(String path, Map<String, String> options, Schema schema);

    /// A file that is being written; for one thread. Closing without [#finish] deletes it.
    interface Writer extends AutoCloseable {
        void append(Batch rows);

        /// Completes the file; returns its size in bytes.
        long finish();

        @Override
        void close();
    }
}
