"""Every overlay against the schemas of Kubernetes, and against our own rules."""

import functools
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

import yaml

import manifests
from manifests import (COMPONENTS, K8S, OPERATORS, OVERLAYS, containers, matches, named, of_kind,
                       pod_template, pods)

LONG_RUNNING = ("Deployment", "StatefulSet", "DaemonSet")
# The last ones that government clouds run, and the newest.
VERSIONS = ("1.30", "1.33", "1.37")
BIN = pathlib.Path(os.environ.get("GONGKAI_BIN_DIR", manifests.ROOT / "build/debug/bin"))


def for_each_overlay(check):
    """Runs `check(self, items)` for each overlay, as a subtest of its name."""

    @functools.wraps(check)
    def test(self):
        for name in OVERLAYS:
            with self.subTest(overlay=name):
                check(self, manifests.overlay(name))

    return test


class RulesTestCase(unittest.TestCase):
    def assert_none(self, faults):
        self.assertEqual(faults, [], "\n" + "\n".join(faults))


class SchemaTest(RulesTestCase):
    def validate(self, items, version):
        known = [item for item in items if item["apiVersion"].split("/")[0] not in OPERATORS]
        with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
            yaml.safe_dump_all(known, file)
            file.flush()
            return subprocess.run(["kubernetes-validate", "--strict", "--quiet", "-k", version,
                                   file.name], capture_output=True, text=True, timeout=120,
                                  check=False)

    @for_each_overlay
    def test_overlays_have_no_unknown_field_and_no_wrong_type(self, items):
        for version in VERSIONS:
            done = self.validate(items, version)
            self.assertEqual(done.returncode, 0, version + done.stdout + done.stderr)

    def test_components_have_no_unknown_field_and_no_wrong_type(self):
        for component in COMPONENTS:
            with self.subTest(component=component), tempfile.TemporaryDirectory(dir=K8S) as folder:
                (pathlib.Path(folder) / "kustomization.yaml").write_text(yaml.safe_dump({
                    "resources": ["../base"], "components": [f"../components/{component}"]}))
                done = self.validate(manifests.render(folder), VERSIONS[-1])
                self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_a_misspelt_field_is_found(self):
        items = [{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}, "dota": {}}]
        self.assertNotEqual(self.validate(items, VERSIONS[-1]).returncode, 0)


class ContainerRulesTest(RulesTestCase):
    def faults(self, items, fault):
        return [f"{name} {text}" for name, item, spec, container in containers(items)
                if (text := fault(item, spec, container))]

    @for_each_overlay
    def test_each_has_requests_and_limits(self, items):
        def fault(item, spec, container):
            resources = container.get("resources", {})
            lacks = [f"{kind}.{what}" for kind in ("requests", "limits")
                     for what in ("cpu", "memory") if what not in resources.get(kind, {})]
            return "lacks " + ", ".join(lacks) if lacks else ""

        self.assert_none(self.faults(items, fault))

    @for_each_overlay
    def test_each_is_restricted(self, items):
        def fault(item, spec, container):
            pod = spec.get("securityContext", {})
            own = container.get("securityContext", {})
            if not pod.get("runAsNonRoot") or not isinstance(pod.get("runAsUser"), int):
                return "may run as root, or as a user that only the image knows"
            if pod["runAsUser"] < 100 or pod.get("seccompProfile") != {"type": "RuntimeDefault"}:
                return "has a user of the system or no seccomp profile"
            if own.get("allowPrivilegeEscalation") is not False:
                return "may gain privileges"
            if own.get("capabilities") != {"drop": ["ALL"]}:
                return "keeps capabilities"
            return "" if own.get("readOnlyRootFilesystem") else "may write to its root"

        self.assert_none(self.faults(items, fault))
        (namespace,) = of_kind(items, "Namespace")
        self.assertEqual(
            namespace["metadata"]["labels"]["pod-security.kubernetes.io/enforce"],
            "restricted")

    @for_each_overlay
    def test_what_runs_for_long_has_three_probes(self, items):
        def fault(item, spec, container):
            lacks = [probe for probe in ("startupProbe", "readinessProbe", "livenessProbe")
                     if item["kind"] in LONG_RUNNING and probe not in container]
            return "lacks " + ", ".join(lacks) if lacks else ""

        self.assert_none(self.faults(items, fault))

    @for_each_overlay
    def test_images_have_a_version(self, items):
        def fault(item, spec, container):
            tag = container["image"].rpartition(":")[2]
            if ":" not in container["image"] or "/" in tag or tag == "latest":
                return f"has the image {container['image']}"
            return ""

        self.assert_none(self.faults(items, fault))

    @for_each_overlay
    def test_our_images_have_the_version_of_the_project(self, items):
        version = manifests.project_version()

        def fault(item, spec, container):
            image = container["image"]
            ours = "gongkai" in image
            return f"has {image}" if ours and not image.endswith(":" + version) else ""

        self.assert_none(self.faults(items, fault))
        for job in of_kind(items, "Job"):
            self.assertTrue(job["metadata"]["name"].endswith(version.replace(".", "-")), job)
        compose = yaml.safe_load((manifests.ROOT / "deploy/compose.yaml").read_text("utf-8"))
        for name, service in compose["services"].items():
            if "gongkai" in service["image"]:
                self.assertTrue(service["image"].endswith(":" + version), name)

    @for_each_overlay
    def test_volumes_in_memory_or_on_the_node_are_bounded(self, items):
        self.assert_none([
            f"{named(item)} has an unbounded volume {volume['name']}"
            for item, template in pods(items)
            for volume in template["spec"].get("volumes", [])
            if "emptyDir" in volume and "sizeLimit" not in volume["emptyDir"]])

    @for_each_overlay
    def test_nothing_holds_a_token_of_the_cluster_that_does_not_use_it(self, items):
        holders = {named(item) for item, template in pods(items)
                   if template["spec"].get("automountServiceAccountToken") is not False}
        bound = {f"StatefulSet/{subject['name']}" for binding in of_kind(items, "RoleBinding")
                 for subject in binding["subjects"]}
        self.assertLessEqual(holders, bound | {
            named(item) for item, template in pods(items)
            if any(subject["name"] == template["spec"].get("serviceAccountName")
                   for binding in of_kind(items, "RoleBinding", "ClusterRoleBinding")
                   for subject in binding["subjects"])})


class RolloutRulesTest(RulesTestCase):
    @for_each_overlay
    def test_deployments_stay_up_while_they_change(self, items):
        for item in of_kind(items, "Deployment"):
            if not self.scaled(items, item):
                continue
            strategy = item["spec"]["strategy"]["rollingUpdate"]
            self.assertEqual((strategy["maxUnavailable"], strategy["maxSurge"]), (0, 1),
                             named(item))
            self.assertGreater(item["spec"].get("minReadySeconds", 0), 0, named(item))

    def scaled(self, items, deployment):
        return any(hpa["spec"]["scaleTargetRef"]["name"] == deployment["metadata"]["name"]
                   for hpa in of_kind(items, "HorizontalPodAutoscaler"))

    @for_each_overlay
    def test_pods_have_time_to_drain(self, items):
        # preStop, then what the program itself waits, and some seconds to spare.
        drains = {"gateway": 20, "plans": 11, "reporting": 11}
        for item in of_kind(items, "Deployment"):
            name = item["metadata"]["name"]
            if name not in drains:
                continue
            spec = pod_template(item)["spec"]
            before = spec["containers"][0]["lifecycle"]["preStop"]["sleep"]["seconds"]
            self.assertGreaterEqual(before, 3, name)
            self.assertGreater(spec["terminationGracePeriodSeconds"],
                               before + drains[name] + 5, name)
        (settings,) = [item["data"] for item in of_kind(items, "ConfigMap")
                       if item["metadata"]["name"].startswith("gateway-")]
        self.assertEqual(settings["GONGKAI_GATEWAY_DRAIN_SECONDS"], str(drains["gateway"]))

    @for_each_overlay
    def test_each_has_a_disruption_budget_that_fits_it_alone(self, items):
        budgets = of_kind(items, "PodDisruptionBudget")
        for item in of_kind(items, "Deployment", "StatefulSet"):
            replicated = self.scaled(items, item) or item["spec"].get("replicas", 1) > 1
            labels = pod_template(item)["metadata"]["labels"]
            fitting = [budget for budget in budgets
                       if matches(budget["spec"]["selector"], labels)]
            self.assertEqual(len(fitting), 1 if replicated else 0, named(item))

    @for_each_overlay
    def test_a_scaled_deployment_names_no_number(self, items):
        for item in of_kind(items, "Deployment"):
            if self.scaled(items, item):
                self.assertNotIn("replicas", item["spec"], named(item))
        for scaler in of_kind(items, "HorizontalPodAutoscaler"):
            self.assertGreaterEqual(scaler["spec"]["minReplicas"], 2, named(scaler))

    @for_each_overlay
    def test_replicas_spread_over_nodes_and_zones(self, items):
        for item in of_kind(items, "Deployment"):
            if not self.scaled(items, item):
                continue
            labels = pod_template(item)["metadata"]["labels"]
            spread = pod_template(item)["spec"]["topologySpreadConstraints"]
            self.assertEqual({rule["topologyKey"] for rule in spread},
                             {"kubernetes.io/hostname", "topology.kubernetes.io/zone"})
            for rule in spread:
                self.assertTrue(matches(rule["labelSelector"], labels), named(item))


class WiringTest(RulesTestCase):
    @for_each_overlay
    def test_selectors_find_pods_and_their_ports(self, items):
        for service in of_kind(items, "Service"):
            selector = service["spec"].get("selector")
            if not selector:
                continue
            # Patroni itself gives its pods their role.
            selector = {key: value for key, value in selector.items() if key != "role"}
            fitting = [template for _, template in pods(items)
                       if matches({"matchLabels": selector},
                                  template["metadata"].get("labels", {}))]
            self.assertEqual(len(fitting), 1, named(service))
            ports = {value for container in fitting[0]["spec"]["containers"]
                     for port in container.get("ports", [])
                     for value in (port["name"], port["containerPort"])}
            for port in service["spec"]["ports"]:
                self.assertIn(port.get("targetPort", port["port"]), ports, named(service))

    @for_each_overlay
    def test_policies_name_ports_that_are_there(self, items):
        for policy in of_kind(items, "NetworkPolicy"):
            fitting = [template for _, template in pods(items)
                       if matches(policy["spec"]["podSelector"],
                                  template["metadata"].get("labels", {}))]
            self.assertTrue(fitting, named(policy))
            ports = {port["name"] for template in fitting
                     for container in template["spec"]["containers"]
                     for port in container.get("ports", [])}
            for rule in policy["spec"].get("ingress", []):
                for port in rule.get("ports", []):
                    if isinstance(port["port"], str):
                        self.assertIn(port["port"], ports, named(policy))

    @for_each_overlay
    def test_everything_is_denied_that_no_policy_allows(self, items):
        denials = [policy for policy in of_kind(items, "NetworkPolicy")
                   if policy["spec"]["podSelector"] == {}
                   and set(policy["spec"]["policyTypes"]) == {"Ingress", "Egress"}
                   and not policy["spec"].get("ingress") and not policy["spec"].get("egress")]
        self.assertEqual(len(denials), 1)

    @for_each_overlay
    def test_references_lead_somewhere(self, items):
        made = set(re.findall(r"^ *make_secret ([\w$\"-]+)|missing ([\w-]+);",
                              (K8S / "secrets").read_text("utf-8"), re.MULTILINE))
        made = {name for pair in made for name in pair if name and "$" not in name}
        made |= {"database-plans", "database-reporting"}
        maps = {item["metadata"]["name"] for item in of_kind(items, "ConfigMap")}
        own = {item["metadata"]["name"] for item in of_kind(items, "Secret", "Certificate")}
        accounts = {item["metadata"]["name"] for item in of_kind(items, "ServiceAccount")}
        for item, template in pods(items):
            text = yaml.safe_dump(template)
            spec = template["spec"]
            self.assertLessEqual({spec.get("serviceAccountName", "default")},
                                 accounts | {"default"}, named(item))
            for volume in spec.get("volumes", []):
                if "configMap" in volume:
                    self.assertIn(volume["configMap"]["name"], maps, named(item))
                if "secret" in volume:
                    self.assertIn(volume["secret"]["secretName"], made | own, named(item))
            for name in re.findall(r"configMapRef:\n +name: (\S+)", text):
                self.assertIn(name, maps, named(item))
            for name in re.findall(r"secretKeyRef:\n(?: +key: \S+\n)? +name: (\S+)", text):
                self.assertIn(name, made | own, named(item))

    @for_each_overlay
    def test_settings_are_ones_that_the_programs_have(self, items):
        known = {}
        for program, words in {"plans": ["serve"], "reporting": ["serve"], "gateway": []}.items():
            done = subprocess.run([BIN / f"gongkai-{program}", *words, "--help"],
                                  capture_output=True, text=True, timeout=60, check=True)
            known[program] = set(re.findall(r"Env:(\w+)", done.stdout))
            self.assertTrue(known[program], program)
        maps = {item["metadata"]["name"]: item["data"] for item in of_kind(items, "ConfigMap")}
        for name, item, _, container in containers(items):
            program = container["image"].rpartition(":")[0].rpartition("/")[2]
            program = program.removeprefix("gongkai-")
            if program not in known:
                continue
            settings = {entry["name"] for entry in container.get("env", [])}
            for source in container.get("envFrom", []):
                settings |= set(maps[source["configMapRef"]["name"]])
            settings = {setting for setting in settings if setting.startswith("GONGKAI_")}
            self.assertLessEqual(settings, known[program], name)


if __name__ == "__main__":
    unittest.main()
