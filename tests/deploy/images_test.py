"""The images' recipes, linted; and the file for Docker Compose against its published schema."""

import json
import pathlib
import shutil
import subprocess
import tempfile
import unittest

import jsonschema
import yaml

from manifests import ROOT, project_version

IMAGES = ROOT / "deploy/images"
COMPOSE = "github.com/compose-spec/compose-go/v2@v2.9.0"


class DockerfileTest(unittest.TestCase):
    def test_recipes_follow_the_rules_of_hadolint(self):
        for file in sorted(IMAGES.rglob("Dockerfile")):
            with self.subTest(file=file.name):
                done = subprocess.run(
                    ["hadolint", "--config", IMAGES / ".hadolint.yaml", file],
                    capture_output=True, text=True, timeout=60, check=False)
                self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_images_end_as_a_user_without_rights(self):
        for file in sorted(IMAGES.rglob("Dockerfile")):
            user = {}
            stage = ""
            for line in file.read_text("utf-8").splitlines():
                words = line.split()
                if line.startswith("FROM"):
                    parent, stage = words[1], words[3] if len(words) > 3 else file.parent.name
                    user[stage] = user.get(parent, "")
                elif line.startswith("USER"):
                    user[stage] = words[1]
            for stage, last in user.items():
                if stage not in ("build", "programs", "runtime"):
                    self.assertRegex(last, r"^[1-9]\d+:[1-9]\d+$", f"{file}: {stage}")

    def test_programs_are_collected_with_the_packages_of_their_libraries(self):
        binary = shutil.which("psql")
        if not binary:
            self.skipTest("psql is not here")
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            (folder / "in").mkdir()
            # Any program with libraries will do.
            source = next(pathlib.Path("/usr/lib/postgresql").glob("*/bin/psql"))
            for name in ("gongkai", "gongkai-plans", "gongkai-reporting", "gongkai-gateway"):
                shutil.copy(source, folder / "in" / name)
            subprocess.run([IMAGES / "collect", folder / "in", folder / "out"], check=True,
                           timeout=60)
            packages = (folder / "out/gongkai-plans.packages").read_text("utf-8").split()
            self.assertIn("libpq5", packages)
            self.assertIn("libc6", packages)
            self.assertTrue((folder / "out/gongkai-plans").stat().st_mode & 0o111)


class ComposeTest(unittest.TestCase):
    def setUp(self):
        self.compose = yaml.safe_load((ROOT / "deploy/compose.yaml").read_text("utf-8"))

    def test_has_no_unknown_field_and_no_wrong_type(self):
        if not shutil.which("go"):
            self.skipTest("Go, which brings the schema, is not here")
        done = subprocess.run(["go", "mod", "download", "-json", COMPOSE], capture_output=True,
                              text=True, timeout=240, check=False, cwd="/")
        if done.returncode != 0:
            self.skipTest("Go's module proxy cannot be reached")
        folder = pathlib.Path(json.loads(done.stdout)["Dir"])
        schema = json.loads((folder / "schema/compose-spec.json").read_text("utf-8"))
        jsonschema.validate(self.compose, schema)

    def test_services_wait_for_what_they_need(self):
        services = self.compose["services"]
        for name, service in services.items():
            needs = service.get("depends_on", {})
            self.assertLessEqual(set(needs), set(services), name)
        for name in ("plans", "reporting"):
            self.assertEqual(services[name]["depends_on"],
                             {f"migrate-{name}": {"condition": "service_completed_successfully"}})

    def test_what_is_built_is_a_target_of_the_recipe(self):
        recipe = (IMAGES / "Dockerfile").read_text("utf-8")
        for name, service in self.compose["services"].items():
            if "build" in service:
                self.assertIn(f" AS {service['build']['target']}\n", recipe, name)
                self.assertEqual(service["image"],
                                 f"localhost/gongkai-{service['build']['target']}:"
                                 f"{project_version()}", name)


if __name__ == "__main__":
    unittest.main()
