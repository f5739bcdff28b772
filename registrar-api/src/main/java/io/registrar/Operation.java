package io.registrar;

/**
 * A change to the registry, as a pure decision: it looks at the records as they are at its turn,
 * and puts and removes some, or refuses.
 *
 * <p>It may run more than once, on different states (when the batch that it was in has to be cut),
 * and only the last run counts: so it has no effect but on the edit, blocks on nothing, and takes
 * times and random numbers from outside. It runs on the registrar's writer thread, or on that of a
 * caller who waits for it alone.
 *
 * @param <R> what it tells its caller; never null
 */
@FunctionalInterface
public interface Operation<R> {
  /**
   * Decides and edits.
   *
   * @throws Refusal if it does not apply; whatever it has edited before is undone
   */
  R perform(RegistryEdit edit) throws Refusal;
}
