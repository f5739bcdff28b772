package io.registrar.example.master.http;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The threads that read requests and write answers; started and stopped with the server. */
@Singleton
final class HttpThreads {
  private static final int MOST = 64;
  private static final int LEAST = 8;

  private final QueuedThreadPool pool = new QueuedThreadPool(MOST, LEAST);

  @Inject
  HttpThreads() {
    pool.setName("http");
  }

  QueuedThreadPool pool() {
    return pool;
  }
}
