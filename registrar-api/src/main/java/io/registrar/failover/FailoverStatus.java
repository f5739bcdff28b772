package io.registrar.failover;

/**
 * How far agents have come back after the recovery.
 *
 * @param recovered how many the recovery found registered
 * @param returned how many of them have come back
 * @param missing how many have not, and are not given up yet
 * @param limited how many of those are to be given up, and wait for their turn in the rate
 * @param unreachable how many were given up
 * @param stopped whether too many were missing, so that none is given up
 */
public record FailoverStatus(
    int recovered, int returned, int missing, int limited, int unreachable, boolean stopped) {}
