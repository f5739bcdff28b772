package io.registrar.log.net;

import io.registrar.log.paxos.MemberId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * The content of the three files at one moment, checked to belong together.
 *
 * @param chain this member's certificate first
 * @param key the key of that certificate
 * @param trust accepts the authority's certificates
 */
record PemMaterial(List<X509Certificate> chain, PrivateKey key, X509TrustManager trust) {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]*)-----END PRIVATE KEY-----");

  /**
   * Reads the files.
   *
   * @throws IOException one cannot be read, or the key is not that of the certificate; says which
   */
  static PemMaterial read(Security.MutualTls files) throws IOException {
    List<X509Certificate> chain = certificates(files.certificate());
    List<X509Certificate> authorities = certificates(files.authority());
    String algorithm = chain.get(0).getPublicKey().getAlgorithm();
    PrivateKey key = key(files.key(), algorithm);
    try {
      Signature signature = Signature.getInstance(signatureOf(algorithm));
      signature.initSign(key);
      signature.update((byte) 1);
      byte[] signed = signature.sign();
      signature.initVerify(chain.get(0).getPublicKey());
      signature.update((byte) 1);
      if (!signature.verify(signed)) {
        throw new IOException(
            "the key in "
                + files.key()
                + " is not that of the certificate in "
                + files.certificate());
      }
      return new PemMaterial(chain, key, trusting(authorities));
    } catch (GeneralSecurityException e) {
      throw new IOException(
          files.key()
              + ", "
              + files.certificate()
              + " and "
              + files.authority()
              + " cannot be used: "
              + e.getMessage(),
          e);
    }
  }

  /** Refuses a certificate that would not let this member be who it is. */
  void checkNames(MemberId self, Path certificate) throws IOException {
    if (!MemberNames.of(chain.get(0)).contains(self)) {
      throw new IOException(
          "the certificate in "
              + certificate
              + " is not for member "
              + self.value()
              + ": it needs the DNS name "
              + MemberNames.nameOf(self)
              + " among its subject alternative names");
    }
  }

  private static List<X509Certificate> certificates(Path file) throws IOException {
    try {
      List<X509Certificate> certificates =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (certificates.isEmpty()) {
        throw new IOException(file + " holds no certificate");
      }
      return certificates;
    } catch (GeneralSecurityException e) {
      throw new IOException(file + " holds no certificates in PEM: " + e.getMessage(), e);
    }
  }

  private static PrivateKey key(Path file, String algorithm) throws IOException {
    Matcher found = KEY.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
    if (!found.find()) {
      throw new IOException(
          file
              + " holds no private key in PKCS #8 PEM, which begins with BEGIN PRIVATE KEY"
              + " (openssl pkcs8 -topk8 -nocrypt makes one)");
    }
    try {
      byte[] der = Base64.getMimeDecoder().decode(found.group(1));
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException(file + " holds no " + algorithm + " key: " + e.getMessage(), e);
    }
  }

  private static String signatureOf(String algorithm) {
    return switch (algorithm) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> algorithm;
    };
  }

  private static X509TrustManager trusting(List<X509Certificate> authorities)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (int i = 0; i < authorities.size(); i++) {
      store.setCertificateEntry("authority-" + i, authorities.get(i));
    }
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager trust) {
        return trust;
      }
    }
    throw new GeneralSecurityException("this Java has no PKIX trust manager");
  }
}
