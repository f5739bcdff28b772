/**
 * The rules of the built-in operations, written a second time and as plainly as can be: what the
 * operations do is compared with what these say.
 */
package io.registrar.operation.model;
