package io.registrar.log.performance;

import io.registrar.spi.Storage;
import io.registrar.tck.StorageTarget;
import java.util.List;

/** A member that nobody uses, as in a standby master. Ends when its input does. */
public final class MemberProcess {
  private MemberProcess() {}

  /** Opens the target that the arguments describe. */
  public static void main(String[] arguments) throws Exception {
    try (Storage member = StorageTarget.fromArguments(List.of(arguments)).open()) {
      System.out.println("open");
      while (System.in.read() >= 0) {
        // Nothing is asked of it.
      }
    }
  }
}
