package io.basaltdb.query.optimizer;

import io.basaltdb.query.function.ScalarFunction;

/// An operator of Calcite's tree that stands for a function of the catalogue.
interface CatalogOperator {
    ScalarFunction function();
}
