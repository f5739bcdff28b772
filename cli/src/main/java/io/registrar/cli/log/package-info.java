/** {@code registrar log}: looks at a member's log that no process has open. */
@NullMarked
package io.registrar.cli.log;

import org.jspecify.annotations.NullMarked;
