package dev.bowline.cli;

import com.sun.tools.javac.api.ClientCodeWrapper.Trusted;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.SimpleJavaFileObject;

/**
 * A source file as javac is to see it. It is read once, here, because javac itself stops at a byte
 * order mark and counts a byte that is not UTF-8 as a syntax error; neither keeps a rule from
 * looking at the code.
 */
@Trusted // or javac would wrap it, and trees would not lead back to it
final class SourceFile extends SimpleJavaFileObject {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final String name;
  private final String content;
  private final boolean utf8;

  private SourceFile(Path path, String content, boolean utf8) {
    super(path.toUri(), Kind.SOURCE);
    this.name = Paths.display(path);
    this.content = content;
    this.utf8 = utf8;
  }

  /** Reads a file; the path is the one that rules and reports see. */
  static SourceFile read(Path path) throws IOException {
    byte[] bytes = Files.readAllBytes(path);
    boolean utf8 = true;
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      utf8 = false;
      text = new String(bytes, StandardCharsets.UTF_8);
    }
    boolean marked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
    return new SourceFile(path, marked ? text.substring(1) : text, utf8);
  }

  /** The name that reports show. */
  String displayName() {
    return name;
  }

  /** Whether all of it was UTF-8; if not, what was not has been replaced. */
  boolean isUtf8() {
    return utf8;
  }

  @Override
  public String getCharContent(boolean ignoreEncodingErrors) {
    return content;
  }

  /** The line of code around a position, without its end. */
  String lineAt(int position) {
    int start = position;
    while (start > 0 && !isLineEnd(content.charAt(start - 1))) {
      start--;
    }
    int end = position;
    while (end < content.length() && !isLineEnd(content.charAt(end))) {
      end++;
    }
    return content.substring(start, end);
  }

  private static boolean isLineEnd(char c) {
    return c == '\n' || c == '\r';
  }
}
