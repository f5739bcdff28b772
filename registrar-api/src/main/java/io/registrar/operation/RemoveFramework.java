package io.registrar.operation;

import io.registrar.Operation;
import io.registrar.Refusal;
import io.registrar.RegistryEdit;
import io.registrar.record.Framework;

/**
 * Removes a framework from the registry.
 *
 * <p>Refused if it is unknown.
 *
 * @param id the framework's id
 */
public record RemoveFramework(String id) implements Operation<Framework> {
  @Override
  public Framework perform(RegistryEdit edit) throws Refusal {
    Framework framework = Frameworks.known(edit, id);
    edit.remove(Framework.TYPE, id);
    edit.audit("framework removed", Framework.TYPE, id, framework.name());
    return framework;
  }
}
