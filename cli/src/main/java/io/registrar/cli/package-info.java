/**
 * The operator's command {@code registrar}: {@link io.registrar.cli.Main} starts it, {@link
 * io.registrar.cli.RegistrarCommand} lists its verbs, and each verb is a class.
 */
@NullMarked
package io.registrar.cli;

import org.jspecify.annotations.NullMarked;
