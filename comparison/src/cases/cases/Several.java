package cases;

import comparison.Handle;
import comparison.Handles;
import java.io.IOException;

/** More than one handle, and handles that come from another. */
final class Several {
  void bothClosed() {
    Handle one = Handles.open();
    Handle two = Handles.open();
    one.close();
    two.close();
  }

  void oneMissing() {
    Handle one = Handles.open();
    Handle two = Handles.open(); // leak
    two.use();
    one.close();
  }

  void sameOneTwice() {
    Handle one = Handles.open();
    Handle two = Handles.open(); // leak
    two.use();
    one.close();
    one.close();
  }

  void secondMayFail() throws IOException {
    Handle one = Handles.open(); // leak
    Handle two = Handles.connect("here");
    two.close();
    one.close();
  }

  void secondInTry() throws IOException {
    Handle one = Handles.open();
    try {
      Handle two = Handles.connect("here");
      try {
        two.send("hello");
      } finally {
        two.close();
      }
    } finally {
      one.close();
    }
  }

  void swapped() {
    Handle one = Handles.open();
    Handle two = Handles.open();
    Handle kept = one;
    one = two;
    two = kept;
    one.close();
    two.close();
  }

  void childLost() {
    try (Handle parent = Handles.open()) {
      Handle child = parent.child(); // leak
      child.use();
    }
  }

  void childClosed() throws IOException {
    try (Handle parent = Handles.open();
        Handle child = parent.child()) {
      child.send("hello");
    }
  }

  void childClosedParentLost() {
    Handle parent = Handles.open(); // leak
    try (Handle child = parent.child()) {
      child.use();
    }
  }

  void parentLostInChain() {
    try (Handle child = Handles.open().child()) { // leak
      child.use();
    }
  }
}
