package io.registrar.operation;

import io.registrar.Operation;
import io.registrar.Refusal;
import io.registrar.RegistryEdit;
import io.registrar.record.Framework;

/**
 * Replaces what is known of a framework; changes nothing if that is the same.
 *
 * <p>Refused if it is unknown.
 *
 * @param framework the framework as it is now
 */
public record UpdateFramework(Framework framework) implements Operation<Framework> {
  @Override
  public Framework perform(RegistryEdit edit) throws Refusal {
    Frameworks.known(edit, framework.id());
    edit.put(Framework.TYPE, framework);
    edit.audit("framework updated", Framework.TYPE, framework.id(), framework.name());
    return framework;
  }
}
