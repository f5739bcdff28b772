package io.registrar.operation;

import io.registrar.Operation;
import io.registrar.Refusal;
import io.registrar.RegistryEdit;
import io.registrar.record.Framework;

/**
 * Admits a framework that the registry does not know.
 *
 * <p>Refused if its id is known.
 *
 * @param framework the framework
 */
public record AdmitFramework(Framework framework) implements Operation<Framework> {
  @Override
  public Framework perform(RegistryEdit edit) throws Refusal {
    if (edit.get(Framework.TYPE, framework.id()).isPresent()) {
      throw new Refusal(
          Refusal.Cause.CONFLICT, "the framework '" + framework.id() + "' is admitted already");
    }
    edit.put(Framework.TYPE, framework);
    edit.audit("framework admitted", Framework.TYPE, framework.id(), framework.name());
    return framework;
  }
}
