/**
 * What a master does to its records: one operation a file, each a pure decision over a {@link
 * io.registrar.RegistryEdit}, each refusal with its reason.
 */
package io.registrar.operation;
