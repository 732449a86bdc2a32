package io.basaltdb.formats.text;

import java.util.List;

/// Finds the fields of records; for one thread.
interface RecordParser {
    /// Fills the table with the records of `bytes[0]` … `bytes[count − 1]`; may change the bytes to take quotes and escapes out.
    ///
    /// @param path for messages
    /// @param line one-based line on which the bytes begin
    /// @throws io.basaltdb.storage.error.BasaltException BAD_COPY_FORMAT naming file and line
    void parse(byte[] bytes, int count, String path, long line, FieldTable table);

    /// How to find records and fields of one kind of file.
    interface Factory {
        RecordEnds ends();

        /// @param columns names of the columns, in order
        RecordParser parser(List<String> columns);
    }
}
