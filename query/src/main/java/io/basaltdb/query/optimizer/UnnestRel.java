package io.basaltdb.query.optimizer;

import java.util.List;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;

/// Each row of the input as often as the longest of some of its lists has elements: the fields of the input, then those of the elements, then
/// the number of the element if it is wanted.
final class UnnestRel extends SingleRel {
    private final List<Integer> lists;
    private final boolean numbered;
    private final boolean keepsEmpty;
    private final RelDataType elements;

    /// @param lists fields of the input that are arrays or maps
    /// @param keepsEmpty whether a row without elements is given once, with NULLs
    /// @param elements the fields behind those of the input
    UnnestRel(
            RelNode input,
            List<Integer> lists,
            boolean numbered,
            boolean keepsEmpty,
            RelDataType elements) {
        super(input.getCluster(), input.getTraitSet(), input);
        this.lists = List.copyOf(lists);
        this.numbered = numbered;
        this.keepsEmpty = keepsEmpty;
        this.elements = elements;
    }

    List<Integer> lists() {
        return lists;
    }

    boolean isNumbered() {
        return numbered;
    }

    boolean keepsEmpty() {
        return keepsEmpty;
    }

    RelDataType elements() {
        return elements;
    }

    @Override
    protected RelDataType deriveRowType() {
        RelDataTypeFactory.Builder fields = getCluster().getTypeFactory().builder();
        fields.addAll(input.getRowType().getFieldList());
        for (RelDataTypeField field : elements.getFieldList()) {
            fields.add(
                    field.getName(),
                    getCluster()
                            .getTypeFactory()
                            .createTypeWithNullability(
                                    field.getType(), keepsEmpty || field.getType().isNullable()));
        }
        return fields.build();
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new UnnestRel(inputs.getFirst(), lists, numbered, keepsEmpty, elements);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer)
                .item("lists", lists)
                .item("numbered", numbered)
                .item("keepsEmpty", keepsEmpty);
    }
}
