package dev.supcon.runner.checkpoint;

/** Element types of the safetensors files that we write; the constants' names are the format's. */
public enum ElementType {
  F64(8),
  I64(8),
  F32(4),
  I32(4),
  U8(1);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** Size of one element. */
  public int bytes() {
    return bytes;
  }
}
