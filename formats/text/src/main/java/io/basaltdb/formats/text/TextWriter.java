package io.basaltdb.formats.text;

import io.basaltdb.query.operator.rows.Lanes;
import io.basaltdb.query.relation.FileFormat;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.AppendWriter;
import io.basaltdb.storage.io.UserFiles;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/// Writes rows as text to a new file, packed where its name ends in `.gz`.
final class TextWriter implements FileFormat.Writer {
    private static final int FLUSH_CHARS = 1 << 16;

    private final UserFiles files;
    private final String path;
    private final AppendWriter file;
    private final OutputStream stream;
    private final RowText rowText;
    private final int columnCount;
    private final StringBuilder pending = new StringBuilder();
    private boolean finished;

    TextWriter(UserFiles files, String path, RowText rowText, Schema schema) {
        this.files = files;
        this.path = path;
        this.rowText = rowText;
        this.columnCount = schema.size();
        this.file = files.create(path);
        this.stream = stream();
        pending.append(rowText.head());
    }

    private OutputStream stream() {
        OutputStream plain =
                new OutputStream() {
                    @Override
                    public void write(int b) {
                        file.append(new byte[] {(byte) b}, 0, 1);
                    }

                    @Override
                    public void write(byte[] bytes, int offset, int length) {
                        file.append(bytes, offset, length);
                    }
                };
        if (!path.toLowerCase(Locale.ROOT).endsWith(".gz")) {
            return plain;
        }
        try {
            return new GZIPOutputStream(plain, FLUSH_CHARS);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    public void append(Batch rows) {
        List<Value> row = new ArrayList<>(columnCount);
        for (int i = 0; i < rows.rowCount(); i++) {
            int lane = rows.selection() == null ? i : rows.selection().rows()[i];
            row.clear();
            for (int c = 0; c < columnCount; c++) {
                row.add(Lanes.value(rows.column(c), lane));
            }
            rowText.append(row, pending);
            if (pending.length() >= FLUSH_CHARS) {
                flush();
            }
        }
    }

    private void flush() {
        try {
            stream.write(pending.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw failure(e);
        }
        pending.setLength(0);
    }

    @Override
    public long finish() {
        flush();
        try {
            stream.close();
        } catch (IOException e) {
            throw failure(e);
        }
        file.force();
        finished = true;
        return file.position();
    }

    private BasaltException failure(IOException cause) {
        return new BasaltException(
                ErrorCode.IO_ERROR, "cannot write the file '" + path + "'", cause);
    }

    @Override
    public void close() {
        file.close();
        if (!finished) {
            files.delete(path);
        }
    }
}
