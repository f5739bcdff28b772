package io.registrar.example.fleet;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;

/**
 * What a fleet can be told to do: to work, and to check what came of it.
 *
 * @param masters where masters are, one of which leads
 * @param file the fleet's journal
 */
record Program(List<URI> masters, Path file) {
  /**
   * Lets a fleet work until its plan is done.
   *
   * @param seed who the agents are
   * @param progress told once a second how it goes
   * @throws TimeoutException if the master was away for longer than the plan is patient
   */
  Tally work(long seed, FleetPlan plan, PrintStream progress)
      throws IOException, InterruptedException, TimeoutException {
    ExecutorService askers = Executors.newFixedThreadPool(plan.concurrency(), Program::daemon);
    Ledger ledger = new Ledger();
    try (Journal journal = Journal.append(file, seed, ledger);
        MasterClient client = new MasterClient(masters, new Population(seed), askers)) {
      Churn churn = new Churn(seed, plan.agents(), plan.churn());
      Fleet fleet = new Fleet(plan, client, journal, ledger, churn);
      new Watch(fleet, client, plan, progress).untilDone();
      return fleet.tally();
    } finally {
      askers.shutdown();
    }
  }

  /** Compares the master's records with the journal; the fleet may be at work meanwhile. */
  Findings check() throws IOException, InterruptedException {
    History history = History.read(file);
    Population population = new Population(history.seed());
    byte[] registry;
    try (MasterClient client = new MasterClient(masters, population, Runnable::run)) {
      registry = client.registry();
    }
    Ledger ledger = new Ledger();
    history.tell(ledger);
    History.read(file).tellSince(history, ledger);
    return Check.of(registry, population, ledger);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "fleet-asker");
    thread.setDaemon(true);
    return thread;
  }
}
