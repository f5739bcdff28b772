/**
 * A small real master on top of the registrar: agents register over HTTP, and their records survive
 * its death. Start with {@link io.registrar.example.master.Main}; {@link
 * io.registrar.example.master.Master} is its life from first to last.
 */
package io.registrar.example.master;
