/**
 * Histories: what several clients did to a registry at random and what they were told, checked in
 * time linear in its length. The order of the commits is the store's own, so it need not be
 * searched for, only checked.
 */
package io.registrar.tck.history;
