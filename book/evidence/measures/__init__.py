"""Measures: pure functions measure(tables, **params) -> Statistic, one module per chapter.

A specification names them "module.function", for example "reach.one_way".
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from importlib import import_module
from types import ModuleType

from ..verdicts.rules import Statistic


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
    if not inspect.isfunction(function) or function.__module__ != module.__name__ or function_name.startswith("_"):
        raise LookupError(name)
    return function
