"""Whether a file or folder that was received is what this checkout makes, and where and why not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from compare.build.altered import first_difference, shown
from compare.build.checkout import Checkout, not_built
from compare.build.inputs import sha256
from compare.build.manifest import NAME, Manifest, files_behind, manifest_bytes, read_manifest
from compare.build.plan import plan
from compare.build.received import AGAIN, content_of, files_in, is_folder, kind_of, strange, unlike
from compare.build.site import look
from compare.build.takeaways import takeaways
from compare.errors import CompareError, Problem

# Their pictures depend on the browser that draws them.
WORD = re.compile(r"(word/)?[^/]+\.docx")
CUT = "make a cut of one's own again by build NOTEBOOK -p name=value --out FOLDER, and compare the two"
# Hexadecimal digits of a digest that a person compares.
DIGITS = 12


def verify(root: Path, received: Path) -> str:
    """Return in a line that a file, or every file of a folder, has the bytes that the checkout `root` makes.

    Raises CompareError with all that differs otherwise, each with what to do; nothing is built or changed.
    """
    checkout = Checkout(look(root, plan, takeaways))
    label = shown(received.name or str(received))
    if is_folder(received):
        there = files_in(received)
        held = {name: path for name, path in there.items() if not WORD.fullmatch(name)}
        wrong = _joined(_in_folder(checkout, held))
        said = f"{len(held)} files, each with the bytes that this checkout makes"
        if apart := len(there) - len(held):
            said += f"; {apart} Word documents stand apart, since their pictures depend on a browser"
    else:
        wrong, said = list(_alone(checkout, received, label)), "the bytes that this checkout makes"
    if problems := [*checkout.spoilt(), *wrong]:
        raise CompareError(f"{label} is not what this checkout makes", problems)
    return f"{label}: {said} (edition {checkout.edition})."


def _alone(checkout: Checkout, path: Path, label: str) -> Iterator[Problem]:
    """Yield what is wrong with one file that came out of its folder, perhaps renamed."""
    content = content_of(path, label)
    if isinstance(content, Problem):
        yield content
    elif WORD.fullmatch(path.name):
        todo = "its pictures depend on the browser that drew them; ask for the page that it was made of"
        yield unlike(label, "a Word document", "a page, a calendar or a workbook", todo)
    elif path.name == NAME:
        yield unlike(label, "a manifest alone", "the folder that it lists", "name that folder")
    elif (suffix := kind_of(content)) is None:
        yield unlike(label, strange(content), "a page, a calendar or a workbook of a build", AGAIN)
    elif name := checkout.meant(path.name, content, suffix):
        yield from checkout.problems(label, name, content, run=checkout.command(name))
    elif len(checkout.site.made) < len(checkout.site.inputs):
        yield not_built(label)
    else:
        yield unlike(label, "a file that this checkout does not make", "one that it makes", CUT)


def _in_folder(checkout: Checkout, there: Mapping[str, Path]) -> Iterator[Problem]:
    """Yield what is wrong with the files of a folder, with those that lack, and with their manifest."""
    if not there:
        yield unlike("the folder", "no file", f"{NAME} and the files that it lists", AGAIN)
    elif not checkout.site.made:
        yield not_built("the folder")
    else:
        theirs, wrong = _their_manifest(checkout, there.get(NAME))
        yield from wrong
        for name in sorted({*there, *checkout.site.made} - {NAME}):
            yield from _member(checkout, name, there.get(name), theirs)


def _member(checkout: Checkout, name: str, path: Path | None, theirs: Manifest | None) -> Sequence[Problem]:
    """Return what is wrong with one file of a folder, or with its absence."""
    label = shown(name)
    if path is None:
        return [unlike(label, "missing", "the file as it was built", AGAIN)]
    if checkout.inputs(name) is None:
        return [unlike(label, "a file that this checkout does not make", "nothing", "take no notice of it")]
    content = content_of(path, label)
    if isinstance(content, Problem):
        return [content]
    listed = theirs.outputs.get(name) if theirs else None
    # What the manifest tells is told of the bytes that it lists, not of a file altered since.
    told = listed.inputs if listed and listed.sha256 == sha256(content) else None
    return checkout.problems(label, name, content, told)


def _their_manifest(checkout: Checkout, path: Path | None) -> tuple[Manifest | None, list[Problem]]:
    """Return the manifest of a folder, where it is one, and how it differs from that of this checkout."""
    content = content_of(path, NAME) if path else unlike(NAME, "missing", "the manifest of a build", AGAIN)
    if isinstance(content, Problem):
        return None, [content]
    try:
        theirs = read_manifest(content)
    except ValueError as error:
        return None, [unlike(NAME, shown(str(error)), "the manifest of a build", AGAIN)]
    wrong = list(_origins(checkout, theirs))
    if not wrong and checkout.is_up_to_date:
        ours = manifest_bytes(checkout.site.stated, checkout.site.made)
        if content != ours:
            parted = first_difference(content, ours, ".json")
            todo = "it was altered, or lists other files"
            wrong = [unlike(f"{NAME}, {parted.place}", parted.found, f'"{parted.expected}"', todo)]
    return theirs, wrong


def _origins(checkout: Checkout, theirs: Manifest) -> Iterator[Problem]:
    """Yield where edition or inputs of a folder are others than those of the checkout, each by its name."""
    if theirs.edition != checkout.edition:
        todo = "hold the folder against a checkout of its own edition"
        yield unlike(NAME, f"edition {shown(theirs.edition)}", f"edition {checkout.edition}", todo)
    held = files_behind(one.inputs for one in theirs.outputs.values())
    here = files_behind(map(checkout.inputs, theirs.outputs))
    for name in sorted({*held, *here}):
        if held.get(name) != here.get(name):
            found, expected = (files.get(name, "")[:DIGITS] or "no such file" for files in (held, here))
            todo = "the folder was made from another state of it"
            yield unlike(f"{shown(name)}, an input", shown(found), expected, todo)


def _joined(problems: Iterator[Problem]) -> list[Problem]:
    """Return problems with those that differ in nothing but the file told once."""
    held: dict[Problem, list[str]] = {}
    for one in problems:
        held.setdefault(replace(one, file=""), []).append(one.file)
    return [
        replace(one, file=files[0] if len(files) == 1 else f"{files[0]} and {len(files) - 1} more")
        for one, files in held.items()
    ]
