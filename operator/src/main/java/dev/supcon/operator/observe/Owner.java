package dev.supcon.operator.observe;

/** The experiment that owns a Job. */
public record Owner(String name, String uid) {}
