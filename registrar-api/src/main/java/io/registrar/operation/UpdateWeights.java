package io.registrar.operation;

import io.registrar.Operation;
import io.registrar.Refusal;
import io.registrar.RegistryEdit;
import io.registrar.record.Weight;
import java.util.List;
import java.util.Optional;

/**
 * Sets the weights of roles; those that are not named stay. All of them, or none. Changes nothing
 * where a weight is as it was.
 *
 * @param weights one a role
 */
public record UpdateWeights(List<Weight> weights) implements Operation<List<Weight>> {
  public UpdateWeights {
    weights = List.copyOf(weights);
  }

  @Override
  public List<Weight> perform(RegistryEdit edit) throws Refusal {
    for (Weight weight : weights) {
      if (!edit.get(Weight.TYPE, weight.role()).equals(Optional.of(weight))) {
        edit.put(Weight.TYPE, weight);
        edit.audit("weight set", Weight.TYPE, weight.role(), String.valueOf(weight.weight()));
      }
    }
    return weights;
  }
}
