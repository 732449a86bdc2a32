package io.basaltdb.storage.part;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.io.Disk;
import io.basaltdb.storage.segment.SegmentCheck;
import io.basaltdb.storage.segment.SegmentReader;
import io.basaltdb.storage.segment.SegmentSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Walks all of a part: every checksum, every value against its zone maps, the order of the rows.
public final class PartCheck {
    private static final int MAX_PROBLEMS = 20;

    private PartCheck() {}

    /// What is wrong with the part, one line each; empty where nothing is. Stops after some problems.
    ///
    /// @param expected what the database keeps of the part; null where it is not known
    public static List<String> problems(Disk disk, String path, @Nullable PartSummary expected) {
        List<String> problems = new ArrayList<>();
        try (PartReader part =
                PartReader.open(disk.open(path), expected == null ? idOf(path) : expected.id())) {
            if (expected != null && !expected.equals(part.summary())) {
                problems.add(
                        "part "
                                + expected.id()
                                + ": its file is not the one that the database wrote: footer checksum "
                                + String.format(
                                        "%08x, expected %08x",
                                        part.summary().checksum(), expected.checksum()));
            }
            checkLayout(part, problems);
            checkSegments(part, problems);
            if (problems.isEmpty()) {
                SortOrderCheck.check(part, problems);
                KeyIndexCheck.check(part, problems);
            }
        } catch (BasaltException e) {
            problems.add(e.text());
        }
        return problems.size() > MAX_PROBLEMS ? problems.subList(0, MAX_PROBLEMS) : problems;
    }

    /// A part's file is called by its id.
    private static PartId idOf(String path) {
        String file = path.substring(path.lastIndexOf('/') + 1);
        String name = file.endsWith(".part") ? file.substring(0, file.length() - 5) : file;
        try {
            return new PartId(UUID.fromString(name));
        } catch (IllegalArgumentException e) {
            return new PartId(new UUID(0, 0));
        }
    }

    /// Between header and footer there is no byte that belongs to nothing.
    private static void checkLayout(PartReader part, List<String> problems) {
        long bytes = 0;
        for (SegmentSummary segment : part.footer().segments()) {
            bytes += segment.encodedBytes();
        }
        SegmentSummary births = part.footer().births();
        bytes += births == null ? 0 : births.encodedBytes();
        PartFooter.SparseIndexMark mark = part.footer().sparseIndex();
        bytes += mark == null ? 0 : mark.length();
        PartFooter.KeyIndexMark keys = part.footer().keyIndex();
        bytes += keys == null ? 0 : keys.headLength() + keys.entryBytes();
        long between = part.footerPosition() - part.headerBytes();
        if (bytes != between) {
            problems.add(
                    "part "
                            + part.description().id()
                            + ": "
                            + between
                            + " bytes between header and footer, "
                            + bytes
                            + " of them belong to segments");
        }
    }

    private static void checkSegments(PartReader part, List<String> problems) {
        for (PartColumn column : part.description().columns()) {
            SegmentCheck.check(part.segment(column.columnId()), column.nullable(), problems);
        }
        SegmentReader births = part.birthSegment();
        if (births != null) {
            SegmentCheck.check(births, false, problems);
        }
    }
}
