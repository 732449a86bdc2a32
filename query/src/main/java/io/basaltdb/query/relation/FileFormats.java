package io.basaltdb.query.relation;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.UserFiles;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The file formats that an engine was given, and how it finds users' files.
public record FileFormats(UserFiles files, List<FileFormat> formats) {
    public FileFormats {
        formats = List.copyOf(formats);
    }

    /// Where users' files lie.
    @Override
    public UserFiles files() {
        return files;
    }

    /// The existing files that a name means, which may hold `*`, `**`, `?` and `[…]`.
    ///
    /// @throws BasaltException FILE_NOT_FOUND where there is none
    public List<String> expand(String pattern) {
        return files.expand(pattern);
    }

    /// The format of that name, or, without a name, the one that the file's name means.
    ///
    /// @throws BasaltException INVALID_PARAMETER where there is none
    public FileFormat choose(@Nullable String name, String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        for (FileFormat format : formats) {
            boolean chosen =
                    name != null
                            ? format.name().equalsIgnoreCase(name)
                            : format.extensions().stream().anyMatch(lower::endsWith);
            if (chosen) {
                return format;
            }
        }
        String known = formats.stream().map(FileFormat::name).collect(Collectors.joining(", "));
        throw new BasaltException(
                ErrorCode.INVALID_PARAMETER,
                name != null
                        ? "there is no file format '" + name + "'; there are " + known
                        : "the name '"
                                + path
                                + "' does not say the file's format; add FORMAT with one of "
                                + known);
    }
}
