package dev.supcon.services.store;

/** Answer to the question whether a step is done. */
public sealed interface Lookup {

  /**
   * It is.
   *
   * @param digest SHA-256 of the manifest's bytes: the identity of this result
   */
  record Hit(Manifest manifest, String digest) implements Lookup {}

  /**
   * It is not.
   *
   * @param detail names the file or step that is at fault; empty when the reason says all
   */
  record Miss(MissReason reason, String detail) implements Lookup {}
}
