package io.basaltdb.formats.parquet;

import dev.hardwood.metadata.RowGroup;
import io.basaltdb.formats.parquet.page.PageBuffers;
import io.basaltdb.query.relation.Relation;
import io.basaltdb.storage.catalog.ColumnStatistics;
import io.basaltdb.storage.catalog.TableStatistics;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.UserFiles;
import io.basaltdb.storage.segment.ZoneMap;
import io.basaltdb.storage.table.Split;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The rows of Parquet files that all have the wanted columns.
final class ParquetRelation implements Relation {
    private static final int TEXT_BYTES_GUESS = 16;

    private final Schema schema;
    private final List<Split> splits;

    ParquetRelation(UserFiles files, Schema schema, List<ParquetFile> opened) {
        this(new RowGroupSplit.FileAccess(files, new PageBuffers(), true), schema, opened);
    }

    ParquetRelation(RowGroupSplit.FileAccess access, Schema schema, List<ParquetFile> opened) {
        this.schema = schema;
        List<Split> all = new ArrayList<>();
        for (ParquetFile file : opened) {
            List<ParquetColumn> columns = columns(file, schema);
            for (RowGroup group : file.rowGroups()) {
                all.add(new RowGroupSplit(access, file.path(), schema, columns, group));
            }
        }
        this.splits = List.copyOf(all);
    }

    private static List<ParquetColumn> columns(ParquetFile file, Schema schema) {
        List<ParquetColumn> columns = new ArrayList<>();
        for (Field field : schema.fields()) {
            ParquetColumn column = file.find(field.name());
            if (column == null) {
                throw new BasaltException(
                        ErrorCode.BAD_COPY_FORMAT,
                        "file "
                                + file.path()
                                + " has no column "
                                + field.name()
                                + "; it has "
                                + file.columns().stream()
                                        .map(ParquetColumn::name)
                                        .collect(Collectors.joining(", ")));
            }
            // Raises what cannot be read here, before any row is.
            column.shape(file.path());
            columns.add(column.wantedAs(field.type()));
        }
        return columns;
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public TableStatistics statistics() {
        long rows = 0;
        for (Split split : splits) {
            rows += ((RowGroupSplit) split).rowCount();
        }
        List<ColumnStatistics> columns = new ArrayList<>();
        for (int c = 0; c < schema.size(); c++) {
            columns.add(column(c));
        }
        return new TableStatistics(rows, columns);
    }

    private ColumnStatistics column(int column) {
        @Nullable ZoneMap all = null;
        for (Split split : splits) {
            ZoneMap zone = split.zoneMap(column);
            if (zone == null) {
                return new ColumnStatistics(0, null, null, -1, averageBytes(column));
            }
            all = all == null ? zone : all.union(zone);
        }
        return all == null
                ? new ColumnStatistics(0, null, null, -1, averageBytes(column))
                : new ColumnStatistics(
                        all.nullCount(), all.min(), all.max(), -1, averageBytes(column));
    }

    private double averageBytes(int column) {
        Type type = schema.type(column);
        return type instanceof Type.Text ? TEXT_BYTES_GUESS : Long.BYTES;
    }

    @Override
    public List<Split> splits() {
        return splits;
    }
}
