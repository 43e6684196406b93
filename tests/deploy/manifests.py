"""The manifests as kustomize renders them."""

import functools
import pathlib
import re
import subprocess

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
K8S = ROOT / "deploy/k8s"
OVERLAYS = sorted(path.parent.relative_to(K8S / "overlays").as_posix()
                  for path in (K8S / "overlays").glob("*/kustomization.yaml"))
COMPONENTS = sorted(path.parent.name for path in (K8S / "components").glob("*/kustomization.yaml"))
# Kinds of operators: their schemas are not among those of Kubernetes.
OPERATORS = ("postgresql.cnpg.io", "cert-manager.io")


@functools.cache
def render(folder):
    """Every object of the folder, as the API server would get it."""
    done = subprocess.run(["kubectl", "kustomize", folder], capture_output=True, text=True,
                          timeout=60, check=False)
    if done.returncode != 0:
        raise AssertionError(f"{folder} cannot be rendered: {done.stderr}")
    return [item for item in yaml.safe_load_all(done.stdout) if item]


def overlay(name):
    return render(K8S / "overlays" / name)


def named(item):
    return f"{item['kind']}/{item['metadata']['name']}"


def of_kind(items, *kinds):
    return [item for item in items if item["kind"] in kinds]


def pod_template(item):
    """The pod that an object makes, or None."""
    spec = item.get("spec", {})
    if item["kind"] in ("Deployment", "StatefulSet", "DaemonSet", "Job"):
        return spec["template"]
    if item["kind"] == "CronJob":
        return spec["jobTemplate"]["spec"]["template"]
    return item if item["kind"] == "Pod" else None


def pods(items):
    """(what makes it, its template) for every pod."""
    return [(item, pod_template(item)) for item in items if pod_template(item)]


def containers(items):
    """(a name for messages, what makes its pod, its pod's spec, itself) for every container."""
    for item, template in pods(items):
        spec = template["spec"]
        for container in spec.get("initContainers", []) + spec["containers"]:
            yield f"{named(item)}/{container['name']}", item, spec, container


def matches(selector, labels):
    """Whether a label selector fits; as the API does, an empty one fits everything."""
    for key, value in selector.get("matchLabels", {}).items():
        if labels.get(key) != value:
            return False
    for rule in selector.get("matchExpressions", []):
        fits = labels.get(rule["key"]) in rule.get("values", [])
        if rule["operator"] == "In" and not fits or rule["operator"] == "NotIn" and fits:
            return False
        if rule["operator"] not in ("In", "NotIn"):
            raise NotImplementedError(rule["operator"])
    return True


def project_version():
    text = (ROOT / "CMakeLists.txt").read_text("utf-8")
    return re.search(r"project\(gongkai VERSION ([0-9.]+)", text).group(1)
