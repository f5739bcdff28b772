/**
 * What a master does about its agents after a failover: open {@link
 * io.registrar.failover.AgentFailover} first. {@code MissingAgents} decides, as a plain function of
 * time; the rest carries it out.
 */
package io.registrar.failover;
