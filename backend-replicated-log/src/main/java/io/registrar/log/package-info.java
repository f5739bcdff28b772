/**
 * A log that several processes keep among themselves, usable by itself: {@link ReplicatedLog} is
 * the class to open first. The registry's storage ({@code io.registrar.log.registry}) is built on
 * the same members.
 */
@NullMarked
package io.registrar.log;

import org.jspecify.annotations.NullMarked;
