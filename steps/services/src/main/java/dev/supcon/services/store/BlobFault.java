package dev.supcon.services.store;

/**
 * A blob that is not as its manifest or commit says.
 *
 * @param detail names the blob and says how it differs
 */
record BlobFault(Blob blob, MissReason reason, String detail) {

  static BlobFault gone(Blob blob) {
    return new BlobFault(blob, MissReason.BLOB_MISSING, blob.name() + " is gone");
  }

  static BlobFault resized(Blob blob, long size) {
    return new BlobFault(
        blob,
        MissReason.BLOB_CHANGED,
        "%s has %d bytes instead of %d".formatted(blob.name(), size, blob.size()));
  }

  static BlobFault altered(Blob blob) {
    return new BlobFault(
        blob, MissReason.BLOB_CHANGED, blob.name() + " has other bytes than were written");
  }

  Lookup.Miss miss() {
    return new Lookup.Miss(reason, detail);
  }
}
