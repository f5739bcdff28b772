package io.registrar.log.net;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Shows the certificate that the files hold when a handshake begins. An alias names one reading of
 * them, so that a handshake during an exchange does not mix two. Thread-safe.
 */
final class CurrentKey extends X509ExtendedKeyManager {
  private final Supplier<PemMaterial> source;
  private @Nullable PemMaterial latest;
  private @Nullable PemMaterial before;
  private long readings;

  CurrentKey(Supplier<PemMaterial> source) {
    this.source = source;
  }

  private synchronized @Nullable String choose(String... keyTypes) {
    PemMaterial now = source.get();
    if (now != latest) {
      before = latest;
      latest = now;
      readings++;
    }
    for (String type : keyTypes) {
      if (type.equalsIgnoreCase(now.key().getAlgorithm())) {
        return Long.toString(readings);
      }
    }
    return null;
  }

  private synchronized @Nullable PemMaterial at(String alias) {
    return alias.equals(Long.toString(readings)) ? latest : before;
  }

  @Override
  public @Nullable String chooseEngineClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return choose(keyTypes);
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return choose(keyType);
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    PemMaterial material = at(alias);
    return material == null ? null : material.chain().toArray(new X509Certificate[0]);
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    PemMaterial material = at(alias);
    return material == null ? null : material.key();
  }

  @Override
  public String @Nullable [] getClientAliases(String type, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return choose(keyTypes);
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return choose(keyType);
  }
}
