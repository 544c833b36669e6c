package dev.supcon.runner;

import com.fasterxml.jackson.databind.JsonNode;
import dev.supcon.contract.step.ContractJson;
import dev.supcon.contract.step.StepKey;
import dev.supcon.runner.report.RunResult;
import dev.supcon.services.store.FolderStore;
import dev.supcon.services.store.Lookup;
import dev.supcon.services.store.StepResult;
import dev.supcon.services.store.StepStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Looks into a folder that is a store, from outside. */
record StoreFolder(Path root) {

  /** Numbers of the checkpoints that are committed, of all steps, the newest last. */
  List<Long> commits() throws IOException {
    return files("COMMIT-").stream()
        .map(file -> Long.parseLong(name(file).substring("COMMIT-".length())))
        .sorted()
        .toList();
  }

  /** The number of the newest checkpoint, -1 when there is none. */
  long newest() throws IOException {
    List<Long> commits = commits();
    return commits.isEmpty() ? -1 : commits.getLast();
  }

  /** The commit of a number. */
  Path commit(long number) throws IOException {
    return files("COMMIT-" + number).stream()
        .filter(file -> name(file).equals("COMMIT-" + number))
        .findFirst()
        .orElseThrow();
  }

  /** A file of the checkpoint of a number. */
  Path shard(long number, String file) throws IOException {
    return files(file).stream()
        .filter(path -> path.toString().contains("/checkpoints/" + number + "/"))
        .findFirst()
        .orElseThrow();
  }

  /** All files whose names begin so; those that vanish meanwhile are left out. */
  List<Path> files(String prefix) throws IOException {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> name(file).startsWith(prefix)).toList();
    } catch (UncheckedIOException e) { // a file was removed while we looked
      return files(prefix);
    }
  }

  /** Files of attempts that no manifest and no checkpoint names, as those of the dead. */
  List<Path> unnamed() throws IOException {
    Set<Path> named = new HashSet<>();
    for (Path file : files("manifest.json")) {
      JsonNode manifest = ContractJson.MAPPER.readTree(file.toFile());
      add(named, attempt(file, manifest).resolve("result"), manifest.path("blobs"));
      add(named, file.resolveSibling(""), manifest.path("metrics"));
    }
    for (Path file : files("COMMIT-")) {
      JsonNode commit = ContractJson.MAPPER.readTree(file.toFile());
      String number = commit.path("number").asText();
      Path checkpoint = attempt(file, commit).resolve("checkpoints").resolve(number);
      add(named, checkpoint, commit.path("shards"));
      add(named, file.resolveSibling(""), commit.path("metrics"));
    }
    return files("").stream()
        .filter(file -> file.toString().contains("/attempts/") && Files.isRegularFile(file))
        .filter(file -> !named.contains(file))
        .toList();
  }

  private static Path attempt(Path record, JsonNode content) {
    return record.resolveSibling("attempts").resolve(content.path("attempt").asText());
  }

  private static void add(Set<Path> named, Path folder, JsonNode blobs) {
    blobs.forEach(blob -> named.add(folder.resolve(blob.path("name").asText())));
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  /** What a finished run's pretraining says of itself. */
  Map<String, String> pretraining(RunResult result) {
    return hit(key(result, "pretrain")).manifest().report().facts();
  }

  /** The files of a step's result, every byte of them compared with its hash. */
  Path result(RunResult result, String step) {
    try (FolderStore store = new FolderStore(root)) {
      return new StepResult(store, hit(key(result, step)).manifest()).files(root);
    }
  }

  /** The step's result, every byte of it compared with its hash. */
  Lookup.Hit hit(StepKey key) {
    try (FolderStore store = new FolderStore(root)) {
      return switch (new StepStore(store, key).verify()) {
        case Lookup.Hit hit -> hit;
        case Lookup.Miss miss -> throw new AssertionError(key + ": " + ContractJson.write(miss));
      };
    }
  }

  private static StepKey key(RunResult result, String step) {
    return result.steps().stream()
        .filter(done -> done.name().equals(step))
        .map(done -> new StepKey(done.key()))
        .findFirst()
        .orElseThrow();
  }
}
