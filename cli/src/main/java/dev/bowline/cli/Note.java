package dev.bowline.cli;

import com.google.gson.annotations.SerializedName;

/** Something the reader should know about the run itself: one line. */
record Note(Kind kind, String message) {
  /** What a note means for the result. */
  enum Kind {
    /** Results may be less than full. */
    @SerializedName("note")
    NOTE,
    /** A file, or a rule on a file, failed: the command does not exit as if all had been seen. */
    @SerializedName("error")
    ERROR
  }

  static Note note(String message) {
    return new Note(Kind.NOTE, message);
  }

  static Note error(String message) {
    return new Note(Kind.ERROR, message);
  }
}
