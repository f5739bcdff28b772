package io.registrar.operation;

import io.registrar.Refusal;
import io.registrar.RegistryEdit;
import io.registrar.record.Framework;

/** How the operations on frameworks find them. */
final class Frameworks {
  private Frameworks() {}

  /**
   * The framework of this id.
   *
   * @throws Refusal if the registry does not know it
   */
  static Framework known(RegistryEdit edit, String id) throws Refusal {
    return edit.get(Framework.TYPE, id)
        .orElseThrow(
            () ->
                new Refusal(
                    Refusal.Cause.UNKNOWN, "the framework '" + id + "' is not in the registry"));
  }
}
