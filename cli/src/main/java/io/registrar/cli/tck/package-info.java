/** The verbs about the compatibility test kit. */
@NullMarked
package io.registrar.cli.tck;

import org.jspecify.annotations.NullMarked;
