package io.registrar.log.ensemble;

import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.tck.StorageTarget;
import io.registrar.tck.fault.Deadline;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A process in which members run that nobody uses, as standby masters do: {@code hold TARGET} opens
 * one, {@code leave TARGET} closes it. Each is answered by a line. Ends when its input does.
 */
public final class EnsembleHost {
  /** Whoever had it open before may still be dying. */
  private static final Duration FREED = Duration.ofSeconds(20);

  private final Map<String, Storage> held = new HashMap<>();

  private EnsembleHost() {}

  /** Holds members until its input ends. */
  public static void main(String[] arguments) throws Exception {
    EnsembleHost host = new EnsembleHost();
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      int space = line.indexOf(' ');
      out.println(host.obey(line.substring(0, space), line.substring(space + 1)));
    }
    Runtime.getRuntime().halt(0);
  }

  private String obey(String command, String target) throws ClassNotFoundException {
    if (command.equals("leave")) {
      Objects.requireNonNull(held.remove(target), "it is not held here").close();
      return "left";
    }
    StorageTarget member = StorageTarget.fromArguments(List.of(target.split(" ")));
    Deadline.after(FREED)
        .await(
            "the last to use it has gone",
            () -> {
              try {
                held.put(target, member.open());
                return true;
              } catch (StorageException stillOpenElsewhere) {
                return false;
              }
            });
    return "held";
  }
}
