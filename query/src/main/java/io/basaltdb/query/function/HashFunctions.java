package io.basaltdb.query.function;

import static io.basaltdb.query.function.Accepts.ANY;
import static io.basaltdb.query.function.Accepts.RUN_OF_BYTES;
import static io.basaltdb.query.function.Accepts.takes;
import static io.basaltdb.query.function.Accepts.takesMany;
import static io.basaltdb.query.function.Definition.define;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;

/// Hashes and checksums of values.
final class HashFunctions {
    private HashFunctions() {}

    static List<Definition> all() {
        return List.of(
                define(
                                "hash",
                                "64 bits that stay the same for the same value",
                                takesMany(1, Type.BIGINT, ANY),
                                site -> new HashLoop())
                        .notStrict(),
                digest("md5", "MD5", "MD5"),
                digest("sha1", "SHA-1", "SHA-1"),
                digest("sha224", "SHA-224", "SHA-224"),
                digest("sha256", "SHA-256", "SHA-256"),
                digest("sha384", "SHA-384", "SHA-384"),
                digest("sha512", "SHA-512", "SHA-512"),
                define(
                        "crc32",
                        "checksum of the bytes, CRC-32 as in ZIP files",
                        takes(Type.BIGINT, RUN_OF_BYTES),
                        HashFunctions::crc32),
                define(
                        "xxhash64",
                        "XXH64 of the bytes with seed 0, as a signed number",
                        takes(Type.BIGINT, RUN_OF_BYTES),
                        TextRows.counts((a, row) ->
                                XxHash64.of(a.heap(0), a.start(0, row), a.length(0, row)))));
    }

    private static Definition digest(String name, String title, String algorithm) {
        return define(
                name,
                title + " of the bytes, in hexadecimal",
                takes(Type.TEXT, RUN_OF_BYTES),
                site -> {
                    MessageDigest digest = messageDigest(algorithm);
                    return TextRows.writer(
                            site,
                            (a, row, out) -> {
                                digest.update(a.heap(0), a.start(0, row), a.length(0, row));
                                out.append(HexFormat.of().formatHex(digest.digest()));
                            });
                });
    }

    private static MessageDigest messageDigest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new BasaltException(
                    ErrorCode.FEATURE_NOT_SUPPORTED, "this Java runtime lacks " + algorithm, e);
        }
    }

    private static ScalarLoop crc32(CallSite site) {
        CRC32 checksum = new CRC32();
        return TextRows.counter(
                site,
                (a, row) -> {
                    checksum.reset();
                    checksum.update(a.heap(0), a.start(0, row), a.length(0, row));
                    return checksum.getValue();
                });
    }
}
