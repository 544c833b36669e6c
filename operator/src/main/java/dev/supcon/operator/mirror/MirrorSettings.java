package dev.supcon.operator.mirror;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * What a mirror needs.
 *
 * @param credentials folder with the operator's own credentials ({@code s3/}, {@code mlflow/})
 * @param wake is told which experiment should look again
 * @param meters is told how each call went
 * @param logs reads the end of a pod's log
 * @param notice is told in one line what a tracking server refuses
 */
public record MirrorSettings(
    Path credentials,
    InstantSource clock,
    Consumer<ResourceID> wake,
    CallMeters meters,
    LastLines logs,
    Consumer<String> notice) {}
