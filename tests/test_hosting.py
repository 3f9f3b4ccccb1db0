"""The files by which others build the book from its repository: Binder, GitHub Pages, Read the Docs."""

import json
import re
import sys
from subprocess import run

import pytest
import yaml
from evidence import paths

ROOT = paths.BUILD.parent
WORKFLOW, READTHEDOCS, BINDER = (ROOT / ".github" / "workflows" / "publish.yml", ROOT / ".readthedocs.yaml",
                                 ROOT / ".binder")
SCHEMAS = {WORKFLOW: "vendor.github-workflows", READTHEDOCS: "vendor.readthedocs"}
CONFIG = yaml.safe_load((paths.ROOT / "_config.yml").read_text("utf-8"))
TOLD = ["make book", "make test"]
"""The two commands of README.md."""

pytestmark = pytest.mark.skipif(not BINDER.is_dir(), reason="this copy comes from no clone")


def invalid(path, schema):
    """Return what a file breaks of the schema that its reader publishes, "" where it breaks nothing."""
    done = run([sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, path], capture_output=True,
               text=True, check=False)
    return done.stdout + done.stderr if done.returncode else ""


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_a_file_fits_its_readers_schema_and_one_that_does_not_is_noticed(path, tmp_path):
    assert invalid(path, SCHEMAS[path]) == ""
    wrong = tmp_path / path.name
    wrong.write_text(re.sub(r"\b(runs-on|python):", "snake:", path.read_text("utf-8")), "utf-8")
    assert "snake" in invalid(wrong, SCHEMAS[path])


def test_both_hosts_run_the_two_commands_and_publish_the_site():
    steps = yaml.safe_load(WORKFLOW.read_text("utf-8"))["jobs"]["publish"]["steps"]
    assert [step["run"] for step in steps if "run" in step] == TOLD
    assert [step["with"]["path"] for step in steps if "upload-pages-artifact" in step.get("uses", "")] == [
        "_build/html"]
    commands = yaml.safe_load(READTHEDOCS.read_text("utf-8"))["build"]["commands"]
    assert commands[:2] == TOLD and commands[-1] == 'cp -R _build/html "$READTHEDOCS_OUTPUT/html"'


def test_the_site_is_published_from_the_branch_that_links_name():
    branches = yaml.safe_load(WORKFLOW.read_text("utf-8"))[True]["push"]["branches"]  # YAML reads "on" as true
    assert branches == [CONFIG["repository"]["branch"]]


def binder_faults(files, lock):
    """Return what repo2docker would make of the files of .binder, by name, that the book cannot use: it looks there
    alone, takes the first kind of environment that it knows, and a Python of its own where none is named."""
    first = {"environment.yml", "Pipfile", "Pipfile.lock", "install.R", "DESCRIPTION", "Project.toml", "default.nix",
             "Dockerfile"}
    found = [f"{name} comes before requirements.txt" for name in sorted(first & {*files})]
    version = re.fullmatch(r"python-3\.(\d+)\n", files.get("runtime.txt", ""))
    if version is None or not 11 <= int(version[1]) <= 14:
        found.append("no Python that the lock is for")
    if "-r ../requirements.txt" not in files.get("requirements.txt", "").splitlines():
        found.append("another lock")
    pins = re.findall(r"^[\w.-]+[^#\n]*(?:\n .*)*", lock, re.M)
    return found + [f"not pinned with a hash: {pin}" for pin in pins if "==" not in pin or "--hash=" not in pin]


def test_binder_makes_the_environment_of_the_book():
    files, lock = ({path.name: path.read_text("utf-8") for path in BINDER.iterdir()},
                   (paths.ROOT / "requirements.txt").read_text("utf-8"))
    assert binder_faults(files, lock) == [] and not (ROOT / "binder").exists()
    assert binder_faults(files | {"environment.yml": ""}, lock) == ["environment.yml comes before requirements.txt"]
    assert binder_faults({"requirements.txt": "pandas", "runtime.txt": "python-3.10\n"}, lock) == [
        "no Python that the lock is for", "another lock"]
    assert binder_faults(files, "pandas\n") == ["not pinned with a hash: pandas"]
    for line in files["postBuild"].splitlines()[2:]:
        assert line == "jupyter trust book/*.ipynb"


def test_notebooks_ask_for_the_kernel_that_binder_has():
    kernels = {json.loads(path.read_text("utf-8"))["metadata"]["kernelspec"]["name"]
               for path in paths.BOOK.glob("*.ipynb")}
    assert kernels == {"python3"}
