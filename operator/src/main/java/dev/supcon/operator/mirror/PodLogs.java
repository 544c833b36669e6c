package dev.supcon.operator.mirror;

import dev.supcon.contract.step.StepFailure;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keeps the last lines of pods that failed in the store: the pod is soon gone, and why with it. */
final class PodLogs {
  private static final int REMEMBERED = 10_000;

  private final Lines lines;
  private final StoreClients stores;
  private final LastLines reader;
  private final Set<String> asked =
      Collections.synchronizedSet(
          Collections.newSetFromMap(
              new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                  return size() > REMEMBERED;
                }
              }));

  PodLogs(Lines lines, StoreClients stores, LastLines reader) {
    this.lines = lines;
    this.stores = stores;
    this.reader = reader;
  }

  /** Once for each pod, at the next occasion. */
  void keep(Whereabouts where, String pod, String uid) {
    if (asked.add(uid)) {
      lines.to(Outside.STORE, where.s3Endpoint()).send(new Keeping(where, pod, uid));
    }
  }

  private final class Keeping implements Errand {
    private final Whereabouts where;
    private final String pod;
    private final String uid;

    Keeping(Whereabouts where, String pod, String uid) {
      this.where = where;
      this.pod = pod;
      this.uid = uid;
    }

    @Override
    public String namespace() {
      return where.namespace();
    }

    @Override
    public boolean wanted() {
      return true;
    }

    @Override
    public void run() throws Trouble {
      Optional<String> log = reader.of(where.namespace(), pod);
      if (log.isEmpty()) {
        return;
      }
      try {
        stores.of(where).put("log/" + uid + ".txt", log.get().getBytes(StandardCharsets.UTF_8));
      } catch (StepFailure e) {
        throw Trouble.of(e);
      }
    }

    /** It is tried again; that it is not there yet concerns nobody. */
    @Override
    public void troubled(Trouble trouble) {}
  }
}
