package io.registrar.operation;

import io.registrar.Operation;
import io.registrar.Refusal;
import io.registrar.RegistryEdit;
import io.registrar.record.ResourceProvider;

/**
 * Removes a resource provider for good; its id is remembered.
 *
 * <p>Refused if it is unknown, or was removed before.
 *
 * @param id the provider's id
 */
public record RemoveResourceProvider(String id) implements Operation<ResourceProvider> {
  @Override
  public ResourceProvider perform(RegistryEdit edit) throws Refusal {
    ResourceProvider removed =
        edit.get(ResourceProvider.TYPE, id)
            .filter(known -> known.state() == ResourceProvider.State.ADMITTED)
            .orElseThrow(
                () ->
                    new Refusal(
                        Refusal.Cause.UNKNOWN,
                        "the resource provider '" + id + "' is not admitted"))
            .removed();
    edit.put(ResourceProvider.TYPE, removed);
    edit.audit("resource provider removed", ResourceProvider.TYPE, id, removed.name());
    return removed;
  }
}
