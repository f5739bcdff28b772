/**
 * For masters that are put together with Guice: {@link io.registrar.guice.RegistrarModule}. Guice
 * is an optional dependency; whoever uses this package brings it.
 */
package io.registrar.guice;
