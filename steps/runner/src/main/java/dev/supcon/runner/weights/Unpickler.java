package dev.supcon.runner.weights;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a pickle as {@code torch.save} writes one, protocol 2, and runs none: a class or function
 * that it names is a word, and {@link TorchObjects} says what the few known words make.
 *
 * <p>Each operation takes at least a byte and makes at most one object, so a pickle of bounded size
 * is bounded in time and memory; nothing recurs. Operations: CPython's {@code Lib/pickletools.py}.
 *
 * <p>None is {@link None}, integers are {@code Long} or {@code BigInteger}, tuples {@link Tuple},
 * lists {@code ArrayList}, dictionaries {@code LinkedHashMap}.
 */
final class Unpickler {
  /** Python's None. */
  enum None {
    NONE
  }

  /** A tuple; never a key, so it is never hashed. */
  record Tuple(List<Object> items) {
    Tuple {
      items = List.copyOf(items);
    }
  }

  private final PickleInput in;
  private final TorchObjects objects;
  private final List<Object> stack = new ArrayList<>();
  private final Deque<Integer> marks = new ArrayDeque<>();
  private final Map<Integer, Object> memo = new HashMap<>();

  private Unpickler(PickleInput in, TorchObjects objects) {
    this.in = in;
    this.objects = objects;
  }

  /**
   * Reads one pickle and leaves the buffer behind it.
   *
   * @throws IOException with what is wrong with the file, as the end of a sentence
   */
  static Object read(ByteBuffer bytes, TorchObjects objects) throws IOException {
    PickleInput in = new PickleInput(bytes);
    Object value = new Unpickler(in, objects).value();
    bytes.position(bytes.position() + in.position());
    return value;
  }

  private Object value() throws IOException {
    if (in.unsignedByte() != 0x80 || in.unsignedByte() != 2) {
      throw new IOException("its pickle is not of protocol 2, torch.save's default");
    }
    for (int operation = in.unsignedByte(); operation != '.'; operation = in.unsignedByte()) {
      if (!scalar(operation) && !container(operation) && !object(operation)) {
        throw new IOException(
            "its pickle has the operation 0x%02x, which torch.save does not write"
                .formatted(operation));
      }
    }
    return pop();
  }

  private boolean scalar(int operation) throws IOException {
    switch (operation) {
      case 'N' -> stack.add(None.NONE);
      case 0x88 -> stack.add(true);
      case 0x89 -> stack.add(false);
      case 'J' -> stack.add((long) in.signedInt());
      case 'K' -> stack.add((long) in.unsignedByte());
      case 'M' -> stack.add((long) in.unsignedShort());
      case 0x8a -> stack.add(narrow(in.integer(in.unsignedByte())));
      case 'G' -> stack.add(in.bigEndianDouble());
      case 'X', 'T' -> stack.add(in.text(in.signedInt())); // 'T' and 'U' are Python 2's
      case 'U' -> stack.add(in.text(in.unsignedByte()));
      default -> {
        return false;
      }
    }
    return true;
  }

  private static Object narrow(BigInteger value) {
    return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
  }

  private boolean container(int operation) throws IOException {
    switch (operation) {
      case '(' -> marks.push(stack.size());
      case ')' -> stack.add(new Tuple(List.of()));
      case 0x85, 0x86, 0x87 -> stack.add(new Tuple(popped(operation - 0x84)));
      case 't' -> stack.add(new Tuple(marked()));
      case ']' -> stack.add(new ArrayList<>());
      case 'a' -> append(popped(1));
      case 'e' -> append(marked());
      case '}' -> stack.add(new LinkedHashMap<>());
      case 's' -> put(popped(2));
      case 'u' -> put(marked());
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean object(int operation) throws IOException {
    switch (operation) {
      case 'q' -> memo.put(in.unsignedByte(), top());
      case 'r' -> memo.put(in.signedInt(), top());
      case 'h' -> stack.add(remembered(in.unsignedByte()));
      case 'j' -> stack.add(remembered(in.signedInt()));
      case '0' -> pop();
      case 'c' -> stack.add(objects.named(in.line(), in.line()));
      case 'Q' -> stack.add(objects.storage(pop()));
      case 'R', 0x81 -> { // a call; an object of a class
        List<Object> call = popped(2);
        stack.add(objects.made(call.getFirst(), call.getLast()));
      }
      case 'b' -> { // attributes: only of what may have some that nobody looks at
        List<Object> build = popped(2);
        objects.requireBuildable(build.getFirst());
        stack.add(build.getFirst());
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private Object remembered(int place) throws IOException {
    Object value = memo.get(place);
    if (value == null) {
      throw new IOException("its pickle reads a place that it did not write");
    }
    return value;
  }

  @SuppressWarnings("unchecked") // lists are made here
  private void append(List<Object> values) throws IOException {
    if (!(top() instanceof ArrayList<?> list)) {
      throw new IOException("its pickle appends to what is no list");
    }
    ((List<Object>) list).addAll(values);
  }

  private void put(List<Object> keysAndValues) throws IOException {
    if (!(top() instanceof LinkedHashMap<?, ?> map) || keysAndValues.size() % 2 != 0) {
      throw new IOException("its pickle puts a value into what is no dictionary");
    }
    for (int i = 0; i < keysAndValues.size(); i += 2) {
      TorchObjects.put(map, keysAndValues.get(i), keysAndValues.get(i + 1));
    }
  }

  private Object top() throws IOException {
    requireAboveMark(1);
    return stack.getLast();
  }

  private Object pop() throws IOException {
    requireAboveMark(1);
    return stack.removeLast();
  }

  private List<Object> popped(int count) throws IOException {
    requireAboveMark(count);
    return cut(stack.size() - count);
  }

  private List<Object> marked() throws IOException {
    if (marks.isEmpty()) {
      throw new IOException("its pickle lacks a mark");
    }
    return cut(marks.pop());
  }

  private List<Object> cut(int from) {
    List<Object> tail = stack.subList(from, stack.size());
    List<Object> copy = new ArrayList<>(tail);
    tail.clear();
    return copy;
  }

  private void requireAboveMark(int count) throws IOException {
    int floor = marks.isEmpty() ? 0 : marks.peek();
    if (stack.size() - floor < count) {
      throw new IOException("its pickle takes more from its stack than lies there");
    }
  }
}
