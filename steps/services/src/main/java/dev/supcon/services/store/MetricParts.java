package dev.supcon.services.store;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.Sha256;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.contract.step.StepKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The curves of one attempt, written in parts. Each checkpoint names the parts up to it, so an
 * attempt that resumes from it neither loses nor doubles a point.
 */
public final class MetricParts {
  private static final int MAX_PARTS = 64; // then all are written anew as one

  private final ObjectStore store;
  private final StepLayout layout;
  private final String attempt;
  private final Map<Place, MetricPoint> all = new LinkedHashMap<>();
  private final Map<Place, MetricPoint> fresh = new LinkedHashMap<>();
  private final List<Blob> parts = new ArrayList<>();
  private int written;

  public MetricParts(ObjectStore store, StepKey key, String attempt) {
    this.store = store;
    this.layout = new StepLayout(key);
    this.attempt = StepLayout.checkedAttempt(attempt);
  }

  /** Goes on where a checkpoint or result left off; whatever was added before is dropped. */
  public synchronized void restore(List<Blob> written) {
    all.clear();
    fresh.clear();
    parts.clear();
    for (Blob part : written) {
      for (MetricPoint point : read(part)) {
        all.put(Place.of(point), point);
      }
      parts.add(part);
    }
  }

  /** Takes a point; one with the same name and step is replaced. */
  public synchronized void add(MetricPoint point) {
    all.put(Place.of(point), point);
    fresh.put(Place.of(point), point);
  }

  public synchronized List<MetricPoint> points() {
    return List.copyOf(all.values());
  }

  /**
   * Writes what is new.
   *
   * @param label says in the part's name what it was written for
   * @return all parts so far, to be named by a commit or manifest
   */
  public synchronized List<Blob> write(String label) {
    if (!fresh.isEmpty()) {
      if (parts.size() >= MAX_PARTS) {
        parts.clear();
      }
      parts.add(writePart(label, parts.isEmpty() ? all.values() : fresh.values()));
      fresh.clear();
    }
    return List.copyOf(parts);
  }

  private Blob writePart(String label, Collection<MetricPoint> points) {
    written++; // a name is never used twice: a commit may rest on it
    String name = layout.metricsPart(attempt, label + "-" + written);
    byte[] bytes = lines(points);
    ObjectStore.Head head = store.put(layout.folder() + name, bytes);
    return new Blob(name, bytes.length, Sha256.of(bytes), head.etag());
  }

  private static byte[] lines(Collection<MetricPoint> points) {
    try (ByteArrayOutputStream out = new ByteArrayOutputStream();
        var lines = Json.writer().withRootValueSeparator("\n").writeValues(out)) {
      lines.writeAll(points);
      lines.flush();
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("points cannot be written as JSON", e);
    }
  }

  private List<MetricPoint> read(Blob part) {
    try (InputStream in =
        store.open(layout.folder() + part.name()).orElseThrow(() -> damaged(part))) {
      return Json.reader(MetricPoint.class).<MetricPoint>readValues(in).readAll();
    } catch (IOException e) {
      throw damaged(part);
    }
  }

  private StepFailure damaged(Blob part) {
    return new StepFailure(
        ExitCode.CORRUPT_CHECKPOINT,
        "The curves in %s of %s cannot be read; remove the step's COMMIT objects to begin anew."
            .formatted(layout.folder() + part.name(), store.location()));
  }

  private record Place(String name, long step) {
    static Place of(MetricPoint point) {
      return new Place(point.name(), point.step());
    }
  }
}
