/**
 * {@code --registry=jdbc}: registries in PostgreSQL.
 *
 * <p>Start at {@link io.registrar.jdbc.JdbcStorageProvider}. {@code JdbcStorage} is one registry,
 * {@code HeadTable} the row that fences, {@code JdbcSession} the commits and what becomes of those
 * in doubt, {@code Login} every connection and what is asked of the server behind it.
 */
package io.registrar.jdbc;
