package io.registrar.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.Operation;
import io.registrar.Outcome;
import io.registrar.Principal;
import io.registrar.Refusal;
import io.registrar.Registrar;
import io.registrar.RegistrarOptions;
import io.registrar.memory.InMemoryStorage;
import io.registrar.record.MasterInfo;
import io.registrar.record.Registry;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A registrar in memory, to perform operations with and to say what must become of them. */
final class Performing implements BeforeEachCallback, AfterEachCallback {
  private final InMemoryStorage storage = new InMemoryStorage();
  private Registrar registrar;

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    recover("m1");
  }

  @Override
  public void afterEach(ExtensionContext context) {
    registrar.close();
  }

  /** Has another master take over. */
  void failOver() throws Exception {
    registrar.close();
    recover("m2");
  }

  private void recover(String master) throws Exception {
    registrar =
        Registrar.recover(
            storage, RegistrarOptions.leading(new MasterInfo(master, "h", "", "test")).build());
  }

  Registry registry() {
    return registrar.registry();
  }

  <R> Outcome<R> outcome(Operation<R> operation) throws Exception {
    return registrar.apply(operation, Principal.MASTER).get(10, TimeUnit.SECONDS);
  }

  <R> R applied(Operation<R> operation) throws Exception {
    Outcome<R> outcome = outcome(operation);
    assertThat(outcome).isInstanceOf(Outcome.Applied.class);
    return ((Outcome.Applied<R>) outcome).result();
  }

  <R> R unchanged(Operation<R> operation) throws Exception {
    Outcome<R> outcome = outcome(operation);
    assertThat(outcome).isInstanceOf(Outcome.Unchanged.class);
    return ((Outcome.Unchanged<R>) outcome).result();
  }

  <R> String refused(Refusal.Cause cause, Operation<R> operation) throws Exception {
    long before = registry().version();
    Outcome<R> outcome = outcome(operation);
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    Outcome.Refused<R> refused = (Outcome.Refused<R>) outcome;
    assertThat(refused.cause()).as(refused.reason()).isEqualTo(cause);
    assertThat(registry().version()).isEqualTo(before);
    return refused.reason();
  }
}
