package io.registrar.operation;

import io.registrar.Operation;
import io.registrar.Refusal;
import io.registrar.RegistryEdit;
import io.registrar.record.Quota;
import java.util.List;
import java.util.Optional;

/**
 * Sets the quotas of roles; one that says nothing takes the role's quota away. All of them, or
 * none. Changes nothing where a quota is as it was.
 *
 * @param quotas one a role
 */
public record UpdateQuota(List<Quota> quotas) implements Operation<List<Quota>> {
  public UpdateQuota {
    quotas = List.copyOf(quotas);
  }

  @Override
  public List<Quota> perform(RegistryEdit edit) throws Refusal {
    for (Quota quota : quotas) {
      Optional<Quota> before = edit.get(Quota.TYPE, quota.role());
      if (quota.isDefault() && before.isPresent()) {
        edit.remove(Quota.TYPE, quota.role());
        edit.audit("quota removed", Quota.TYPE, quota.role(), "");
      } else if (!quota.isDefault() && !before.equals(Optional.of(quota))) {
        edit.put(Quota.TYPE, quota);
        edit.audit(
            "quota set",
            Quota.TYPE,
            quota.role(),
            "guarantees " + quota.guarantees() + ", limits " + quota.limits());
      }
    }
    return quotas;
  }
}
