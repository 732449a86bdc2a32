package io.basaltdb.query.sql;

import com.google.common.collect.ImmutableList;
import io.basaltdb.query.sql.QueryShape.Literal;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.NlsString;
import org.jspecify.annotations.Nullable;

/// Puts literals of one query in the places where stand-ins are in a bound tree. For one tree.
@SuppressWarnings("ReferenceEquality") // a tree that did not change is the same object
final class LiteralSwap extends RexShuttle {
    /// A literal does not fit where its stand-in does.
    @SuppressWarnings("serial")
    static final class Unfit extends RuntimeException {
        Unfit(String message) {
            super(message, null, false, false);
        }
    }

    private final List<Literal> standIns;
    private final List<Literal> literals;
    private final RexBuilder rex;
    private final Set<Integer> placed = new HashSet<>();

    LiteralSwap(List<Literal> standIns, List<Literal> literals, RexBuilder rex) {
        this.standIns = standIns;
        this.literals = literals;
        this.rex = rex;
    }

    /// Whether every stand-in was found at least once.
    boolean hasPlacedAll() {
        return placed.size() == standIns.size();
    }

    RelNode apply(RelNode rel) {
        List<RelNode> inputs = new ArrayList<>(rel.getInputs().size());
        boolean changed = false;
        for (RelNode input : rel.getInputs()) {
            RelNode swapped = apply(input);
            changed |= swapped != input;
            inputs.add(swapped);
        }
        if (rel instanceof Values values) {
            return swapped(values);
        }
        RelNode same = changed ? rel.copy(rel.getTraitSet(), inputs) : rel;
        return same.accept(this);
    }

    private RelNode swapped(Values values) {
        ImmutableList.Builder<ImmutableList<RexLiteral>> rows = ImmutableList.builder();
        boolean changed = false;
        for (List<RexLiteral> tuple : values.getTuples()) {
            ImmutableList.Builder<RexLiteral> row = ImmutableList.builder();
            for (RexLiteral literal : tuple) {
                RexNode swapped = visitLiteral(literal);
                if (!(swapped instanceof RexLiteral value)) {
                    throw new Unfit("a row of values");
                }
                changed |= value != literal;
                row.add(value);
            }
            rows.add(row.build());
        }
        return changed
                ? LogicalValues.create(values.getCluster(), values.getRowType(), rows.build())
                : values;
    }

    @Override
    public RexNode visitSubQuery(RexSubQuery query) {
        RexSubQuery operands = (RexSubQuery) super.visitSubQuery(query);
        RelNode rel = apply(operands.rel);
        return rel == operands.rel ? operands : operands.clone(rel);
    }

    @Override
    public RexNode visitLiteral(RexLiteral literal) {
        if (literal.isNull()) {
            return literal;
        }
        for (int i = 0; i < standIns.size(); i++) {
            @Nullable RexNode swapped = swapped(literal, standIns.get(i), literals.get(i));
            if (swapped != null) {
                placed.add(i);
                return swapped;
            }
        }
        return literal;
    }

    /// The literal in the place of the stand-in; null where that is another one's place.
    private @Nullable RexNode swapped(RexLiteral place, Literal standIn, Literal literal) {
        SqlTypeName type = place.getType().getSqlTypeName();
        return switch (standIn.kind()) {
            case NUMBER ->
                    SqlTypeName.NUMERIC_TYPES.contains(type)
                                    && standIn.number().compareTo(number(place)) == 0
                            ? numeric(place, literal.number())
                            : null;
            case TEXT -> {
                if (place.getValue() instanceof NlsString text) {
                    yield text.getValue().equals(standIn.content())
                            ? text(place, text, literal.content())
                            : null;
                }
                yield date(place, standIn, literal);
            }
            case DATE -> date(place, standIn, literal);
            case MONTHS ->
                    SqlTypeName.YEAR_INTERVAL_TYPES.contains(type)
                                    && standIn.number().compareTo(number(place)) == 0
                            ? interval(place, literal.number())
                            : null;
            case MILLIS ->
                    SqlTypeName.DAY_INTERVAL_TYPES.contains(type)
                                    && standIn.number().compareTo(number(place)) == 0
                            ? interval(place, literal.number())
                            : null;
        };
    }

    private static BigDecimal number(RexLiteral place) {
        @Nullable BigDecimal number = place.getValueAs(BigDecimal.class);
        if (number == null) {
            throw new Unfit("a number without value");
        }
        return number;
    }

    private RexNode numeric(RexLiteral place, BigDecimal number) {
        RelDataType type = place.getType();
        if (SqlTypeName.APPROX_TYPES.contains(type.getSqlTypeName())) {
            return rex.makeApproxLiteral(number, type);
        }
        BigDecimal written;
        try {
            written = number.setScale(number(place).scale(), RoundingMode.UNNECESSARY);
        } catch (ArithmeticException rounds) {
            throw new Unfit("a number with more digits behind the point");
        }
        boolean fits =
                switch (type.getSqlTypeName()) {
                    case INTEGER -> written.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0;
                    case BIGINT -> written.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
                    case DECIMAL ->
                            written.precision() - written.scale()
                                    <= type.getPrecision() - type.getScale();
                    default -> false;
                };
        if (!fits) {
            throw new Unfit("a number too large for its place");
        }
        return rex.makeExactLiteral(written, type);
    }

    private RexNode text(RexLiteral place, NlsString standIn, String content) {
        RexNode text =
                rex.makeCharLiteral(
                        new NlsString(content, standIn.getCharsetName(), standIn.getCollation()));
        return switch (place.getType().getSqlTypeName()) {
            case CHAR -> text;
            case VARCHAR -> rex.makeCast(place.getType(), text);
            default -> throw new Unfit("a text of another type");
        };
    }

    private @Nullable RexNode date(RexLiteral place, Literal standIn, Literal literal) {
        if (place.getType().getSqlTypeName() != SqlTypeName.DATE) {
            return null;
        }
        @Nullable DateString date = place.getValueAs(DateString.class);
        return date != null && date.toString().equals(standIn.content())
                ? rex.makeDateLiteral(new DateString(literal.content()))
                : null;
    }

    private RexNode interval(RexLiteral place, BigDecimal amount) {
        @Nullable SqlIntervalQualifier qualifier = place.getType().getIntervalQualifier();
        if (qualifier == null) {
            throw new Unfit("an interval without unit");
        }
        return rex.makeIntervalLiteral(amount, qualifier);
    }
}
