/**
 * Simulated agents that register with a master, come and go, and remember what was acknowledged to
 * them: the tool that shows whether a master keeps its word. Start with {@link
 * io.registrar.example.fleet.Main}.
 */
package io.registrar.example.fleet;
