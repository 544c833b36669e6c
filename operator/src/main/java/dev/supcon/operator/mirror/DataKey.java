package dev.supcon.operator.mirror;

/**
 * A data set in S3, as a tenant sees it.
 *
 * @param location {@code s3://bucket/prefix} or {@code s3://bucket/key.tar}
 */
record DataKey(Whereabouts tenant, String location) implements OfTenant {}
