package dev.supcon.operator.e2e;

import static dev.supcon.operator.e2e.Installation.NAMESPACE;

import java.util.stream.Stream;

/** What goes wrong while a step acts. */
enum Fault {
  EVICTED(1, 0) {
    @Override
    void strike(String pod, String job) {
      String eviction =
          """
          {"apiVersion": "policy/v1", "kind": "Eviction", "metadata": {"name": "%s", "namespace": "%s"}}
          """
              .formatted(pod, NAMESPACE);
      Kubectl.feed(
          eviction,
          "create",
          "--raw",
          "/api/v1/namespaces/" + NAMESPACE + "/pods/" + pod + "/eviction",
          "-f",
          "-");
    }
  },
  POD_DELETED(1, 0) {
    @Override
    void strike(String pod, String job) {
      Kubectl.run("-n", NAMESPACE, "delete", "pod", pod, "--wait=false");
    }
  },
  CONTAINER_KILLED(0, 1) {
    @Override
    void strike(String pod, String job) {
      cluster("container", NAMESPACE, pod);
    }
  },
  NODE_NOT_READY(0, 0) {
    @Override
    void strike(String pod, String job) {
      cluster("node", "20");
    }
  },
  JOB_DELETED(0, 0) {
    @Override
    void strike(String pod, String job) {
      Kubectl.run("-n", NAMESPACE, "delete", "job", job, "--wait=false");
    }
  },
  OPERATOR_KILLED(0, 0) {
    @Override
    void strike(String pod, String job) {
      String label = "app.kubernetes.io/component=operator";
      String name = "jsonpath={.items[0].metadata.name}";
      cluster(
          "container",
          "supcon-system",
          Kubectl.run("-n", "supcon-system", "get", "pods", "-l", label, "-o", name));
    }
  },
  API_SERVER_RESTARTED(0, 0) {
    @Override
    void strike(String pod, String job) {
      cluster("apiserver");
    }
  },
  S3_STOPPED(0, 0) {
    @Override
    void strike(String pod, String job) {
      cluster("s3", "60");
    }
  },
  MLFLOW_STOPPED(0, 0) {
    @Override
    void strike(String pod, String job) {
      cluster("mlflow", "60");
    }
  };

  /** How many preemptions the step is to count. */
  final int preemptions;

  /** How many of its retries it is to cost. */
  final int failures;

  Fault(int preemptions, int failures) {
    this.preemptions = preemptions;
    this.failures = failures;
  }

  /** Returns when what was struck works again. */
  abstract void strike(String pod, String job);

  private static void cluster(String... words) {
    Command.run(Stream.concat(Stream.of("dev/cluster/faults"), Stream.of(words)).toList());
  }
}
