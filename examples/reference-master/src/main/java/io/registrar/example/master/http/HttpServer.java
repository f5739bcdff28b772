package io.registrar.example.master.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinBindException;
import io.javalin.util.JavalinException;
import io.registrar.example.master.flag.MasterFlags;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.URI;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;

/** Listens, and hands requests to the resources. */
@Singleton
public final class HttpServer implements AutoCloseable {
  /** Longer than a commit may take by default, so that what is in flight is answered. */
  private static final long STOP_MILLIS = 30_000;

  private final MasterFlags flags;
  private final Javalin javalin;

  @Inject
  HttpServer(
      MasterFlags flags, HttpThreads threads, Redirection redirection, Set<Resource> resources) {
    this.flags = flags;
    this.javalin =
        Javalin.create(
            config -> {
              configure(config, threads);
              redirection.install(config.routes);
              resources.forEach(resource -> resource.install(config.routes));
              ErrorMapper.install(config.routes);
            });
  }

  /** What is served, each as its method and path. */
  Set<String> routes() {
    return javalin.unsafe.internalRouter.allHttpHandlers().stream()
        .map(parsed -> parsed.endpoint)
        .filter(endpoint -> endpoint.method.isHttpMethod())
        .map(endpoint -> endpoint.method + " " + endpoint.path)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * Begins to listen.
   *
   * @return the address to reach it at
   * @throws IOException if it cannot listen there
   */
  public URI start() throws IOException {
    String host = flags.ip().getHostAddress();
    try {
      javalin.start(host, flags.port());
    } catch (JavalinBindException e) {
      throw new IOException("the port is in use, or not allowed", e);
    } catch (JavalinException e) {
      throw new IOException(String.valueOf(e.getMessage()), e);
    }
    String shown = flags.ip() instanceof Inet6Address ? "[" + host + "]" : host;
    return URI.create("http://" + shown + ":" + javalin.port());
  }

  /** Accepts nothing more, lets what is in flight be answered, and ends. Idempotent. */
  @Override
  public void close() {
    javalin.stop();
  }

  private static void configure(JavalinConfig config, HttpThreads threads) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.router.ignoreTrailingSlashes = false;
    config.http.prefer405over404 = true;
    config.http.asyncTimeout = 0; // each commit has its own timeout
    config.jetty.threadPool = threads.pool();
    config.jetty.modifyServer(HttpServer::gracefully);
    config.jetty.modifyHttpConfiguration(HttpServer::verbatim);
  }

  private static void gracefully(Server server) {
    server.setStopTimeout(STOP_MILLIS);
    server.insertHandler(new GracefulHandler());
    server.setErrorHandler(new JettyErrors());
  }

  /** Ids are any text: Jetty must not refuse or normalise what the resources decode themselves. */
  private static void verbatim(HttpConfiguration http) {
    http.setUriCompliance(UriCompliance.UNSAFE);
    http.setSendServerVersion(false);
  }
}
