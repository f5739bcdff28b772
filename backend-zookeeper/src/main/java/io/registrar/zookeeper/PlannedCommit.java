package io.registrar.zookeeper;

import java.util.List;
import org.apache.zookeeper.Op;

/**
 * The request that commits a batch.
 *
 * @param request its operations; all take effect, or none
 * @param headAt the index of the operation whose result tells of the head
 * @param next the head that it makes
 * @param effect what is to be remembered once it has taken effect
 */
record PlannedCommit(List<Op> request, int headAt, Head next, Runnable effect) {}
