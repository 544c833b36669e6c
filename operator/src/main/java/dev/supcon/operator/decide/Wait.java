package dev.supcon.operator.decide;

/** Why a step that does not act is not started now. */
public enum Wait {
  /** A step that it reads from has no result yet. */
  DEPENDENCY("Dependency"),
  /** A step that it reads from has failed. */
  DEPENDENCY_FAILED("DependencyFailed"),
  /** The store does not answer, or was not asked yet. */
  STORE("Store"),
  /** An earlier pod of it still ends. */
  ENDING("Ending"),
  /** Another experiment runs the same step. */
  LEADER("Leader"),
  /** It failed and is tried again later. */
  BACKOFF("Backoff"),
  /** As many steps act in the namespace as the administrator allows. */
  NAMESPACE_LIMIT("NamespaceLimit"),
  /** The experiment is suspended. */
  SUSPENDED("Suspended");

  private final String word;

  Wait(String word) {
    this.word = word;
  }

  /** As in a status. */
  public String word() {
    return word;
  }
}
