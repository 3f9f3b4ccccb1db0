"""Measures: pure functions of the tables, one module per chapter.

A specification names those that return a Statistic, measure(tables, **params) -> Statistic, as
"module.function": "reach.one_way". Most others return frames of numbers, for charts and tables.
"""

import inspect
import sys
from collections.abc import Callable
from importlib import import_module
from types import ModuleType

from .statistic import Statistic


def find(name: str, package: ModuleType | None = None) -> Callable[..., Statistic]:
    """Return the measure called "module.function" of a package, by default this one; raise
    LookupError if there is none."""
    package = package or sys.modules[__name__]
    module_name, _, function_name = name.partition(".")
    path = f"{package.__name__}.{module_name}"
    try:
        module = import_module(path)
    except ModuleNotFoundError as error:
        if error.name != path:
            raise
        raise LookupError(name) from None
    function = getattr(module, function_name, None)
    if inspect.isfunction(function) and not function_name.startswith("_") and _is_measure(function, module):
        return function
    raise LookupError(name)


def _is_measure(function: Callable, module: ModuleType) -> bool:
    """Return whether a function is a module's own, and goes from tables to a Statistic."""
    takes, returns = list(inspect.signature(function).parameters), function.__annotations__.get("return")
    return function.__module__ == module.__name__ and takes[:1] == ["tables"] and returns in ("Statistic", Statistic)
