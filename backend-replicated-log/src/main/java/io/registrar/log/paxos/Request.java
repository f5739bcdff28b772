package io.registrar.log.paxos;

/** The caller's name for something that it asked for; the answer carries it. Never used twice. */
public record Request(long number) {}
