package io.basaltdb.query.execution;

import io.basaltdb.query.operator.scan.ScanColumns;
import io.basaltdb.query.operator.scan.ScanSource;
import io.basaltdb.query.plan.PlanNode;
import io.basaltdb.query.relation.Relation;
import java.util.ArrayList;
import java.util.List;

/// Scans: resolved and pruned here, at bind.
final class ScanBuilder {
    private ScanBuilder() {}

    static void build(PlanNode.Scan scan, Target target, PipelineBuilder builder) {
        build(scan, false, target, builder);
    }

    /// @param boundsSuffice see [ScanColumns#boundsSuffice]
    static void build(
            PlanNode.Scan scan, boolean boundsSuffice, Target target, PipelineBuilder builder) {
        Relation relation = builder.query().relations().resolve(scan.relation());
        List<ScanColumns.Dynamic> dynamic = new ArrayList<>();
        for (Target.ColumnFilter filter : target.filters()) {
            dynamic.add(new ScanColumns.Dynamic(filter.column(), filter.filter()));
        }
        ScanSource source =
                new ScanSource(
                        relation,
                        new ScanColumns(
                                scan.columns(),
                                scan.filterColumns(),
                                scan.ranges(),
                                scan.filter(),
                                dynamic,
                                boundsSuffice));
        OperatorProfile profile = builder.profile(scan, target);
        profile.readsRows(source.rowsToRead());
        if (source.keptSplitCount() < source.splitCount()) {
            profile.remark(
                    "kept " + source.keptSplitCount() + " of " + source.splitCount() + " parts");
        }
        profile.remark(
                "kept " + source.keptGranuleCount() + " of " + source.granuleCount() + " granules");
        Pipeline pipeline = target.pipelineFrom(source, profile, builder.graph());
        // What makes a filter never waits for this scan: it flows from a join's right side to its
        // left one.
        for (Target.ColumnFilter filter : target.filters()) {
            Stage knownAfter = filter.knownAfter();
            if (knownAfter != null) {
                pipeline.after(knownAfter);
            }
        }
    }
}
