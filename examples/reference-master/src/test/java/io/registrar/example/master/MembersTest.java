package io.registrar.example.master;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.memory.InMemoryStorage;
import io.registrar.memory.InMemoryStorageProvider;
import io.registrar.spi.MembershipAdmin;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageCatalog;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageOption;
import io.registrar.spi.StorageProvider;
import io.registrar.spi.StorageSettings;
import io.registrar.spi.UnavailableException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Members over HTTP, on a storage that has some and on one that has none. */
class MembersTest {
  private static final StorageCatalog WITH_MEMBERS = StorageCatalog.of(List.of(new Provider()));

  @Test
  void theyAreListed() throws Exception {
    try (RunningMaster master = RunningMaster.start(WITH_MEMBERS, "--registry=members")) {
      RunningMaster.Response list = master.get("/members");
      assertThat(list.status()).isEqualTo(200);
      assertThat(list.json().path("members").toString())
          .isEqualTo(
              "[{\"id\":1,\"role\":\"coordinator\",\"address\":\"h1:1\",\"position\":7},"
                  + "{\"id\":2,\"role\":\"learner\"}]");
    }
  }

  @Test
  void aNewOneIsToldItsFlags() throws Exception {
    try (RunningMaster master = RunningMaster.start(WITH_MEMBERS, "--registry=members")) {
      assertThat(master.put("/members/4", "{\"address\":\"h4:4\"}").json().path("flags").asText())
          .isEqualTo("--id=4 --at=h4:4");
      RunningMaster.Response taken = master.put("/members/1", "{\"address\":\"h4:4\"}");
      assertThat(taken.status()).isEqualTo(409);
      assertThat(taken.error()).isEqualTo("member 1 votes already");
      RunningMaster.Response wrong = master.put("/members/4", "{\"address\":\"nowhere\"}");
      assertThat(wrong.status()).isEqualTo(400);
      assertThat(wrong.error()).isEqualTo("no address: nowhere");
      assertThat(master.put("/members/zero", "{\"address\":\"h4:4\"}").status()).isEqualTo(400);
      assertThat(master.put("/members/65536", "{\"address\":\"h4:4\"}").status()).isEqualTo(400);
    }
  }

  @Test
  void aChangeSaysWhatItWaitsForAndHowItEnds() throws Exception {
    try (RunningMaster master = RunningMaster.start(WITH_MEMBERS, "--registry=members")) {
      assertThat(lines(master, "POST", "/members/2/promote"))
          .isEqualTo("{\"waiting\":\"member 2 is 9 behind\"}\n{\"done\":true}\n");
      assertThat(lines(master, "DELETE", "/members/2?seconds=1"))
          .isEqualTo("{\"error\":\"not within PT1S\"}\n");
      assertThat(master.send("/members/2?seconds=0", "DELETE", "").status()).isEqualTo(400);
    }
  }

  @Test
  void whereThereAreNoneThatIsSaid() throws Exception {
    try (RunningMaster master = RunningMaster.inMemory()) {
      RunningMaster.Response list = master.get("/members");
      assertThat(list.status()).isEqualTo(404);
      assertThat(list.error()).contains("--registry=replicated_log has them");
    }
  }

  private static String lines(RunningMaster master, String method, String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(master.address() + path))
                .method(method, BodyPublishers.noBody())
                .build(),
            BodyHandlers.ofString())
        .body();
  }

  /** {@code --registry=members}: records in memory, and members that are only told of. */
  private static final class Provider implements StorageProvider {
    @Override
    public String name() {
      return "members";
    }

    @Override
    public String description() {
      return "memory, with members";
    }

    @Override
    public int contractVersion() {
      return 1;
    }

    @Override
    public List<StorageOption<?>> options() {
      return new InMemoryStorageProvider().options();
    }

    @Override
    public Storage open(StorageSettings settings, Duration timeout) {
      Storage memory = new InMemoryStorage();
      Members members = new Members();
      return (Storage)
          Proxy.newProxyInstance(
              MembersTest.class.getClassLoader(),
              new Class<?>[] {Storage.class, MembershipAdmin.class},
              (proxy, method, arguments) -> {
                boolean ofMembers = method.getDeclaringClass() == MembershipAdmin.class;
                try {
                  return method.invoke(ofMembers ? members : memory, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    }
  }

  private static final class Members implements MembershipAdmin {
    @Override
    public List<MemberReport> members() {
      return List.of(
          new MemberReport(1, Role.COORDINATOR, Optional.of("h1:1"), OptionalLong.of(7)),
          new MemberReport(2, Role.LEARNER, Optional.empty(), OptionalLong.empty()));
    }

    @Override
    public String addMember(int id, String address, Duration timeout) throws StorageException {
      if (!address.contains(":")) {
        throw new IllegalArgumentException("no address: " + address);
      }
      if (id == 1) {
        throw new UnavailableException("member 1 votes already");
      }
      return "--id=" + id + " --at=" + address;
    }

    @Override
    public void promoteMember(int id, Duration timeout, Consumer<String> progress) {
      progress.accept("member " + id + " is 9 behind");
    }

    @Override
    public void removeMember(int id, Duration timeout, Consumer<String> progress)
        throws StorageException {
      throw new UnavailableException("not within " + timeout);
    }
  }
}
