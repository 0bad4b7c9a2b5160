"""Small objects, valid as they come; a test changes one fact."""

from typing import Any

NAMESPACE = "shop"

Object = dict[str, Any]


def made(kind: str, name: str, api_version: str = "v1", namespace: str | None = NAMESPACE, **rest: object) -> Object:
    """Return an object; `rest` is what stands beside its metadata."""
    where = {"namespace": namespace} if namespace else {}
    return {"apiVersion": api_version, "kind": kind, "metadata": {"name": name, **where}, **rest}


def namespace(**labels: str) -> Object:
    """Return a namespace whose pods get proxies."""
    one = made("Namespace", NAMESPACE, namespace=None)
    one["metadata"]["labels"] = {"istio-injection": "enabled", **labels}
    return one


def deployment(name: str = "cart", **labels: str) -> Object:
    """Return a Deployment with one container; `labels` are its pods'."""
    template = {
        "metadata": {"labels": {"app": name, **labels}},
        "spec": {"containers": [{"name": name, "image": f"{name}:v1"}]},
    }
    return made("Deployment", name, "apps/v1", spec={"selector": {"matchLabels": {"app": name}}, "template": template})


def service(name: str = "cart", port_name: str = "http") -> Object:
    """Return a Service of `deployment`."""
    ports = [{"name": port_name, "port": 8080, "targetPort": 8080, "protocol": "TCP"}]
    return made("Service", name, spec={"selector": {"app": name}, "ports": ports})


def route(host: str = "cart") -> Object:
    """Return a VirtualService that leads to this host."""
    destination = {"host": host, "port": {"number": 8080}}
    http = [{"name": "all", "timeout": "5s", "route": [{"destination": destination}]}]
    return made("VirtualService", "cart", "networking.istio.io/v1", spec={"hosts": ["cart"], "http": http})


def certificate(*hosts: str) -> Object:
    """Return a Certificate that asks for the Secret `cart-tls`."""
    spec = {"secretName": "cart-tls", "dnsNames": list(hosts or ("cart.example.com",))}
    return made("Certificate", "cart", "cert-manager.io/v1", spec=spec)


def shop() -> list[Object]:
    """Return a mesh of one service that Istio has nothing to say against."""
    return [namespace(), deployment(), service(), route()]
