package io.basaltdb.query.execution;

import io.basaltdb.query.operator.scan.ScanColumns;
import io.basaltdb.query.operator.scan.ScanSource;
import io.basaltdb.query.plan.PlanNode;
import io.basaltdb.query.relation.Relation;
import io.basaltdb.query.relation.StoredTable;
import io.basaltdb.storage.catalog.TableStatistics;
import io.basaltdb.storage.table.Split;
import io.basaltdb.storage.type.Schema;
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
        PlanNode.Scan bound = ParameterRanges.bind(scan, builder.query().evaluation().parameters());
        build(bound, relation, boundsSuffice, target, builder);
    }

    /// A scan of which only the number of rows matters: what storage knows of it is returned, and only splits that need a look are read.
    static long buildCounted(PlanNode.Scan scan, Target target, PipelineBuilder builder) {
        Relation relation = builder.query().relations().resolve(scan.relation());
        long counted = 0;
        List<Split> rest = new ArrayList<>();
        for (Split split : relation.splits()) {
            if (!(relation instanceof StoredTable) || split.mayHaveDeadRows()) {
                rest.add(split);
                continue;
            }
            for (int granule = 0; granule < split.granuleCount(); granule++) {
                counted += split.rowCount(granule);
            }
        }
        Relation uncounted = counted == 0 ? relation : new SomeSplits(relation, List.copyOf(rest));
        OperatorProfile profile = build(scan, uncounted, false, target, builder);
        if (counted > 0) {
            profile.remark("counted " + counted + " rows without reading them");
        }
        return counted;
    }

    private record SomeSplits(Relation relation, List<Split> splits) implements Relation {
        @Override
        public Schema schema() {
            return relation.schema();
        }

        @Override
        public TableStatistics statistics() {
            return relation.statistics();
        }
    }

    private static OperatorProfile build(
            PlanNode.Scan scan,
            Relation relation,
            boolean boundsSuffice,
            Target target,
            PipelineBuilder builder) {
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
        profile.remark(ScanPruning.of(source).text());
        Pipeline pipeline = target.pipelineFrom(source, profile, builder.graph());
        // What makes a filter never waits for this scan: it flows from a join's right side to its
        // left one.
        for (Target.ColumnFilter filter : target.filters()) {
            Stage knownAfter = filter.knownAfter();
            if (knownAfter != null) {
                pipeline.after(knownAfter);
            }
        }
        return profile;
    }
}
