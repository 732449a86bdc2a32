package io.basaltdb.formats.parquet.page;

/// What stands before a page: `PageHeader` of [parquet.thrift](https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift).
///
/// @param plainBytes of the page when it is unpacked, levels included
/// @param packedBytes that follow the header
/// @param checksum of the packed bytes, where there is one
/// @param valueCount NULLs included; of a dictionary its entries
/// @param levelEncoding that of the definition levels; of version 1
/// @param definitionBytes of the definition levels, of version 2
/// @param repetitionBytes as `definitionBytes`; they stand before those
/// @param isPacked whether the values of a page of version 2 are packed
record PageHeader(
        Kind kind,
        int plainBytes,
        int packedBytes,
        boolean hasChecksum,
        int checksum,
        int valueCount,
        PageEncoding encoding,
        PageEncoding levelEncoding,
        int definitionBytes,
        int repetitionBytes,
        boolean isPacked) {

    /// Of a page.
    enum Kind {
        DATA,
        DICTIONARY,
        DATA_2,
        OTHER
    }

    boolean isData() {
        return kind == Kind.DATA || kind == Kind.DATA_2;
    }

    /// Reads the header at which the reader stands.
    ///
    /// @throws CompactReader.EndedException where there are too few bytes
    static PageHeader read(CompactReader in) {
        return new Parser(in).header();
    }

    /// The fields so far; −1 for numbers that were not given.
    private static final class Parser {
        private final CompactReader in;
        private int kind = -1;
        private int plainBytes = -1;
        private int packedBytes = -1;
        private boolean hasChecksum;
        private int checksum;
        private int valueCount = -1;
        private int encoding = -1;
        private int levelEncoding = -1;
        private int definitionBytes = -1;
        private int repetitionBytes = -1;
        private boolean isPacked = true;

        Parser(CompactReader in) {
            this.in = in;
        }

        PageHeader header() {
            while (in.next()) {
                switch (in.field()) {
                    case 1 -> kind = number();
                    case 2 -> plainBytes = number();
                    case 3 -> packedBytes = number();
                    case 4 -> {
                        hasChecksum = in.isInt();
                        checksum = number();
                    }
                    case 5, 7, 8 -> inner(in.field());
                    default -> in.skip();
                }
            }
            Kind known =
                    switch (kind) {
                        case 0 -> Kind.DATA;
                        case 2 -> Kind.DICTIONARY;
                        case 3 -> Kind.DATA_2;
                        default -> Kind.OTHER;
                    };
            check(known);
            return new PageHeader(
                    known,
                    plainBytes,
                    packedBytes,
                    hasChecksum,
                    checksum,
                    valueCount,
                    PageEncoding.of(encoding),
                    PageEncoding.of(levelEncoding),
                    definitionBytes,
                    repetitionBytes,
                    isPacked);
        }

        private void check(Kind known) {
            boolean fits = kind >= 0 && plainBytes >= 0 && packedBytes >= 0;
            fits = fits && (known == Kind.OTHER || (valueCount >= 0 && encoding >= 0));
            if (known == Kind.DATA_2) {
                fits =
                        fits
                                && definitionBytes >= 0
                                && repetitionBytes >= 0
                                && (long) definitionBytes + repetitionBytes
                                        <= Math.min(plainBytes, packedBytes);
            }
            if (!fits) {
                throw new DamagedPageException("a page header lacks fields or contradicts itself");
            }
        }

        private int number() {
            if (in.isInt()) {
                return in.int32();
            }
            in.skip();
            return -1;
        }

        private void inner(int header) {
            if (!in.isStruct()) {
                in.skip();
                return;
            }
            int outer = in.enter();
            while (in.next()) {
                switch (header) {
                    case 5 -> data();
                    case 7 -> dictionary();
                    default -> dataOfVersion2();
                }
            }
            in.leave(outer);
        }

        private void data() {
            switch (in.field()) {
                case 1 -> valueCount = number();
                case 2 -> encoding = number();
                case 3 -> levelEncoding = number();
                default -> in.skip();
            }
        }

        private void dictionary() {
            switch (in.field()) {
                case 1 -> valueCount = number();
                case 2 -> encoding = number();
                default -> in.skip();
            }
        }

        private void dataOfVersion2() {
            switch (in.field()) {
                case 1 -> valueCount = number();
                case 4 -> encoding = number();
                case 5 -> definitionBytes = number();
                case 6 -> repetitionBytes = number();
                case 7 -> isPacked = in.bool(true);
                default -> in.skip();
            }
        }
    }
}
