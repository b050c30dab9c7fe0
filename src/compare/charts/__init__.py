"""One function a kind of chart: a frame becomes a Plotly figure with data on its axes.

A module of this floor that has a function of its own name holds kinds of charts: all that return a figure.
"""

from importlib import import_module
from pkgutil import iter_modules

__all__: list[str] = []
for _found in iter_modules(__path__):
    _module = import_module(f"{__name__}.{_found.name}")
    if callable(getattr(_module, _found.name, None)):
        for _name, _kind in list(vars(_module).items()):
            _own = getattr(_kind, "__module__", "") == _module.__name__ and not _name.startswith("_")
            if _own and getattr(_kind, "__annotations__", {}).get("return") == "go.Figure":
                # The function stands in the place of its module, which imports still reach by its full name.
                globals()[_name] = _kind
                __all__.append(_name)
