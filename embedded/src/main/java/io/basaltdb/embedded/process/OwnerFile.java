package io.basaltdb.embedded.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/// How other processes reach the one that has a directory open: the file `owner` in it, which only its user may read. One line each for
/// format, process id, token and the path of the socket.
record OwnerFile(long processId, String token, Path socket) {
    private static final String NAME = "owner";
    private static final String FORMAT = "basalt owner 1";

    static Path in(Path directory) {
        return directory.resolve(NAME);
    }

    private static FileAttribute<?>[] ownersOnly() {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /// Writes it in one step: who reads it reads all of it.
    void write(Path directory) throws IOException {
        Path fresh = directory.resolve(NAME + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, ownersOnly());
        String text = String.join("\n", FORMAT, "" + processId, token, socket.toString(), "");
        Files.writeString(fresh, text, StandardCharsets.UTF_8, StandardOpenOption.WRITE);
        Files.move(
                fresh,
                in(directory),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /// @throws IOException where there is none, or one that cannot be understood
    static OwnerFile read(Path directory) throws IOException {
        List<String> lines = Files.readAllLines(in(directory), StandardCharsets.UTF_8);
        if (lines.size() != 4 || !lines.getFirst().equals(FORMAT)) {
            throw new IOException("the file " + in(directory) + " is not as expected");
        }
        return new OwnerFile(Long.parseLong(lines.get(1)), lines.get(2), Path.of(lines.get(3)));
    }
}
