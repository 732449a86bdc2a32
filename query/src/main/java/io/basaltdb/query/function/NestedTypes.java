package io.basaltdb.query.function;

import io.basaltdb.storage.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Types of elements and what they have in common.
public final class NestedTypes {
    private NestedTypes() {}

    /// The type that both can be converted to without a loss of meaning, so that they can be elements of one list; null where there is none.
    public static @Nullable Type common(Type left, Type right) {
        if (left.equals(right) || right instanceof Type.Null) {
            return left;
        }
        if (left instanceof Type.Null) {
            return right;
        }
        if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
            return Numbers.common(left, right);
        }
        return switch (left) {
            case Type.Array(Type a) when right instanceof Type.Array(Type b) -> {
                Type element = common(a, b);
                yield element == null ? null : new Type.Array(element);
            }
            case Type.Map(Type keyA, Type valueA)
                    when right instanceof Type.Map(Type keyB, Type valueB) -> {
                Type key = common(keyA, keyB);
                Type value = common(valueA, valueB);
                yield key == null || value == null ? null : new Type.Map(key, value);
            }
            case Type.Struct a when right instanceof Type.Struct b -> struct(a, b);
            case Type.Date _, Type.Timestamp _, Type.TimestampTz _ -> moment(left, right);
            default -> null;
        };
    }

    private static @Nullable Type struct(Type.Struct left, Type.Struct right) {
        if (left.members().size() != right.members().size()) {
            return null;
        }
        List<Type.Struct.Member> members = new ArrayList<>();
        for (int i = 0; i < left.members().size(); i++) {
            Type.Struct.Member a = left.members().get(i);
            Type.Struct.Member b = right.members().get(i);
            Type type = common(a.type(), b.type());
            if (type == null || !a.name().equalsIgnoreCase(b.name())) {
                return null;
            }
            members.add(new Type.Struct.Member(a.name(), type));
        }
        return new Type.Struct(members);
    }

    private static @Nullable Type moment(Type left, Type right) {
        return switch (right) {
            case Type.Date _ -> left;
            case Type.Timestamp(int b) ->
                    switch (left) {
                        case Type.Timestamp(int a) -> a >= b ? left : right;
                        case Type.TimestampTz _ -> left;
                        default -> right;
                    };
            case Type.TimestampTz(int b) ->
                    left instanceof Type.TimestampTz(int a) && a >= b ? left : right;
            default -> null;
        };
    }

    /// The type that all have in common, that of NULL where there are none; null where they have nothing in common.
    public static @Nullable Type common(List<Type> types) {
        Type common = Type.NULL;
        for (Type type : types) {
            common = common == null ? null : common(common, type);
        }
        return common;
    }

    /// Whether the members have no names of their own but those of their places, which ROW gives them: `f1`, `f2`.
    public static boolean hasPlacesForNames(Type.Struct struct) {
        for (int i = 0; i < struct.members().size(); i++) {
            if (!struct.members().get(i).name().equals(placeName(i))) {
                return false;
            }
        }
        return true;
    }

    /// The name of a member that has none.
    public static String placeName(int index) {
        return "f" + (index + 1);
    }

    /// Whether the type has a type of nothing in it, as that of `[]`.
    public static boolean isOpen(Type type) {
        return switch (type) {
            case Type.Null _ -> true;
            case Type.Array(Type element) -> isOpen(element);
            case Type.Map(Type key, Type value) -> isOpen(key) || isOpen(value);
            case Type.Struct(List<Type.Struct.Member> members) ->
                    members.stream().anyMatch(member -> isOpen(member.type()));
            default -> false;
        };
    }
}
