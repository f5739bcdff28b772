package io.registrar.log.net;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.slf4j.LoggerFactory;

/** Keeps what is written to either log: ours, and the JDK's. */
final class LogWatch extends Handler implements AutoCloseable {
  final Queue<String> lines = new ConcurrentLinkedQueue<>();
  final Queue<String> stacks = new ConcurrentLinkedQueue<>();

  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          lines.add(event.getFormattedMessage());
          if (event.getThrowableProxy() != null) {
            stacks.add(
                event.getLoggerName()
                    + " "
                    + event.getFormattedMessage()
                    + ": "
                    + event.getThrowableProxy().getClassName()
                    + " "
                    + event.getThrowableProxy().getMessage());
          }
        }
      };

  LogWatch() {
    appender.setContext(root.getLoggerContext());
    appender.start();
    root.addAppender(appender);
    java.util.logging.Logger.getLogger("").addHandler(this);
  }

  @Override
  public void publish(LogRecord entry) {
    lines.add(entry.getMessage());
    if (entry.getThrown() != null) {
      stacks.add(entry.getLoggerName() + " " + entry.getMessage() + ": " + entry.getThrown());
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    java.util.logging.Logger.getLogger("").removeHandler(this);
    root.detachAppender(appender);
    appender.stop();
  }
}
