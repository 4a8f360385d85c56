package dev.bowline.cli;

import com.google.errorprone.BugPattern.SeverityLevel;
import com.google.gson.annotations.SerializedName;

/** How much a finding matters, mildest first. */
enum Level {
  @SerializedName("suggestion")
  SUGGESTION("suggestion"),
  @SerializedName("warning")
  WARNING("warning"),
  @SerializedName("error")
  ERROR("error");

  private final String label;

  Level(String label) {
    this.label = label;
  }

  static Level of(SeverityLevel severity) {
    return switch (severity) {
      case ERROR -> ERROR;
      case WARNING -> WARNING;
      case SUGGESTION -> SUGGESTION;
    };
  }

  @Override
  public String toString() {
    return label;
  }
}
