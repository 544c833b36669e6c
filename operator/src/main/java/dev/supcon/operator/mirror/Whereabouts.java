package dev.supcon.operator.mirror;

/**
 * Where a namespace's results and runs are, as the administrator says.
 *
 * @param store such as {@code s3://bucket/prefix}
 * @param s3Endpoint URL of the S3 server; empty: AWS
 * @param mlflow URL of the tracking server; empty: runs are not tracked
 */
public record Whereabouts(String namespace, String store, String s3Endpoint, String mlflow) {}
