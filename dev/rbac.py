"""Compares what the operator did, by an API server's audit log, with what it may do: rbac.py AUDIT-LOG NAMESPACE RULES-FOLDER EXCEPTIONS.

The log says of each request which binding allowed it. What every service account may do (discovery, asking for its own rights) needs no right of
ours and does not count.
"""

import json
import pathlib
import re
import sys
from itertools import product

OURS = re.compile(r'(?:ClusterRole|Role)Binding "supcon-operator(-leases)?(?:/[^"]*)?"')
LIST = re.compile(r"^(?:- |  )(\w+): \[(.*?)\]")


def rights(file):
    """(group, resource, verb, name) for each that a file grants; the name is * where any object is meant. The files hold a list a line."""
    rules = []
    for line in file.read_text().splitlines():
        if line.startswith("- "):
            rules.append({"resourceNames": ["*"]})
        if found := LIST.match(line):
            rules[-1][found[1]] = [word.strip().strip('"') for word in found[2].split(",")]
    return {right for rule in rules for right in product(*(rule[field] for field in ("apiGroups", "resources", "verbs", "resourceNames")))}


def requests(log, account):
    with open(log) as lines:
        for line in lines:
            event = json.loads(line)
            if event["user"]["username"] == account:
                yield event


def deed(event):
    about = event.get("objectRef", {})
    resource = "/".join(part for part in (about.get("resource"), about.get("subresource")) if part)
    return about.get("apiGroup", ""), resource or event["requestURI"], event["verb"], about.get("name", "*")


def used(deed, granted):
    """As it is granted: by the object's name where names are, by any name elsewhere."""
    return deed if deed in granted else (*deed[:3], "*")


def words(right):
    group, resource, verb, name = right
    return f"{verb} {resource}{'.' + group if group else ''}{'' if name == '*' else ' ' + name}"


def main(log, namespace, rules, exceptions):
    by_binding = {"": rights(pathlib.Path(rules, "operator.yaml")), "-leases": rights(pathlib.Path(rules, "leases.yaml"))}
    granted = set().union(*by_binding.values())
    excepted = {line.split(":")[0].removeprefix("rbac ") for line in open(exceptions) if line.startswith("rbac ")}
    done, refused, count = set(), set(), 0
    for event in requests(log, f"system:serviceaccount:{namespace}:supcon-operator"):
        count += 1
        if event["annotations"]["authorization.k8s.io/decision"] != "allow":
            refused |= {used(deed(event), granted)} - granted  # one that is granted was refused before or after an installation
        elif by := OURS.search(event["annotations"]["authorization.k8s.io/reason"]):
            done.add(used(deed(event), by_binding[by[1] or ""]))
    faults = [f"refused: {words(right)}" for right in sorted(refused)]
    faults += [f"allowed by other rules than these: {words(right)}" for right in sorted(done - granted)]
    faults += [f"granted and not used: {words(right)}" for right in sorted(granted - done) if words(right) not in excepted]
    faults += [f"excepted and used: {words(right)}" for right in sorted(done) if words(right) in excepted]
    print(f"{count} requests, {len(done)} of {len(granted)} rights used, {len(excepted)} excepted")
    print(*faults, sep="\n", end="\n" if faults else "")
    sys.exit(1 if faults or not count else 0)


main(*sys.argv[1:])
