package cases;

import comparison.Handle;
import comparison.Handles;
import comparison.Ticket;
import java.io.IOException;
import library.Library;

/** Try-with-resources. */
final class Resources {
  void resource() throws IOException {
    try (Handle handle = Handles.open()) {
      handle.send("hello");
    }
  }

  void resourceVar() throws IOException {
    try (var handle = Handles.connect("here")) {
      handle.send("hello");
    }
  }

  void two() throws IOException {
    try (Ticket ticket = new Ticket();
        Handle handle = Handles.connect("here")) {
      ticket.use();
      handle.send("hello");
    }
  }

  void namedResource() throws IOException {
    try (Handle handle = Handles.open().named("fluent")) {
      handle.send("hello");
    }
  }

  void perhapsNone(boolean wanted) {
    try (Handle handle = wanted ? Handles.open() : null) {
      Library.work();
    }
  }

  void existing() throws IOException {
    Handle handle = Handles.open();
    try (handle) {
      handle.send("hello");
    }
  }

  void existingAlias() throws IOException {
    Handle handle = Handles.open();
    try (Handle resource = handle) {
      resource.send("hello");
    }
  }

  void existingTooLate() throws IOException {
    Handle handle = Handles.open(); // leak
    Library.risky();
    try (handle) {
      handle.use();
    }
  }

  void anotherInBody() throws IOException {
    try (Handle handle = Handles.open()) {
      Handle other = Handles.open(); // leak
      other.send(handle.toString());
    }
  }

  void withCatch() {
    try (Handle handle = Handles.open()) {
      handle.send("hello");
    } catch (IOException e) {
      Library.work();
    }
  }
}
