"""One function a section: it takes frames and returns a `Section`; it bears the name of its module."""

from importlib import import_module
from pkgutil import iter_modules

__all__: list[str] = []
for _found in iter_modules(__path__):
    _module = import_module(f"{__name__}.{_found.name}")
    _function = getattr(_module, _found.name, None)
    if getattr(_function, "__annotations__", {}).get("return") == "Section":
        # The function stands in the place of its module, which imports still reach by its full name.
        globals()[_found.name] = _function
        __all__.append(_found.name)
