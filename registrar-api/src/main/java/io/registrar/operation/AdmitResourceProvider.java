package io.registrar.operation;

import io.registrar.Operation;
import io.registrar.Refusal;
import io.registrar.RegistryEdit;
import io.registrar.record.ResourceProvider;
import java.util.Optional;

/**
 * Admits a resource provider.
 *
 * <p>Refused if its id is admitted, or was and has been removed.
 *
 * @param id the provider's id
 * @param type what sort of provider it is; may be empty
 * @param name what people call it; may be empty
 */
public record AdmitResourceProvider(String id, String type, String name)
    implements Operation<ResourceProvider> {
  @Override
  public ResourceProvider perform(RegistryEdit edit) throws Refusal {
    Optional<ResourceProvider> known = edit.get(ResourceProvider.TYPE, id);
    if (known.isPresent()) {
      throw known.get().state() == ResourceProvider.State.REMOVED
          ? new Refusal(
              Refusal.Cause.FORBIDDEN,
              "the resource provider '" + id + "' was removed and may not come back")
          : new Refusal(
              Refusal.Cause.CONFLICT, "the resource provider '" + id + "' is admitted already");
    }
    ResourceProvider admitted =
        new ResourceProvider(id, type, name, ResourceProvider.State.ADMITTED);
    edit.put(ResourceProvider.TYPE, admitted);
    edit.audit("resource provider admitted", ResourceProvider.TYPE, id, name);
    return admitted;
  }
}
