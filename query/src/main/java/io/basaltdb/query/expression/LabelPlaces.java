package io.basaltdb.query.expression;

import io.basaltdb.storage.type.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Where the labels of an ENUM stand in its list, found by their bytes. For one thread, and any number where nothing is added.
final class LabelPlaces {
    private static final int LISTED = 10;

    private final byte[][] labels;
    private final int[] slots;

    LabelPlaces(Type.Enumeration type) {
        int count = type.labels().size();
        labels = new byte[count][];
        slots = new int[Integer.highestOneBit(count) * 4];
        for (int i = 0; i < count; i++) {
            byte[] label = type.labels().get(i).getBytes(StandardCharsets.UTF_8);
            labels[i] = label;
            int slot = slot(label, 0, label.length);
            while (slots[slot] != 0) {
                slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = i + 1;
        }
    }

    private int slot(byte[] heap, int start, int length) {
        int hash = length;
        for (int i = start; i < start + length; i++) {
            hash = 31 * hash + heap[i];
        }
        return (hash ^ hash >>> 15) & (slots.length - 1);
    }

    /// The place of the label, from 0; -1 where it is none.
    int find(byte[] heap, int start, int length) {
        int slot = slot(heap, start, length);
        while (slots[slot] != 0) {
            byte[] label = labels[slots[slot] - 1];
            if (Arrays.equals(label, 0, label.length, heap, start, start + length)) {
                return slots[slot] - 1;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        return -1;
    }

    /// What to say of a text that is none.
    ///
    /// @param shown the text as messages show it
    static String unknown(String text, String shown, Type.Enumeration type) {
        List<String> labels = type.labels();
        String named = type.name().isEmpty() ? "this ENUM" : type.sql();
        String said = "\"" + shown + "\" is not a label of " + named;
        for (String label : labels) {
            if (isNear(text.toLowerCase(Locale.ROOT), label.toLowerCase(Locale.ROOT))) {
                return said + "; did you mean '" + label + "'?";
            }
        }
        String listed = String.join("', '", labels.subList(0, Math.min(LISTED, labels.size())));
        return said
                + "; its labels are '"
                + listed
                + (labels.size() > LISTED ? "', … (" + labels.size() + ")" : "'");
    }

    /// Whether one becomes the other by at most one letter more, less or other, or two that change places.
    private static boolean isNear(String text, String label) {
        int longer = Math.max(text.length(), label.length());
        int shorter = Math.min(text.length(), label.length());
        if (longer - shorter > 1) {
            return false;
        }
        int same = 0;
        while (same < shorter && text.charAt(same) == label.charAt(same)) {
            same++;
        }
        int behind = 0;
        while (behind < shorter - same
                && text.charAt(text.length() - 1 - behind)
                        == label.charAt(label.length() - 1 - behind)) {
            behind++;
        }
        int changed = longer - same - behind;
        return longer > 2
                && (changed <= 1
                        || (changed == 2
                                && text.length() == label.length()
                                && text.charAt(same) == label.charAt(same + 1)
                                && text.charAt(same + 1) == label.charAt(same)));
    }
}
