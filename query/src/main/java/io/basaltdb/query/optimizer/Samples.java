package io.basaltdb.query.optimizer;

import com.google.common.collect.ImmutableSet;
import io.basaltdb.query.function.FunctionCatalog;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptSamplingParameters;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Sample;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

/// TABLESAMPLE: a condition on each row. With a seed, on a hash of the seed and the row, so that the same rows are chosen at any number of workers and whatever
/// was merged meanwhile; equal rows are chosen together. Without one, on chance.
@SuppressWarnings("ReferenceEquality") // a tree that did not change is the same object
final class Samples extends RexShuttle {
    /// Hashes are compared in so many steps, which a DOUBLE tells apart.
    private static final long STEPS = 1L << 40;

    private final RexBuilder rex;

    Samples(RexBuilder rex) {
        this.rex = rex;
    }

    RelNode apply(RelNode rel) {
        List<RelNode> inputs = new ArrayList<>();
        boolean changed = false;
        for (RelNode input : rel.getInputs()) {
            RelNode rewritten = apply(input);
            changed |= rewritten != input;
            inputs.add(rewritten);
        }
        RelNode same = (changed ? rel.copy(rel.getTraitSet(), inputs) : rel).accept(this);
        return same instanceof Sample sample ? chosen(sample) : same;
    }

    @Override
    public RexNode visitSubQuery(RexSubQuery query) {
        RexSubQuery operands = (RexSubQuery) super.visitSubQuery(query);
        RelNode rel = apply(operands.rel);
        return rel == operands.rel ? operands : operands.clone(rel);
    }

    private RelNode chosen(Sample sample) {
        RelOptSamplingParameters parameters = sample.getSamplingParameters();
        RelNode input = sample.getInput();
        RexNode condition =
                parameters.isRepeatable()
                        ? byHash(input, parameters.getRepeatableSeed(), parameters.sampleRate)
                        : byChance(parameters.sampleRate);
        return LogicalFilter.create(input, condition, ImmutableSet.of());
    }

    private RexNode byHash(RelNode input, int seed, BigDecimal share) {
        List<RexNode> values = new ArrayList<>();
        values.add(rex.makeExactLiteral(BigDecimal.valueOf(seed)));
        values.addAll(Rels.refs(input));
        RexNode step =
                rex.makeCall(
                        function("bit_and"),
                        rex.makeCall(function("hash"), values),
                        rex.makeBigintLiteral(BigDecimal.valueOf(STEPS - 1)));
        return rex.makeCall(
                SqlStdOperatorTable.LESS_THAN,
                step,
                rex.makeBigintLiteral(
                        share.multiply(BigDecimal.valueOf(STEPS))
                                .setScale(0, java.math.RoundingMode.HALF_UP)));
    }

    private RexNode byChance(BigDecimal share) {
        return rex.makeCall(
                SqlStdOperatorTable.LESS_THAN,
                rex.makeCall(function("random")),
                rex.makeApproxLiteral(
                        share, rex.getTypeFactory().createSqlType(SqlTypeName.DOUBLE)));
    }

    private static FunctionOperator function(String name) {
        return new FunctionOperator(name, FunctionCatalog.get(name));
    }
}
