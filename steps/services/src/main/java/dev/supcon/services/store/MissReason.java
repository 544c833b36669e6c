package dev.supcon.services.store;

/** Why a step counts as not done. */
public enum MissReason {
  /** Nobody finished it yet. */
  NO_MANIFEST("NoManifest"),
  /** Its manifest cannot be read, is too large, or names things outside the step. */
  MANIFEST_DAMAGED("ManifestDamaged"),
  /** A file of the result is gone. */
  BLOB_MISSING("BlobMissing"),
  /** A file of the result is not the one that was written. */
  BLOB_CHANGED("BlobChanged"),
  /** An input step's result is another one by now, or is not valid itself. */
  INPUT_REPLACED("InputReplaced");

  private final String word;

  MissReason(String word) {
    this.word = word;
  }

  /** As in a status and on the command line. */
  public String word() {
    return word;
  }
}
