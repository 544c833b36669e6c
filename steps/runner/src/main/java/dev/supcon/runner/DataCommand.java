package dev.supcon.runner;

import picocli.CommandLine.Command;

/** What there is to do with a data set before it is trained on. */
@Command(
    name = "data",
    description = "Fetches data sets and looks at them.",
    mixinStandardHelpOptions = true,
    subcommands = {DataFetchCommand.class, DataInspectCommand.class})
final class DataCommand {}
