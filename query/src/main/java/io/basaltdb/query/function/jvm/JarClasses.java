package io.basaltdb.query.function.jvm;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/// The classes of one jar, defined from its bytes when they are asked for. Sees the platform and itself.
final class JarClasses extends ClassLoader {
    private static final String SUFFIX = ".class";

    /// What a jar may hold unpacked.
    private static final long MAX_BYTES = 256L << 20;

    private final Map<String, byte[]> entries;

    /// @param path for messages
    JarClasses(String path, byte[] jar) {
        super(getPlatformClassLoader());
        this.entries = entries(path, jar);
    }

    private static Map<String, byte[]> entries(String path, byte[] jar) {
        Map<String, byte[]> entries = new HashMap<>();
        long sizeBytes = 0;
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(jar))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (!entry.isDirectory()) {
                    byte[] bytes = in.readNBytes((int) (MAX_BYTES - sizeBytes) + 1);
                    sizeBytes += bytes.length;
                    if (sizeBytes > MAX_BYTES) {
                        throw new BasaltException(
                                ErrorCode.PROGRAM_LIMIT,
                                "the jar '"
                                        + path
                                        + "' holds more than 256 MiB; leave out what"
                                        + " the function does not need");
                    }
                    entries.put(entry.getName(), bytes);
                }
            }
        } catch (IOException e) {
            throw notAJar(path, e);
        }
        if (entries.isEmpty()) {
            throw notAJar(path, null);
        }
        return entries;
    }

    private static BasaltException notAJar(String path, @Nullable IOException cause) {
        return new BasaltException(
                ErrorCode.INVALID_PARAMETER, "the file '" + path + "' is not a jar", cause);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = entries.get(name.replace('.', '/') + SUFFIX);
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        byte[] bytes = entries.get(name);
        return bytes == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(bytes);
    }
}
