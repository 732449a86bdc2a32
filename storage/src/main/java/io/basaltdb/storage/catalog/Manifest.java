package io.basaltdb.storage.catalog;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.error.FormatVersion;
import io.basaltdb.storage.io.AppendWriter;
import io.basaltdb.storage.io.ByteReader;
import io.basaltdb.storage.io.ByteWriter;
import io.basaltdb.storage.io.Disk;
import io.basaltdb.storage.io.RandomReader;
import io.basaltdb.storage.type.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The whole database at one commit, but for the rows in parts: a checkpoint of the log, which is needed only from the next commit on.
/// Written rarely, whole, under a name of its own; the one before is deleted only once it is durable. See package-info for the bytes.
///
/// @param nextId the next table or view id
/// @param wallMicros the wall time that stands beside the commit; 0 where nobody knows
/// @param timeline when earlier commits were made, as far as tables' histories need it
public record Manifest(
        long commit,
        int nextId,
        long wallMicros,
        List<CommitTime> timeline,
        Catalog catalog,
        List<TableCheckpoint> tables) {
    public static final String DIRECTORY = "manifest";

    private static final String SUFFIX = ".manifest";
    private static final long MAGIC = 0x464D_544C_4153_4142L; // "BASALTMF"
    private static final int VERSION = 5;
    private static final int END = 0;
    private static final int CATALOG = 1;
    private static final int TABLE = 2;
    private static final int HEADER_BYTES = 32;
    private static final int SECTION_HEADER_BYTES = 16;
    private static final int WRITE_BYTES = 1 << 20;

    public Manifest {
        timeline = List.copyOf(timeline);
        tables = List.copyOf(tables);
    }

    /// The manifest of a database that has none yet.
    public static Manifest initial() {
        return new Manifest(0, 1, 0, List.of(), Catalog.initial(), List.of());
    }

    static String path(long commit) {
        return DIRECTORY + "/" + HexFormat.of().toHexDigits(commit) + SUFFIX;
    }

    /// Writes and forces it, then deletes older ones.
    public void write(Disk disk) {
        byte[] bytes = toBytes();
        disk.createDirectory(DIRECTORY);
        disk.forceDirectory("");
        String path = path(commit);
        disk.delete(path);
        AppendWriter writer = disk.create(path, 0);
        try (writer) {
            for (int at = 0; at < bytes.length; at += WRITE_BYTES) {
                writer.append(bytes, at, Math.min(WRITE_BYTES, bytes.length - at));
            }
            writer.force();
        } catch (BasaltException failure) {
            disk.delete(path);
            throw failure;
        }
        disk.forceDirectory(DIRECTORY);
        deleteOthers(disk, commit);
    }

    private static void deleteOthers(Disk disk, long kept) {
        boolean deleted = false;
        for (long other : commits(disk)) {
            if (other != kept) {
                disk.delete(path(other));
                deleted = true;
            }
        }
        if (deleted) {
            disk.forceDirectory(DIRECTORY);
        }
    }

    /// The newest that is whole, or [#initial]. One that was cut off while it was written is passed over for the one before, to which the
    /// log still reaches back.
    ///
    /// @throws BasaltException MANIFEST_CORRUPT where some exist and none is whole
    public static Manifest read(Disk disk) {
        List<Long> commits = commits(disk);
        Collections.reverse(commits);
        @Nullable BasaltException damage = null;
        for (long commit : commits) {
            try {
                return read(disk, commit);
            } catch (BasaltException damaged) {
                if (damaged.code() != ErrorCode.MANIFEST_CORRUPT) {
                    throw damaged;
                }
                damage = damaged;
            }
        }
        if (damage == null || disk.exists("log/0000000001.log")) {
            return initial(); // the first manifest of all was cut off: the log begins with the
            // first commit
        }
        throw damage;
    }

    private static List<Long> commits(Disk disk) {
        List<Long> commits = new ArrayList<>();
        for (String name : disk.list(DIRECTORY)) {
            if (name.endsWith(SUFFIX) && name.length() == 16 + SUFFIX.length()) {
                commits.add(HexFormat.fromHexDigitsToLong(name, 0, 16));
            }
        }
        Collections.sort(commits);
        return commits;
    }

    private byte[] toBytes() {
        ByteWriter out = new ByteWriter(1 << 16);
        out.putLong(MAGIC);
        out.putInt(VERSION);
        out.putInt(0);
        out.putLong(commit);
        out.putInt(nextId);
        out.putInt(checksum(out.array(), 0, HEADER_BYTES - 4));
        int section = begin(out, CATALOG);
        out.putLong(wallMicros);
        out.putInt(timeline.size());
        for (CommitTime time : timeline) {
            out.putLong(time.commit());
            out.putLong(time.wallMicros());
        }
        putCatalog(out);
        end(out, section);
        for (TableCheckpoint table : tables) {
            section = begin(out, TABLE);
            putTable(out, table);
            end(out, section);
        }
        end(out, begin(out, END));
        return out.toByteArray();
    }

    private static int begin(ByteWriter out, int kind) {
        int section = out.skip(SECTION_HEADER_BYTES);
        out.setInt(section, kind);
        return section;
    }

    private static void end(ByteWriter out, int section) {
        int length = out.size() - section - SECTION_HEADER_BYTES;
        out.setInt(section + 4, length);
        out.setInt(section + 8, section); // so that sections cannot be swapped
        out.setInt(section + 12, sectionChecksum(out.array(), section, length));
    }

    private static int sectionChecksum(byte[] bytes, int section, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, section, SECTION_HEADER_BYTES - 4);
        checksum.update(bytes, section + SECTION_HEADER_BYTES, length);
        return (int) checksum.getValue();
    }

    private static int checksum(byte[] bytes, int from, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, from, length);
        return (int) checksum.getValue();
    }

    private void putCatalog(ByteWriter out) {
        out.putLong(catalog.version());
        out.putInt(catalog.schemas().size());
        catalog.schemas().forEach(out::putString);
        out.putInt(catalog.tables().size());
        catalog.tables().forEach(table -> CatalogBytes.putTable(out, table));
        out.putInt(catalog.views().size());
        catalog.views().forEach(view -> CatalogBytes.putView(out, view));
        out.putInt(catalog.macros().size());
        catalog.macros().forEach(macro -> CatalogBytes.putMacro(out, macro));
        out.putInt(catalog.comments().size());
        catalog.comments().forEach(comment -> CatalogBytes.putComment(out, comment));
        if (!catalog.types().isEmpty()) {
            out.putInt(catalog.types().size());
            catalog.types().forEach(type -> CatalogBytes.putType(out, type));
        }
    }

    private static void putTable(ByteWriter out, TableCheckpoint table) {
        out.putInt(table.tableId());
        out.putLong(table.structureCommit());
        out.putLong(table.firstSequence());
        out.putBlob(table.delta());
        out.putInt(table.sketches().size());
        for (TableCheckpoint.ColumnSketch sketch : table.sketches()) {
            out.putInt(sketch.columnId());
            out.putBlob(sketch.sketch());
        }
        out.putInt(table.parts().size());
        table.parts().forEach(part -> putPart(out, part));
        out.putInt(table.tokens().size());
        for (TableCheckpoint.TokenCheckpoint token : table.tokens()) {
            CatalogBytes.putToken(out, token.token());
            out.putLong(token.commit());
        }
        out.putLong(table.historyFloor());
        out.putInt(table.goneParts().size());
        for (TableCheckpoint.GonePartCheckpoint gone : table.goneParts()) {
            putPart(out, gone.part());
            out.putLong(gone.goneAt());
        }
    }

    private static void putPart(ByteWriter out, TableCheckpoint.PartCheckpoint part) {
        CatalogBytes.putSummary(out, part.summary());
        out.putLong(part.addedAt());
        out.putBlob(part.deleteVector());
        out.putInt(part.deadRows().length);
        for (int i = 0; i < part.deadRows().length; i++) {
            out.putInt(part.deadRows()[i]);
            out.putLong(part.deaths()[i]);
        }
    }

    private static Manifest read(Disk disk, long commit) {
        String path = path(commit);
        byte[] bytes;
        try (RandomReader reader = disk.open(path)) {
            bytes = new byte[Math.toIntExact(reader.sizeBytes())];
            reader.read(0, bytes, 0, bytes.length);
        }
        ByteReader in = new ByteReader(bytes, 0, bytes.length, ErrorCode.MANIFEST_CORRUPT, path);
        int nextId = readHeader(in, bytes, commit, path);
        long wallMicros = 0;
        List<CommitTime> timeline = new ArrayList<>();
        @Nullable Catalog catalog = null;
        List<TableCheckpoint> tables = new ArrayList<>();
        while (true) {
            int at = in.position();
            int kind = in.getInt();
            int length = in.getCount(1);
            if (in.getInt() != at
                    || length > in.remaining() - 4
                    || in.getInt() != sectionChecksum(bytes, at, length)) {
                throw in.damaged("the checksum of a section", "right", kind);
            }
            int from = in.position();
            in.skip(length);
            ByteReader section =
                    new ByteReader(bytes, from, from + length, ErrorCode.MANIFEST_CORRUPT, path);
            switch (kind) {
                case CATALOG -> {
                    wallMicros = section.getLong();
                    for (int i = section.getCount(16); i > 0; i--) {
                        timeline.add(new CommitTime(section.getLong(), section.getLong()));
                    }
                    catalog = getCatalog(section);
                }
                case TABLE -> tables.add(getTable(section));
                case END -> {
                    in.expectEnd();
                    if (catalog == null) {
                        throw in.damaged("the catalog", "there", 0);
                    }
                    return new Manifest(commit, nextId, wallMicros, timeline, catalog, tables);
                }
                default -> throw in.damaged("a section", "of a known kind", kind);
            }
            section.expectEnd();
        }
    }

    private static int readHeader(ByteReader in, byte[] bytes, long commit, String path) {
        if (bytes.length < HEADER_BYTES) {
            throw in.damaged("the header", HEADER_BYTES + " bytes long", bytes.length);
        }
        long magic = in.getLong();
        int version = in.getInt();
        int flags = in.getInt();
        long found = in.getLong();
        int nextId = in.getInt();
        if (in.getInt() != checksum(bytes, 0, HEADER_BYTES - 4) || magic != MAGIC) {
            throw in.damaged("the header's checksum", "right", magic);
        }
        if (version != VERSION || flags != 0) {
            throw FormatVersion.refused(path + ": manifest", version, flags, VERSION);
        }
        if (found != commit) {
            throw in.damaged("the commit", Long.toString(commit), found);
        }
        return nextId;
    }

    private static Catalog getCatalog(ByteReader in) {
        long version = in.getLong();
        List<String> schemas = new ArrayList<>();
        for (int i = in.getCount(4); i > 0; i--) {
            schemas.add(in.getString());
        }
        List<TableDefinition> tables = new ArrayList<>();
        for (int i = in.getCount(16); i > 0; i--) {
            tables.add(CatalogBytes.getTable(in));
        }
        List<ViewDefinition> views = new ArrayList<>();
        for (int i = in.getCount(16); i > 0; i--) {
            views.add(CatalogBytes.getView(in));
        }
        List<MacroDefinition> macros = new ArrayList<>();
        for (int i = in.getCount(17); i > 0; i--) {
            macros.add(CatalogBytes.getMacro(in));
        }
        List<Comment> comments = new ArrayList<>();
        for (int i = in.getCount(12); i > 0; i--) {
            comments.add(CatalogBytes.getComment(in));
        }
        List<Type.Enumeration> types = new ArrayList<>();
        for (int i = in.remaining() == 0 ? 0 : in.getCount(3); i > 0; i--) {
            types.add(CatalogBytes.getEnum(in));
        }
        return Catalog.of(version, schemas, tables, views, macros, comments, types);
    }

    private static TableCheckpoint getTable(ByteReader in) {
        int tableId = in.getInt();
        long structureCommit = in.getLong();
        long firstSequence = in.getLong();
        byte[] delta = in.getBlob();
        List<TableCheckpoint.ColumnSketch> sketches = new ArrayList<>();
        for (int i = in.getCount(8); i > 0; i--) {
            sketches.add(new TableCheckpoint.ColumnSketch(in.getInt(), in.getBlob()));
        }
        List<TableCheckpoint.PartCheckpoint> parts = new ArrayList<>();
        for (int i = in.getCount(60); i > 0; i--) {
            parts.add(getPart(in));
        }
        List<TableCheckpoint.TokenCheckpoint> tokens = new ArrayList<>();
        for (int i = in.getCount(44); i > 0; i--) {
            tokens.add(
                    new TableCheckpoint.TokenCheckpoint(CatalogBytes.getToken(in), in.getLong()));
        }
        long historyFloor = in.getLong();
        List<TableCheckpoint.GonePartCheckpoint> goneParts = new ArrayList<>();
        for (int i = in.getCount(68); i > 0; i--) {
            goneParts.add(new TableCheckpoint.GonePartCheckpoint(getPart(in), in.getLong()));
        }
        return new TableCheckpoint(
                tableId,
                structureCommit,
                firstSequence,
                delta,
                parts,
                sketches,
                tokens,
                historyFloor,
                goneParts);
    }

    private static TableCheckpoint.PartCheckpoint getPart(ByteReader in) {
        var summary = CatalogBytes.getSummary(in);
        long addedAt = in.getLong();
        byte[] deleteVector = in.getBlob();
        int count = in.getCount(12);
        int[] rows = new int[count];
        long[] deaths = new long[count];
        for (int i = 0; i < count; i++) {
            rows[i] = in.getInt();
            deaths[i] = in.getLong();
        }
        return new TableCheckpoint.PartCheckpoint(summary, addedAt, deleteVector, rows, deaths);
    }
}
