"""The cluster's DNS: dns.py ADDRESS API-SERVER PKI-FOLDER.

There is no kube-proxy to carry a service's own address, so a service's name is answered with the addresses of its ready pods, as a headless
one's would be. It knows no other name, and says so at once.
"""

import http.client
import json
import pathlib
import socketserver
import ssl
import struct
import sys

DOMAIN = ["svc", "cluster", "local"]
A, NO_SUCH_NAME, AUTHORITATIVE = 1, 3, 0x8580


def read(path):
    api, pki = sys.argv[2], pathlib.Path(sys.argv[3])
    context = ssl.create_default_context(cafile=pki / "ca.crt")
    context.load_cert_chain(pki / "admin.crt", pki / "admin.key")
    connection = http.client.HTTPSConnection(api, context=context, timeout=5)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return json.load(answer) if answer.status == 200 else None
    finally:
        connection.close()


def addresses(labels):
    """Those of a service; none for one without ready pods, None for what is no service."""
    if len(labels) != 5 or labels[2:] != DOMAIN:
        return None
    service = read(f"/api/v1/namespaces/{labels[1]}/services/{labels[0]}")
    if service is None:
        return None
    if "selector" not in service["spec"]:  # the API server, which listens on the service's address
        return [service["spec"]["clusterIP"]]
    slices = read(f"/apis/discovery.k8s.io/v1/namespaces/{labels[1]}/endpointslices?labelSelector=kubernetes.io/service-name={labels[0]}")
    endpoints = [endpoint for part in slices["items"] for endpoint in part["endpoints"] or [] if endpoint["conditions"].get("ready")]
    return [address for endpoint in endpoints for address in endpoint["addresses"]]


def answer(question):
    labels, at = [], 12
    while question[at]:
        labels.append(question[at + 1 : at + 1 + question[at]].decode().lower())
        at += 1 + question[at]
    (kind,) = struct.unpack_from("!H", question, at + 1)
    found = addresses(labels)
    shown = found if found and kind == A else []
    records = b"".join(
        struct.pack("!HHHIH4B", 0xC00C, A, 1, 5, 4, *map(int, address.split("."))) for address in shown
    )
    flags = AUTHORITATIVE | (NO_SUCH_NAME if found is None else 0)
    return question[:2] + struct.pack("!HHHHH", flags, 1, len(shown), 0, 0) + question[12 : at + 5] + records


class Resolver(socketserver.BaseRequestHandler):
    def handle(self):
        question, socket = self.request
        socket.sendto(answer(question), self.client_address)


socketserver.ThreadingUDPServer((sys.argv[1], 53), Resolver).serve_forever()
