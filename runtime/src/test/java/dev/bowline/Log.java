package dev.bowline;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Collects what the runtime logs while it is open, and keeps it off the console. */
final class Log extends Handler implements AutoCloseable {
  private final Logger logger = Logger.getLogger("dev.bowline");
  private final List<LogRecord> records = new CopyOnWriteArrayList<>();

  Log() {
    logger.setUseParentHandlers(false);
    logger.addHandler(this);
  }

  List<LogRecord> records() {
    return records;
  }

  @Override
  public void publish(LogRecord entry) {
    records.add(entry);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setUseParentHandlers(true);
  }
}
