package io.basaltdb.embedded.rows;

/// Whether bytes are well-formed UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF.
final class Utf8Check {
    private Utf8Check() {}

    static boolean isValid(byte[] bytes, int start, int length) {
        int end = start + length;
        int i = start;
        while (i < end) {
            int lead = bytes[i];
            if (lead >= 0) {
                i++;
                continue;
            }
            int further = followers(lead);
            if (further == 0 || end - i <= further || !isSecondValid(lead & 0xFF, bytes[i + 1])) {
                return false;
            }
            for (int k = 1; k <= further; k++) {
                if ((bytes[i + k] & 0xC0) != 0x80) {
                    return false;
                }
            }
            i += further + 1;
        }
        return true;
    }

    /// How many bytes follow a leading byte; 0 if it cannot lead.
    private static int followers(int lead) {
        int unsigned = lead & 0xFF;
        if (unsigned >= 0xC2 && unsigned <= 0xDF) {
            return 1;
        }
        if (unsigned >= 0xE0 && unsigned <= 0xEF) {
            return 2;
        }
        return unsigned >= 0xF0 && unsigned <= 0xF4 ? 3 : 0;
    }

    private static boolean isSecondValid(int lead, byte second) {
        int unsigned = second & 0xFF;
        return switch (lead) {
            case 0xE0 -> unsigned >= 0xA0;
            case 0xED -> unsigned <= 0x9F;
            case 0xF0 -> unsigned >= 0x90;
            case 0xF4 -> unsigned <= 0x8F;
            default -> true;
        };
    }
}
