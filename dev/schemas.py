"""Makes of Kubernetes' swagger.json one strict JSON schema for each kind, as kubeconform wants them: schemas.py SWAGGER FOLDER."""

import json
import pathlib
import sys

PREFIX = "#/definitions/"


def strict(schema):
    """Refuses fields that are not described, and lets quantities and ports be what the API takes: a string or a number."""
    if isinstance(schema, list):
        return [strict(element) for element in schema]
    if not isinstance(schema, dict):
        return schema
    schema = {key: strict(value) for key, value in schema.items()}
    if schema.get("format") == "int-or-string":
        return {"type": ["string", "integer"]}
    if "properties" in schema and "additionalProperties" not in schema:
        schema["additionalProperties"] = False
    return schema


def names(schema):
    """The definitions that a schema refers to."""
    if isinstance(schema, list):
        return set().union(*map(names, schema)) if schema else set()
    if not isinstance(schema, dict):
        return set()
    own = {schema["$ref"].removeprefix(PREFIX)} if isinstance(schema.get("$ref"), str) else set()
    return own.union(*map(names, schema.values())) if schema else own


def closure(start, definitions):
    found, todo = set(), [start]
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo.extend(names(definitions[name]))
    return found


def main(swagger, folder):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    definitions = strict(json.loads(pathlib.Path(swagger).read_text())["definitions"])
    quantity = "io.k8s.apimachinery.pkg.api.resource.Quantity"
    definitions[quantity] = {"type": ["string", "number"]}
    for name, definition in definitions.items():
        for kind in definition.get("x-kubernetes-group-version-kind", []):
            if name.endswith("DeleteOptions") or name.endswith("WatchEvent"):
                continue
            group = kind["group"].split(".")[0]
            suffix = f"-{group}-{kind['version']}" if group else f"-{kind['version']}"
            schema = {"$ref": PREFIX + name, "definitions": {used: definitions[used] for used in sorted(closure(name, definitions))}}
            (folder / f"{kind['kind'].lower()}{suffix}.json").write_text(json.dumps(schema))


main(*sys.argv[1:])
