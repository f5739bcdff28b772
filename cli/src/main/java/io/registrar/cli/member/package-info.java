/** {@code registrar member}: who keeps the registry, asked of and changed by a live master. */
@NullMarked
package io.registrar.cli.member;

import org.jspecify.annotations.NullMarked;
