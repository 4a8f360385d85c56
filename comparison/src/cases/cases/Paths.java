package cases;

import comparison.Handle;
import comparison.Handles;
import library.Library;

/** Branches, switches and loops. */
final class Paths {
  enum Light {
    RED,
    GREEN
  }

  void bothBranches(boolean quick) {
    Handle handle = Handles.open();
    if (quick) {
      handle.close();
    } else {
      handle.use();
      handle.close();
    }
  }

  void oneBranch(boolean quick) {
    Handle handle = Handles.open(); // leak
    if (quick) {
      handle.close();
    }
  }

  void returnsEarly(boolean quick) {
    Handle handle = Handles.open(); // leak
    if (quick) {
      return;
    }
    handle.close();
  }

  void closedBeforeReturn(boolean quick) {
    Handle handle = Handles.open();
    if (quick) {
      handle.close();
      return;
    }
    handle.use();
    handle.close();
  }

  void returnsBeforeOpen(boolean quick) {
    if (quick) {
      return;
    }
    Handle handle = Handles.open();
    handle.close();
  }

  void otherBranchNeverEnds(boolean quick) {
    Handle handle = Handles.open();
    if (quick) {
      handle.close();
    } else {
      while (true) {
        handle.use();
      }
    }
  }

  void otherBranchEnds(boolean quick, int times) {
    Handle handle = Handles.open(); // leak
    if (quick) {
      handle.close();
    } else {
      for (int i = 0; i < times; i++) {
        handle.use();
      }
    }
  }

  void exits(boolean broken) {
    Handle handle = Handles.open();
    if (broken) {
      System.exit(1);
    }
    handle.close();
  }

  void deadCode() {
    Handle handle = Handles.open(); // leak
    if (false) {
      handle.close();
    }
  }

  void onlyIfBothHold() {
    Handle handle = Handles.open(); // leak
    if (handle.isReady() && Library.isReady()) {
      handle.close();
    }
  }

  void sameConditionTwice(boolean wanted) {
    Handle handle = null;
    if (wanted) {
      handle = Handles.open();
    }
    Library.work();
    if (wanted) {
      handle.close();
    }
  }

  void returnsIfNone(boolean wanted) {
    Handle handle = wanted ? Handles.open() : null;
    if (handle == null) {
      return;
    }
    handle.use();
    handle.close();
  }

  void allCases(int kind) {
    Handle handle = Handles.open();
    switch (kind) {
      case 0:
        handle.close();
        break;
      case 1:
        handle.use(); // falls through
      default:
        handle.close();
    }
  }

  void oneCaseMissing(int kind) {
    Handle handle = Handles.open(); // leak
    switch (kind) {
      case 0:
        handle.close();
        break;
      case 1:
        handle.use();
        break;
      default:
        handle.close();
    }
  }

  void noDefault(int kind) {
    Handle handle = Handles.open(); // leak
    switch (kind) {
      case 0 -> handle.close();
      case 1 -> {
        handle.use();
        handle.close();
      }
    }
  }

  int allCasesOfExpression(Light light) {
    Handle handle = Handles.open();
    return switch (light) {
      case RED -> {
        handle.close();
        yield 0;
      }
      case GREEN -> {
        handle.use();
        handle.close();
        yield 1;
      }
    };
  }

  void chosenBySwitch(Light light) {
    Handle handle =
        switch (light) {
          case RED -> Handles.open();
          case GREEN -> null;
        };
    if (handle != null) {
      handle.close();
    }
  }

  void chosenBySwitchLost(Light light) {
    Handle handle =
        switch (light) {
          case RED -> Handles.open(); // leak
          case GREEN -> null;
        };
    System.out.println(handle);
  }

  void closedAfterLoop() {
    Handle handle = Handles.open();
    while (true) {
      if (handle.isReady()) {
        break;
      }
      handle.use();
    }
    handle.close();
  }

  void closedEachTurn(int times) {
    for (int i = 0; i < times; i++) {
      Handle handle = Handles.open();
      handle.use();
      handle.close();
    }
  }

  void lostEachTurn(int times) {
    for (int i = 0; i < times; i++) {
      Handle handle = Handles.open(); // leak
      handle.use();
    }
  }

  void lostByBreak(int times) {
    for (int i = 0; i < times; i++) {
      Handle handle = Handles.open(); // leak
      if (handle.isReady()) {
        break;
      }
      handle.close();
    }
  }

  void lostByContinue(int times) {
    for (int i = 0; i < times; i++) {
      Handle handle = Handles.open(); // leak
      if (handle.isReady()) {
        continue;
      }
      handle.close();
    }
  }

  void perhapsNoTurn(int times) {
    Handle handle = Handles.open(); // leak
    for (int i = 0; i < times; i++) {
      handle.close();
    }
  }

  void keepsLastOfLoop(int times) {
    Handle last = null;
    for (int i = 0; i < times; i++) {
      last = Handles.open(); // leak
      last.use();
    }
    if (last != null) {
      last.close();
    }
  }

  void closesPreviousInLoop(int times) {
    Handle last = null;
    for (int i = 0; i < times; i++) {
      if (last != null) {
        last.close();
      }
      last = Handles.open();
    }
    if (last != null) {
      last.close();
    }
  }
}
