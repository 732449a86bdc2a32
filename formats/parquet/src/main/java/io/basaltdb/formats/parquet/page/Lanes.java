package io.basaltdb.formats.parquet.page;

import dev.hardwood.metadata.PhysicalType;

/// The values of up to [#MAX] lanes of one physical type. They come page by page: for each the values without NULLs side by side, which are then spread to their
/// lanes. For one thread.
abstract sealed class Lanes permits IntLanes, LongLanes, BitLanes, BytesLanes {
    static final int MAX = io.basaltdb.storage.vector.Batch.MAX_ROWS;

    /// @param fixedBytes of values that have all the same number of bytes
    static Lanes of(PhysicalType physical, int fixedBytes) {
        return switch (physical) {
            case BOOLEAN -> new BitLanes();
            case INT32, FLOAT -> new IntLanes();
            case INT64, DOUBLE -> new LongLanes();
            case INT96 -> new BytesLanes(12);
            case BYTE_ARRAY -> new BytesLanes(BytesLanes.ANY_BYTES);
            case FIXED_LEN_BYTE_ARRAY -> new BytesLanes(fixedBytes);
        };
    }

    /// Takes the entries of the chunk's dictionary. The page's bytes stay as they are as long as the chunk is read.
    abstract void readDictionary(Page page);

    /// Whether pages may be coded by a dictionary now.
    abstract boolean hasDictionary();

    /// Begins with lane 0.
    abstract void clear();

    /// Begins with the values of a page.
    abstract void begin(Page page);

    /// Reads the next values of the page into the lanes from `lane` on.
    abstract void read(int lane, int count);

    /// Moves the `present` values that stand from `lane` on to those of the next `count` lanes that are valid.
    abstract void spread(int lane, int count, int present, long[] validity);

    /// The bytes of the page will be overwritten; so many lanes have been read.
    abstract void leavePage(int lanes);

    final UnreadPageException unread(Page page) {
        return new UnreadPageException(page.encoding().name());
    }

    final void requireDictionary() {
        if (!hasDictionary()) {
            throw new DamagedPageException(
                    "a page is coded by a dictionary, but there is none before it");
        }
    }

    /// Refuses a dictionary that has more entries than bytes for them.
    static void checkDictionary(Page page, int bytesOfEntry) {
        if (page.encoding() != PageEncoding.PLAIN && page.encoding() != PageEncoding.DICTIONARY) {
            throw new UnreadPageException("a dictionary in " + page.encoding());
        }
        page.require(page.at(), (long) page.valueCount() * bytesOfEntry);
    }

    static int bit(long[] words, int lane) {
        return (int) (words[lane >> 6] >>> lane) & 1;
    }
}
