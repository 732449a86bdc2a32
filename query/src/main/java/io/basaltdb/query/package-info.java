/// Turns SQL text into rows: parse and validate, optimize, plan, and run the plan as pipelines over
/// morsels. Calcite stays in the packages `sql` and `optimizer` and ends where the plan begins. The
/// root package is the front door and only wires the packages below it.
@NullMarked
package io.basaltdb.query;

import org.jspecify.annotations.NullMarked;
