"""How the code is put together: no import circle, no long function, a docstring for each module
and each public function."""

import ast
from pathlib import Path

import pytest
from evidence import paths

FILES = sorted([*(paths.BOOK / "evidence").rglob("*.py"), *(paths.BOOK / "_ext").rglob("*.py"), *(paths.BOOK / "making").rglob("*.py")])
LONGEST = 40
"""Lines of a function, its docstring and blank lines left out."""


def module_name(path, top):
    """Return the dotted name of a module below a folder."""
    return ".".join(path.relative_to(top).with_suffix("").parts).removesuffix(".__init__")


def imports(path, top):
    """Return the modules that a module imports when it is loaded, dotted, "from" names included."""
    own = path.relative_to(top).with_suffix("").parts
    found = set()
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = [*own[: len(own) - node.level], *([node.module] if node.module else [])] if node.level else [node.module]
            found |= {".".join(base), *(".".join([*base, alias.name]) for alias in node.names)}
    return found


def circle(graph):
    """Return the modules of one import circle in order, or [] if there is none."""
    done, path = set(), []

    def visit(name):
        if name in path:
            return [*path[path.index(name) :], name]
        if name in done:
            return []
        path.append(name)
        for other in sorted(graph[name]):
            if found := visit(other):
                return found
        path.pop()
        done.add(name)
        return []

    return next((found for name in graph if (found := visit(name))), [])


def graph_of(files, top):
    """Return what each module imports of the others."""
    names = {module_name(path, top): path for path in files}
    return {name: (imports(path, top) & names.keys()) - {name} for name, path in names.items()}


def long_functions(source):
    """Return the functions of some code with more than LONGEST lines of their own."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            lines = source.splitlines()[body[0].lineno - 1 : node.end_lineno] if body else []
            if sum(bool(line.strip()) for line in lines) > LONGEST:
                found.append(node.name)
    return found


def undocumented(source):
    """Return the module, if it has no docstring, and the public functions and classes that have none."""
    tree = ast.parse(source)
    found = [] if ast.get_docstring(tree) else ["the module"]
    kinds = (ast.FunctionDef, ast.ClassDef)
    return found + [n.name for n in tree.body if isinstance(n, kinds) and not n.name.startswith("_") and not ast.get_docstring(n)]


def test_nothing_imports_in_a_circle():
    graph = graph_of([path for path in FILES if not {"_ext", "making"}.intersection(path.parts)], paths.BOOK)
    assert len(graph) > 40 and "evidence.verdicts.rules" in graph["evidence.verdicts.examine"]
    assert circle(graph) == []


def test_a_circle_is_noticed(tmp_path):
    for name, other in (("one", "two"), ("two", "three"), ("three", "one")):
        (tmp_path / f"{name}.py").write_text(f"from . import {other}\n", "utf-8")
    found = circle(graph_of(sorted(tmp_path.glob("*.py")), tmp_path))
    assert len(found) == 4 and found[0] == found[-1]


@pytest.mark.parametrize("path", FILES, ids=lambda path: Path(path).relative_to(paths.BOOK).as_posix())
def test_functions_are_short_and_documented(path):
    source = path.read_text("utf-8")
    assert long_functions(source) == [] and undocumented(source) == []


def test_a_long_or_silent_function_is_noticed():
    assert long_functions("def f():\n" + "    a = 1\n" * (LONGEST + 1)) == ["f"]
    assert long_functions('def f():\n    """Words."""\n' + "    a = 1\n\n" * LONGEST) == []
    assert undocumented("def f():\n    pass\n\n\ndef _g():\n    pass\n") == ["the module", "f"]
