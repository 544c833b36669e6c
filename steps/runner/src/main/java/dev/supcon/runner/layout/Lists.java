package dev.supcon.runner.layout;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Files of a source that were read to be understood. */
final class Lists {
  private final SourceFiles files;
  private final Map<String, String> names;
  private final Map<String, byte[]> contents;

  /**
   * @param names in the source, by what was asked for
   * @param contents by name
   */
  Lists(SourceFiles files, Map<String, String> names, Map<String, byte[]> contents) {
    this.files = files;
    this.names = names;
    this.contents = contents;
  }

  /** A line of a list. */
  record Line(String file, int number, String text) {
    /** Where it stands. */
    @Override
    public String toString() {
      return file + " line " + number;
    }

    /** The part of it that another list needs. */
    Line with(String other) {
      return new Line(file, number, other);
    }
  }

  /** The folder, with a slash at its end, that a file was found in. */
  String folder(String end) {
    String name = name(end);
    return name.substring(0, name.length() - end.length());
  }

  /** Where a file was found. */
  String name(String end) {
    return requireNonNull(names.get(end));
  }

  byte[] bytes(String end) {
    return requireNonNull(contents.get(name(end)));
  }

  /** Lines that say something: neither blank nor a comment, without blanks around them. */
  List<Line> lines(String end) {
    String[] texts = text(end).split("\n", -1);
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < texts.length; i++) {
      String text = texts[i].strip();
      if (!text.isEmpty() && !text.startsWith("#")) {
        lines.add(new Line(name(end), i + 1, text));
      }
    }
    return lines;
  }

  /** UTF-8, without the mark that some editors begin it with. */
  String text(String end) {
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(end))).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw files.refused(name(end), "is no UTF-8 text; download it again");
    }
  }
}
