package io.basaltdb.formats.parquet;

import dev.hardwood.HardwoodContext;
import dev.hardwood.reader.ParquetFileReader;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.RandomReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The file of a row group that is read. Pages are read from it at once, by what its footer said when the relation was made; the library, which reads the footer
/// again, opens it only for columns that we do not read ourselves. For one thread.
final class OpenFile implements AutoCloseable {
    private final RowGroupSplit split;
    private @Nullable RandomReader file;
    private @Nullable Library library;

    /// What the library needs.
    private record Library(
            UserInputFile input, HardwoodContext threads, ParquetFileReader reader) {}

    OpenFile(RowGroupSplit split) {
        this.split = split;
    }

    RowGroupSplit split() {
        return split;
    }

    String path() {
        return split.path();
    }

    GranuleSource column(ParquetColumn column) {
        PageColumn own =
                split.readsPages() ? PageColumn.open(split, column, file(), split.buffers()) : null;
        return own == null ? libraryColumn(column) : own;
    }

    GranuleSource libraryColumn(ParquetColumn column) {
        return LibraryColumn.open(split, column, library().reader());
    }

    private RandomReader file() {
        RandomReader opened = file;
        if (opened == null) {
            opened = split.files().open(path());
            file = opened;
        }
        return opened;
    }

    private Library library() {
        Library opened = library;
        if (opened == null) {
            opened = openLibrary();
            library = opened;
        }
        return opened;
    }

    private Library openLibrary() {
        UserInputFile input = new UserInputFile(split.files(), path());
        HardwoodContext threads = ParquetLibrary.threads();
        try {
            return new Library(input, threads, ParquetFile.open(input, threads));
        } catch (RuntimeException e) {
            threads.close();
            input.close();
            throw e;
        }
    }

    /// Bytes that the library has read.
    long libraryBytes() {
        Library opened = library;
        return opened == null ? 0 : opened.input().bytesRead();
    }

    @Override
    public void close() {
        RandomReader own = file;
        file = null;
        if (own != null) {
            own.close();
        }
        Library opened = library;
        library = null;
        if (opened != null) {
            close(opened);
        }
    }

    private void close(Library opened) {
        try {
            opened.reader().close();
        } catch (IOException e) {
            throw new BasaltException(
                    ErrorCode.IO_ERROR, "file " + path() + " could not be closed", e);
        } finally {
            opened.threads().close();
            opened.input().close();
        }
    }
}
