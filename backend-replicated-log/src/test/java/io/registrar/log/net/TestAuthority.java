package io.registrar.log.net;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A certificate authority made with the JDK's keytool, in a directory of its own. */
public final class TestAuthority {
  private static final String PASSWORD = "not-secret";

  private final Path directory;
  private final Path store;
  public final Path certificate;

  private TestAuthority(Path directory) {
    this.directory = directory;
    this.store = directory.resolve("authority.p12");
    this.certificate = directory.resolve("authority.pem");
  }

  public static TestAuthority create(Path directory) throws IOException, InterruptedException {
    Files.createDirectories(directory);
    TestAuthority authority = new TestAuthority(directory);
    keytool(
        "-genkeypair",
        "-alias",
        "ca",
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-dname",
        "CN=test authority",
        "-ext",
        "bc:c",
        "-validity",
        "30",
        "-keystore",
        authority.store.toString());
    keytool(
        "-exportcert",
        "-rfc",
        "-alias",
        "ca",
        "-keystore",
        authority.store.toString(),
        "-file",
        authority.certificate.toString());
    return authority;
  }

  /**
   * Issues a certificate into {@code name.pem} and {@code name.key}, replacing what was there.
   *
   * @param alternativeNames as keytool takes them, such as {@code DNS:member-1}; none if empty
   */
  public Security.MutualTls issue(String name, String alternativeNames)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path own = directory.resolve(name + ".p12");
    Path request = directory.resolve(name + ".csr");
    Path issued = directory.resolve(name + ".issued");
    Files.deleteIfExists(own);
    keytool(
        "-genkeypair",
        "-alias",
        "own",
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-dname",
        "CN=" + name,
        "-keystore",
        own.toString());
    keytool("-certreq", "-alias", "own", "-keystore", own.toString(), "-file", request.toString());
    List<String> sign =
        new ArrayList<>(
            List.of(
                "-gencert",
                "-rfc",
                "-alias",
                "ca",
                "-validity",
                "30",
                "-keystore",
                store.toString(),
                "-infile",
                request.toString(),
                "-outfile",
                issued.toString()));
    if (!alternativeNames.isEmpty()) {
      sign.addAll(List.of("-ext", "san=" + alternativeNames));
    }
    keytool(sign.toArray(new String[0]));
    Security.MutualTls files =
        new Security.MutualTls(
            directory.resolve(name + ".pem"), directory.resolve(name + ".key"), certificate);
    Files.writeString(files.key(), pem(own));
    Files.copy(issued, files.certificate(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    return files;
  }

  private static String pem(Path store) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    Key key = keys.getKey("own", PASSWORD.toCharArray());
    String text =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
            .encodeToString(key.getEncoded());
    return "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n";
  }

  private static void keytool(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-storepass", PASSWORD, "-storetype", "PKCS12"));
    // A virtual machine that lives for a moment starts quicker so.
    command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("keytool: " + said);
    }
  }
}
