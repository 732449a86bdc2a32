/// The subcommands of `basalt bench`: options in, calls of `suite` and `insert`, lines out. Nothing is measured here.
@NullMarked
package io.basaltdb.benchmarks.command;

import org.jspecify.annotations.NullMarked;
