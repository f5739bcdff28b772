package io.registrar.log.ensemble;

import io.registrar.tck.fault.Deadline;
import io.registrar.tck.fault.SmallDisk;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What may be done to one member, and taken back. */
enum Harm {
  /** SIGKILL; started again. */
  KILLED {
    @Override
    void befall(WorkingMember victim, Surroundings around) throws Exception {
      victim.kill();
    }

    @Override
    void end(WorkingMember victim, Surroundings around) throws Exception {
      around.startAgain(victim);
    }
  },
  /** SIGSTOP, SIGCONT. */
  STOPPED {
    @Override
    void befall(WorkingMember victim, Surroundings around) throws Exception {
      victim.process().stop();
    }

    @Override
    void end(WorkingMember victim, Surroundings around) throws Exception {
      victim.process().resume();
    }
  },
  /** What it says to one other is lost; what it hears is not. */
  MUTE_TO_ONE {
    @Override
    void befall(WorkingMember victim, Surroundings around) throws Exception {
      around.network().cut(new NamespaceNetwork.Way(victim.id(), around.next(victim)));
    }
  },
  /** What it says is lost; what it hears is not. */
  MUTE {
    @Override
    void befall(WorkingMember victim, Surroundings around) throws Exception {
      around.network().cut(new NamespaceNetwork.Way(victim.id(), around.next(victim)));
      around.network().cut(new NamespaceNetwork.Way(victim.id(), around.overNext(victim)));
    }
  },
  /** What it should hear is lost; what it says is not. */
  DEAF {
    @Override
    void befall(WorkingMember victim, Surroundings around) throws Exception {
      around.network().cut(new NamespaceNetwork.Way(around.next(victim), victim.id()));
      around.network().cut(new NamespaceNetwork.Way(around.overNext(victim), victim.id()));
    }
  },
  /** It and one other do not hear each other; both hear the third. */
  BRIDGED {
    @Override
    void befall(WorkingMember victim, Surroundings around) throws Exception {
      around.network().cut(new NamespaceNetwork.Way(victim.id(), around.next(victim)));
      around.network().cut(new NamespaceNetwork.Way(around.next(victim), victim.id()));
    }
  },
  /** It hears nobody, and nobody hears it. */
  ALONE {
    @Override
    void befall(WorkingMember victim, Surroundings around) throws Exception {
      MUTE.befall(victim, around);
      DEAF.befall(victim, around);
    }
  },
  /** Its disk runs full; with room again it is started again. Only for the member that has one. */
  DISK_FULL {
    @Override
    void befall(WorkingMember victim, Surroundings around) throws Exception {
      SmallDisk disk = around.smallDisk();
      disk.fillUntilFree(0);
      awaitItsEnd(victim, around);
    }

    @Override
    void end(WorkingMember victim, Surroundings around) throws Exception {
      around.smallDisk().makeRoom();
      victim.kill();
      around.startAgain(victim);
    }
  },
  /** The next sync of each of its threads fails; started again. */
  SYNC_FAILED {
    @Override
    void befall(WorkingMember victim, Surroundings around) throws Exception {
      Process strace =
          new ProcessBuilder(
                  "strace",
                  "-f",
                  "-qq",
                  "-p",
                  Long.toString(victim.process().pid()),
                  "-e",
                  "trace=fdatasync,fsync",
                  "-e",
                  "inject=fdatasync,fsync:error=EIO:when=1")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      awaitItsEnd(victim, around);
      strace.destroy();
      if (!strace.waitFor(20, TimeUnit.SECONDS)) {
        strace.destroyForcibly();
      }
    }

    @Override
    void end(WorkingMember victim, Surroundings around) throws Exception {
      victim.kill();
      around.startAgain(victim);
    }
  };

  private static final Duration LONGEST = Duration.ofSeconds(6);

  abstract void befall(WorkingMember victim, Surroundings around) throws Exception;

  /** Takes the harm back; the network is healed as one, after all. */
  void end(WorkingMember victim, Surroundings around) throws Exception {
    // Nothing of its own is left to be done.
  }

  /** A replica whose store has failed says so, and its process lives. It may have had no write. */
  private static void awaitItsEnd(WorkingMember victim, Surroundings around) throws IOException {
    Deadline longest = Deadline.after(LONGEST);
    while (!longest.hasPassed()) {
      if (victim.process().errorText().contains("takes no part until it is opened again")) {
        around.count("a replica ended, its process lived: " + victim.process().isAlive());
        return;
      }
      LockSupport.parkNanos(10_000_000);
    }
  }
}
