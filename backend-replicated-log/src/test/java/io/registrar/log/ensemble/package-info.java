/** Members of one log in processes of their own, for tests that need them to be. */
@NullMarked
package io.registrar.log.ensemble;

import org.jspecify.annotations.NullMarked;
