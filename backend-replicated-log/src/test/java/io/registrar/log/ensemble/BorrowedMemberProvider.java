package io.registrar.log.ensemble;

import io.registrar.log.node.MemberAddress;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageOption;
import io.registrar.spi.StorageProvider;
import io.registrar.spi.StorageSettings;
import io.registrar.spi.UnavailableException;
import io.registrar.tck.StorageTarget;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The replicated log for a kit that opens one registry several times: each opens a member. */
public final class BorrowedMemberProvider implements StorageProvider {
  static final StorageOption<InetSocketAddress> POOL =
      StorageOption.of("borrowed_pool", "HOST:PORT", "who lends members", MemberAddress::read);

  @Override
  public String name() {
    return "borrowed";
  }

  @Override
  public String description() {
    return "a member of an ensemble of three";
  }

  @Override
  public int contractVersion() {
    return 1;
  }

  @Override
  public List<StorageOption<?>> options() {
    return List.of(POOL);
  }

  @Override
  public Storage open(StorageSettings settings, Duration timeout) throws StorageException {
    Socket loan = new Socket();
    boolean opened = false;
    try {
      InetSocketAddress pool = settings.get(POOL);
      loan.connect(
          new InetSocketAddress(InetAddress.getByName(pool.getHostString()), pool.getPort()));
      PrintStream out = new PrintStream(loan.getOutputStream(), true, StandardCharsets.UTF_8);
      out.println(ProcessHandle.current().pid());
      out.println(settings.workDirectory());
      out.println(settings.registry().text());
      BufferedReader in =
          new BufferedReader(new InputStreamReader(loan.getInputStream(), StandardCharsets.UTF_8));
      String lent =
          Optional.ofNullable(in.readLine())
              .orElseThrow(() -> new IOException("the pool lends nothing"));
      Storage storage =
          BorrowedMember.open(StorageTarget.fromArguments(List.of(lent.split(" "))), loan);
      opened = true;
      return storage;
    } catch (IOException | ClassNotFoundException e) {
      throw new UnavailableException("no member was lent: " + e.getMessage(), e);
    } finally {
      if (!opened) {
        close(loan);
      }
    }
  }

  static void close(Socket loan) {
    try {
      loan.close();
    } catch (IOException e) {
      throw new IllegalStateException("a loan could not be ended", e);
    }
  }
}
