package cases;

import comparison.Handle;
import comparison.Handles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collections, maps, arrays and optionals. */
final class Containers {
  void closedInList() {
    List<Handle> handles = new ArrayList<>();
    handles.add(Handles.open());
    handles.add(Handles.open());
    for (Handle handle : handles) {
      handle.close();
    }
  }

  void lostInList() {
    List<Handle> handles = new ArrayList<>();
    handles.add(Handles.open()); // leak
    System.out.println(handles.size());
  }

  List<Handle> returnedList() {
    List<Handle> handles = new ArrayList<>();
    Handle handle = Handles.open();
    handles.add(handle);
    return handles;
  }

  void closedInArray() {
    Handle[] handles = new Handle[2];
    handles[0] = Handles.open();
    handles[1] = Handles.open();
    for (Handle handle : handles) {
      handle.close();
    }
  }

  Handle[] returnedArray(int size) {
    Handle[] handles = new Handle[size];
    for (int i = 0; i < size; i++) {
      handles[i] = Handles.open();
    }
    return handles;
  }

  void closedInOptional() {
    Optional<Handle> handle = Optional.of(Handles.open());
    handle.ifPresent(Handle::close);
  }

  void givenToCaller(List<Handle> handles) {
    handles.add(Handles.open());
  }

  static final class ListInField implements AutoCloseable {
    private final List<Handle> handles = new ArrayList<>();

    void open() {
      handles.add(Handles.open());
    }

    @Override
    public void close() {
      handles.forEach(Handle::close);
    }
  }

  static final class ListInFieldLost {
    private final List<Handle> handles = new ArrayList<>();

    void open() {
      handles.add(Handles.open()); // leak
    }
  }

  static final class MapInField implements AutoCloseable {
    private final Map<String, Handle> handles = new HashMap<>();

    void use(String name) {
      handles.computeIfAbsent(name, key -> Handles.open()).use();
    }

    @Override
    public void close() {
      for (Handle handle : handles.values()) {
        handle.close();
      }
    }
  }
}
