package io.basaltdb.storage.vector;

import java.lang.ref.SoftReference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The texts of one or several dictionaries under one code each: equal texts have equal codes, whichever dictionary they stand in. So rows of several parts can
/// be grouped by codes as those of one part are, and texts are compared once for all queries instead of once a query.
///
/// The first dictionary's codes are its own. Those that a further one adds follow, in its order.
///
/// Immutable, safe for use by many threads. Each dictionary remembers the vocabulary that it was last put into, as long as memory allows and none of the others
/// is gone.
public final class Vocabulary {
    /// In place of an array that holds 0, 1, 2 …
    private static final int[] THEMSELVES = {};

    private static final int NOT_THERE = -1;

    /// For a text of a further dictionary: its code, its place in the order, and where it came from.
    private static final int BYTES_PER_TEXT = 12;

    private final Dictionary[] members;
    private final Tables tables;

    /// What is known beside the dictionaries.
    ///
    /// @param codes of each dictionary's texts
    /// @param first the first code that each dictionary adds, and the number of all codes
    /// @param added of the codes that each dictionary adds: the code that the text has in it
    /// @param order all codes, by texts that ascend
    private record Tables(int[][] codes, int[] first, int[][] added, int[] order) {
        int size() {
            return first[first.length - 1];
        }
    }

    private record Remembered(List<WeakReference<Dictionary>> members, Tables tables) {
        Dictionary @Nullable [] alive() {
            Dictionary[] alive = new Dictionary[members.size()];
            for (int i = 0; i < alive.length; i++) {
                Dictionary member = members.get(i).get();
                if (member == null) {
                    return null;
                }
                alive[i] = member;
            }
            return alive;
        }
    }

    /// What a dictionary remembers.
    static final class Memory {
        private volatile SoftReference<Remembered> last = new SoftReference<>(null);
    }

    private Vocabulary(Dictionary[] members, Tables tables) {
        this.members = members;
        this.tables = tables;
    }

    /// That of the dictionary alone.
    ///
    /// @param dictionary of texts
    public static Vocabulary alone(Dictionary dictionary) {
        return new Vocabulary(
                new Dictionary[] {dictionary},
                new Tables(
                        new int[][] {THEMSELVES},
                        new int[] {0, dictionary.size()},
                        new int[][] {THEMSELVES},
                        THEMSELVES));
    }

    /// The one that the dictionary remembers, or that of the dictionary alone.
    ///
    /// @param dictionary of texts
    public static Vocabulary of(Dictionary dictionary) {
        Remembered known = dictionary.vocabulary().last.get();
        Dictionary[] alive = known == null ? null : known.alive();
        return known == null || alive == null
                ? alone(dictionary)
                : new Vocabulary(alive, known.tables());
    }

    /// The texts of both, which their dictionaries remember. The larger one's codes stay.
    ///
    /// @param one ordered, as the other is
    public static Vocabulary union(Vocabulary one, Vocabulary other) {
        Vocabulary large = one.size() >= other.size() ? one : other;
        Vocabulary small = one.size() >= other.size() ? other : one;
        if (large.has(small)) {
            return large;
        }
        if (small.has(large)) {
            return small;
        }
        Vocabulary all = new VocabularyUnion(large, small).make();
        all.remember();
        return all;
    }

    /// Bytes that the union of both takes at most, beside the dictionaries.
    public static long unionBytes(Vocabulary one, Vocabulary other) {
        return (long) BYTES_PER_TEXT * ((long) one.size() + other.size());
    }

    private void remember() {
        List<WeakReference<Dictionary>> weak = new ArrayList<>(members.length);
        for (Dictionary member : members) {
            weak.add(new WeakReference<>(member));
        }
        SoftReference<Remembered> memory = new SoftReference<>(new Remembered(weak, tables));
        for (Dictionary member : members) {
            member.vocabulary().last = memory;
        }
    }

    /// All codes are below it.
    public int size() {
        return tables.size();
    }

    /// Whether it can be united with others, and texts can be found in it.
    public boolean isOrdered() {
        return members[0].isOrdered();
    }

    public int memberCount() {
        return members.length;
    }

    /// The dictionary with that number, from 0.
    public Dictionary member(int number) {
        return members[number];
    }

    /// Bytes beside the dictionaries.
    public long bytes() {
        return members.length == 1 ? 0 : (long) BYTES_PER_TEXT * size();
    }

    public boolean has(Dictionary dictionary) {
        return numberOf(dictionary) != NOT_THERE;
    }

    /// Whether it has all dictionaries of the other one.
    public boolean has(Vocabulary other) {
        for (Dictionary member : other.members) {
            if (!has(member)) {
                return false;
            }
        }
        return true;
    }

    @SuppressWarnings("ReferenceEquality") // a dictionary is known by its identity
    private int numberOf(Dictionary dictionary) {
        for (int i = 0; i < members.length; i++) {
            if (members[i] == dictionary) {
                return i;
            }
        }
        return NOT_THERE;
    }

    /// The codes of the dictionary's texts; null where they are the dictionary's own.
    public int @Nullable [] codes(Dictionary member) {
        return orThemselves(tables.codes[numberOf(member)]);
    }

    @SuppressWarnings("ReferenceEquality") // a mark
    private static int @Nullable [] orThemselves(int[] codes) {
        return codes == THEMSELVES ? null : codes;
    }

    /// The codes here of all codes of the other one, whose dictionaries are here too.
    public int[] codes(Vocabulary other) {
        int[] codes = new int[other.size()];
        for (int m = 0; m < other.members.length; m++) {
            int[] mine = codes(other.members[m]);
            int first = other.tables.first[m];
            for (int code = first; code < other.tables.first[m + 1]; code++) {
                int text = other.codeInMember(m, code);
                codes[code] = mine == null ? text : mine[text];
            }
        }
        return codes;
    }

    /// The number of the dictionary that added the code.
    public int memberOf(int code) {
        int member = 0;
        while (code >= tables.first[member + 1]) {
            member++;
        }
        return member;
    }

    /// The code that a code has in the dictionary that added it.
    ///
    /// @param member that dictionary's number
    public int codeInMember(int member, int code) {
        return member == 0 ? code : tables.added[member][code - tables.first[member]];
    }

    /// The first code that the dictionary with that number adds; behind the last dictionary the number of all codes.
    public int firstOf(int member) {
        return tables.first[member];
    }

    /// The code of that text; −1 where it is not there, or the texts are in no order.
    public int find(byte[] heap, int start, int length) {
        if (!isOrdered()) {
            return NOT_THERE;
        }
        int low = 0;
        int high = size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = compare(middle, heap, start, length);
            if (order == 0) {
                return inOrder(middle);
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return NOT_THERE;
    }

    /// The code at that place when all texts ascend.
    @SuppressWarnings("ReferenceEquality") // a mark
    private int inOrder(int place) {
        return tables.order == THEMSELVES ? place : tables.order[place];
    }

    /// How the text at that place in the order compares with another.
    private int compare(int place, byte[] heap, int start, int length) {
        int code = inOrder(place);
        int member = memberOf(code);
        int text = codeInMember(member, code);
        BytesVector values = values(member);
        int from = values.start()[text];
        return Arrays.compareUnsigned(
                values.heap(), from, from + values.length()[text], heap, start, start + length);
    }

    private BytesVector values(int member) {
        return (BytesVector) members[member].values();
    }

    /// Puts the texts of a small vocabulary into a large one. Both are walked by texts that ascend; in the large one in steps that double, so that one
    /// that is much larger is hardly looked at.
    private static final class VocabularyUnion {
        private final Vocabulary large;
        private final Vocabulary small;

        /// The code in the union of each of the small one's.
        private final int[] codes;

        /// Codes of the small one whose texts are new, by texts that ascend, and before which place of the large one each belongs.
        private final int[] fresh;

        private final int[] places;
        private int freshCount;

        VocabularyUnion(Vocabulary large, Vocabulary small) {
            this.large = large;
            this.small = small;
            this.codes = new int[small.size()];
            this.fresh = new int[small.size()];
            this.places = new int[small.size()];
        }

        Vocabulary make() {
            match();
            int memberCount = large.members.length + small.members.length;
            Dictionary[] members = Arrays.copyOf(large.members, memberCount);
            int[][] allCodes = Arrays.copyOf(large.tables.codes, memberCount);
            int[][] added = Arrays.copyOf(large.tables.added, memberCount);
            int[] first = Arrays.copyOf(large.tables.first, memberCount + 1);
            for (int m = 0; m < small.members.length; m++) {
                int number = large.members.length + m;
                members[number] = small.members[m];
                added[number] = add(m, first[number]);
                first[number + 1] = first[number] + added[number].length;
            }
            for (int m = 0; m < small.members.length; m++) {
                int number = large.members.length + m;
                int[] known = small.codes(small.members[m]);
                allCodes[number] = known == null ? codes : composed(known);
            }
            return new Vocabulary(members, new Tables(allCodes, first, added, order()));
        }

        private void match() {
            int from = 0;
            for (int i = 0; i < codes.length; i++) {
                int code = small.inOrder(i);
                int member = small.memberOf(code);
                int text = small.codeInMember(member, code);
                BytesVector values = small.values(member);
                byte[] heap = values.heap();
                int start = values.start()[text];
                int length = values.length()[text];
                from = lowerBound(from, heap, start, length);
                if (from < large.size() && large.compare(from, heap, start, length) == 0) {
                    codes[code] = large.inOrder(from++);
                } else {
                    codes[code] = NOT_THERE;
                    fresh[freshCount] = code;
                    places[freshCount++] = from;
                }
            }
        }

        /// The first place from `from` on whose text does not come before that one.
        private int lowerBound(int from, byte[] heap, int start, int length) {
            int size = large.size();
            int low = from;
            int step = 1;
            int high = from;
            while (high < size && large.compare(high, heap, start, length) < 0) {
                low = high + 1;
                high += step;
                step *= 2;
            }
            high = Math.min(high, size);
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (large.compare(middle, heap, start, length) < 0) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }

        /// Gives codes to what a dictionary of the small one adds; returns the codes that the texts have in it.
        private int[] add(int member, int firstCode) {
            int[] added = new int[small.firstOf(member + 1) - small.firstOf(member)];
            int count = 0;
            for (int code = small.firstOf(member); code < small.firstOf(member + 1); code++) {
                if (codes[code] == NOT_THERE) {
                    codes[code] = firstCode + count;
                    added[count++] = small.codeInMember(member, code);
                }
            }
            return Arrays.copyOf(added, count);
        }

        private int[] composed(int[] known) {
            int[] composed = new int[known.length];
            for (int i = 0; i < composed.length; i++) {
                composed[i] = codes[known[i]];
            }
            return composed;
        }

        private int[] order() {
            int[] order = new int[large.size() + freshCount];
            int place = 0;
            int at = 0;
            for (int i = 0; i < freshCount; i++) {
                while (place < places[i]) {
                    order[at++] = large.inOrder(place++);
                }
                order[at++] = codes[fresh[i]];
            }
            while (place < large.size()) {
                order[at++] = large.inOrder(place++);
            }
            return order;
        }
    }
}
