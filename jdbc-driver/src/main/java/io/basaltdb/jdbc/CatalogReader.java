package io.basaltdb.jdbc;

import io.basaltdb.jdbc.value.ConversionException;
import io.basaltdb.jdbc.wire.Answer;
import io.basaltdb.jdbc.wire.Requests;
import io.basaltdb.jdbc.wire.WireException;
import io.basaltdb.protocol.ipc.WireBatch;
import io.basaltdb.protocol.ipc.WireColumn;
import io.basaltdb.protocol.ipc.WireSchema;
import java.sql.SQLException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Reads the answer to one question about the catalog, row by row, by column name.
///
/// A kind of question that the server does not know has no rows: meta data answer, they do not fail.
/// A connection that is gone is an error all the same.
final class CatalogReader {
    private static final Logger LOG = Logger.getLogger("io.basaltdb.jdbc");

    private final @Nullable Answer answer;
    private @Nullable WireSchema schema;
    private @Nullable WireBatch batch;
    private int row = -1;

    private CatalogReader(@Nullable Answer answer, @Nullable WireSchema schema) {
        this.answer = answer;
        this.schema = schema;
    }

    static CatalogReader ask(BasaltConnection connection, String kind, @Nullable String... patterns)
            throws SQLException {
        try {
            return read(Requests.meta(connection.wire(), kind, patterns), kind);
        } catch (WireException e) {
            throw SqlErrors.of(e);
        }
    }

    /// Asks how a text could go on.
    static CatalogReader complete(BasaltConnection connection, String text, int cursor)
            throws SQLException {
        try {
            return read(Requests.complete(connection.wire(), text, cursor), "completion");
        } catch (WireException e) {
            throw SqlErrors.of(e);
        }
    }

    private static CatalogReader read(Answer answer, String kind) throws WireException {
        try {
            return new CatalogReader(answer, answer.awaitSchema());
        } catch (WireException e) {
            if (e.endsConnection()) {
                throw e;
            }
            LOG.log(Level.FINE, "the server does not answer about " + kind, e);
            return new CatalogReader(null, null);
        }
    }

    boolean next() throws SQLException {
        row++;
        WireBatch current = batch;
        if (current != null && row < current.rowCount()) {
            return true;
        }
        try {
            current = answer == null || schema == null ? null : answer.next();
        } catch (WireException e) {
            throw SqlErrors.of(e);
        }
        batch = current;
        row = 0;
        return current != null;
    }

    /// The text in a column, or null.
    @Nullable String text(String name) {
        WireColumn column = column(name);
        return column == null || column.isNull(row) ? null : column.textAt(row);
    }

    /// The text in a column that has one in every row.
    String need(String name) {
        String text = text(name);
        if (text == null) {
            throw new ConversionException("XX000", "the catalog has a row without " + name);
        }
        return text;
    }

    /// The number in a column, or 0.
    int number(String name) {
        WireColumn column = column(name);
        return column == null || column.isNull(row) ? 0 : (int) column.longAt(row);
    }

    private @Nullable WireColumn column(String name) {
        WireSchema known = schema;
        WireBatch current = batch;
        if (known == null || current == null) {
            return null;
        }
        for (int i = 0; i < known.size(); i++) {
            if (known.field(i).name().equalsIgnoreCase(name)) {
                return current.column(i);
            }
        }
        return null;
    }
}
