package com.example.metrics;

import dev.bowline.Task;

/** What the names of tasks are in metrics, where each new name costs memory. */
final class TaskNames {
  private TaskNames() {}

  /** The name of the task, unless that is only its number in the group. */
  static String tag(Task<?> task) {
    boolean number = task.name().chars().allMatch(Character::isDigit);
    return number ? "unnamed" : task.name();
  }
}
