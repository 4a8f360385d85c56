package cases;

import comparison.Handle;
import comparison.Handles;
import comparison.Ticket;
import java.io.IOException;
import java.util.Objects;

/** How a handle gets its name, or loses it. */
final class Assignments {
  void closed() {
    Handle handle = Handles.open();
    handle.use();
    handle.close();
  }

  void lost() {
    Handle handle = Handles.open(); // leak
    handle.use();
  }

  void lostVar() {
    var handle = Handles.open(); // leak
    handle.use();
  }

  void assignedLater() {
    Handle handle;
    handle = Handles.open();
    handle.use();
    handle.close();
  }

  void assignedLaterLost() {
    Handle handle;
    handle = Handles.open(); // leak
    handle.use();
  }

  void dropped() {
    Handles.open(); // leak
  }

  void droppedChecked() throws IOException {
    Handles.connect("here"); // leak
  }

  void usedAndDropped() {
    Handles.open().use(); // leak
  }

  void closedAtOnce() {
    Handles.open().close();
  }

  void constructed() {
    Ticket ticket = new Ticket();
    ticket.use();
    ticket.close();
  }

  void constructedAndDropped() {
    new Ticket().use(); // leak
  }

  void overwritten() {
    Handle handle = Handles.open(); // leak
    handle.use();
    handle = Handles.open();
    handle.close();
  }

  void overwrittenAfterClose() {
    Handle handle = Handles.open();
    handle.close();
    handle = Handles.open();
    handle.close();
  }

  void setToNull() {
    Handle handle = Handles.open(); // leak
    handle.use();
    handle = null;
  }

  void closedByAlias() {
    Handle handle = Handles.open();
    Handle alias = handle;
    alias.close();
  }

  void lostWithAlias() {
    Handle handle = Handles.open(); // leak
    Handle alias = handle;
    alias.use();
  }

  void aliasOutlivesVariable() {
    Handle handle = Handles.open();
    Handle first = handle;
    handle = Handles.open();
    handle.close();
    first.close();
  }

  void chosen(boolean one) {
    Handle handle;
    handle = one ? Handles.open() : Handles.open();
    handle.use();
    handle.close();
  }

  void chosenLost(boolean one) {
    Handle handle;
    handle = one ? Handles.open() : Handles.open(); // leak
    handle.use();
  }

  void maybeNone(boolean wanted) {
    Handle handle = wanted ? Handles.open() : null;
    if (handle != null) {
      handle.close();
    }
  }

  void closedAsSupertype() throws Exception {
    AutoCloseable closeable = Handles.open();
    closeable.close();
  }

  void lostByCast() {
    Handle handle = (Handle) Handles.open(); // leak
    handle.use();
  }

  <T> void lostInGenericMethod(T value) {
    Handle handle = Handles.open(); // leak
    handle.named(value.toString());
  }

  void notNull() {
    Handle handle = Objects.requireNonNull(Handles.open());
    handle.use();
    handle.close();
  }

  void notNullLost() {
    Handle handle = Objects.requireNonNull(Handles.open()); // leak
    handle.use();
  }

  void named() {
    Handle handle = Handles.open().named("fluent");
    handle.use();
    handle.close();
  }

  void namedLost() {
    Handle handle = Handles.open().named("fluent"); // leak
    handle.use();
  }

  void unrelatedType() {
    Door door = Door.open();
    door.use();
  }

  /** Shares names with a handle, and is none. */
  private static final class Door {
    static Door open() {
      return new Door();
    }

    void use() {}

    void close() {}
  }
}
