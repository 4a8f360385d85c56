package dev.bowline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What came of one run of the command line. */
record Run(int status, String out, String err) {
  /** Runs {@code bowline check} in this process. */
  static Run check(Object... arguments) {
    return check(Rules.bundled(), arguments);
  }

  static Run check(Rules rules, Object... arguments) {
    return of(rules, Stream.concat(Stream.of("check"), Stream.of(arguments)).toArray());
  }

  /** Runs {@code bowline} in this process. */
  static Run of(Rules rules, Object... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    String[] words = Stream.of(arguments).map(Object::toString).toArray(String[]::new);
    int status = Main.run(rules, out, err, words);
    return new Run(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Runs {@code bowline check --format json}. */
  static Run json(Object... arguments) {
    return json(Rules.bundled(), arguments);
  }

  static Run json(Rules rules, Object... arguments) {
    return check(
        rules, Stream.concat(Stream.of("--format", "json"), Stream.of(arguments)).toArray());
  }

  /** The report of a run that wrote JSON. */
  JsonObject report() {
    return JsonParser.parseString(out).getAsJsonObject();
  }

  /** The findings of a run that wrote JSON, as {@code File.java:6 Rule}. */
  List<String> findings() {
    List<String> findings = new ArrayList<>();
    for (JsonElement element : report().getAsJsonArray("findings")) {
      JsonObject finding = element.getAsJsonObject();
      findings.add(
          "%s:%d %s"
              .formatted(
                  Path.of(finding.get("file").getAsString()).getFileName(),
                  finding.get("line").getAsInt(),
                  finding.get("rule").getAsString()));
    }
    return findings;
  }

  /** The notes of a run that wrote JSON, as {@code kind: message}. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    for (JsonElement element : report().getAsJsonArray("notes")) {
      JsonObject note = element.getAsJsonObject();
      notes.add(note.get("kind").getAsString() + ": " + note.get("message").getAsString());
    }
    return notes;
  }

  /** The only note of a run that wrote JSON. */
  String note() {
    List<String> notes = notes();
    assertEquals(1, notes.size(), notes::toString);
    return notes.get(0);
  }

  /** How many files a run that wrote JSON has analysed. */
  int files() {
    return report().getAsJsonObject("summary").get("files").getAsInt();
  }

  /** The one line that says why a run could not do what it was asked to. */
  String failure() {
    assertEquals(2, status, this::toString);
    assertEquals("", out);
    List<String> lines = err.lines().toList();
    assertEquals(1, lines.size(), err);
    assertTrue(err.startsWith("bowline: "), err);
    return lines.get(0).substring("bowline: ".length());
  }
}
