"""A software bill of materials: what builds the site, and which scripts and styles go out to browsers (CycloneDX 1.6, JSON).

The packages that build are those of the lock file, with its hashes; their licences are what the installed packages say of
themselves. What goes out to browsers is read off the theme. The same files and the same environment give the same bytes: there is
no time in it, and its serial number is made of its content.
"""

import base64
import hashlib
import importlib.metadata
import json
import tomllib
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, Property, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.license import License
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from register.inventory.locks import LockedPackage, read_lock

NAME = "sbom.cdx.json"  # the ending by which CycloneDX documents are known
_LOCK = "requirements.txt"
_SCRIPTS = Path("theme", "assets")
_SCRIPTS_LOCK = Path("tests", "browser", "package-lock.json")  # a test holds the theme's copies against these packages
_GO_OUT = (".js", ".css", ".woff", ".woff2")
_SAYS_LICENCE = ("License-Expression", "License")  # PEP 639's field, and the one before it
_LONGEST_LICENCE = 60  # characters: what is longer is a licence's text, not its name


def sbom(project: Path) -> str:
    """Return the bill of materials of a project as JSON.

    Args:
        project: the folder with ``pyproject.toml``, the lock files and ``theme/``.

    Raises:
        OSError: one of these cannot be read.
    """
    about = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    whole = Component(
        type=ComponentType.APPLICATION,
        name=about["name"],
        version=about["version"],
        description=about["description"],
        licenses=[LicenseFactory().make_from_string(about["license"])],
        bom_ref=about["name"],
    )
    packages = {package.name: package for package in read_lock((project / _LOCK).read_text(encoding="utf-8")).packages}
    builds = {name: _package(package) for name, package in packages.items()}
    ships = [*_vendored(project), *_own_files(project)]
    bom = Bom(components=[*builds.values(), *ships])
    bom.metadata.component = whole
    for name, component in {**builds, whole.name: whole}.items():
        needs = [builds[other.name] for other in packages.values() if name in other.needed_by]
        bom.register_dependency(component, needs + (ships if component is whole else []))
    return _same_every_time(bom)


def _package(package: LockedPackage) -> Component:
    """A package that builds, with the hashes of all files that may be installed of it."""
    files = ExternalReference(
        type=ExternalReferenceType.DISTRIBUTION,
        url=XsUri(f"https://pypi.org/simple/{package.name}/"),
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=content) for content in package.sha256],
    )
    purl = PackageURL("pypi", name=package.name, version=package.version)
    return Component(
        type=ComponentType.LIBRARY,
        name=package.name,
        version=package.version,
        scope=ComponentScope.OPTIONAL if package.marker else ComponentScope.REQUIRED,
        licenses=list(_licences(package)),
        purl=purl,
        bom_ref=purl.to_string(),
        external_references=[files],
        properties=[*_part("builds the site"), *(_marker(package) if package.marker else [])],
    )


def _licences(package: LockedPackage) -> Iterator[License]:
    """What the installed package says of its licence, if it is installed in the locked version and says anything."""
    try:
        installed = importlib.metadata.metadata(package.name)
    except importlib.metadata.PackageNotFoundError:
        return
    if installed["Version"] != package.version:
        return
    stated = next((text for name in _SAYS_LICENCE for text in installed.get_all(name) or [] if text != "UNKNOWN"), "")
    classified = [text for text in installed.get_all("Classifier") or [] if text.startswith("License :: ")]
    if stated and len(stated) <= _LONGEST_LICENCE and "\n" not in stated:
        yield LicenseFactory().make_from_string(stated)
    else:
        yield from (LicenseFactory().make_with_name(text.rpartition(" :: ")[2]) for text in sorted(set(classified)))


def _vendored(project: Path) -> Iterator[Component]:
    """The scripts of others that the theme holds: each folder is an npm package."""
    locked = json.loads((project / _SCRIPTS_LOCK).read_text(encoding="utf-8"))["packages"]
    for folder in sorted(path for path in (project / _SCRIPTS).iterdir() if path.is_dir()):
        package = locked[f"node_modules/{folder.name}"]
        purl = PackageURL("npm", name=folder.name, version=package["version"])
        yield Component(
            type=ComponentType.LIBRARY,
            name=folder.name,
            version=package["version"],
            scope=ComponentScope.REQUIRED,
            licenses=[LicenseFactory().make_from_string(package["license"])],
            purl=purl,
            bom_ref=purl.to_string(),
            components=[_file(path, project) for path in _going_out(folder)],
            hashes=[_integrity(package["integrity"])],
            properties=_part("goes out to browsers"),
        )


def _integrity(text: str) -> HashType:
    """An npm package's digest (W3C, Subresource Integrity) as CycloneDX writes one."""
    return HashType(alg=HashAlgorithm.SHA_512, content=base64.b64decode(text.removeprefix("sha512-")).hex())


def _own_files(project: Path) -> Iterator[Component]:
    yield from (_file(path, project) for path in _going_out(project / _SCRIPTS))


def _going_out(folder: Path) -> list[Path]:
    """The scripts, styles and fonts in a folder, those in folders below it left out."""
    return sorted(path for path in folder.iterdir() if path.suffix in _GO_OUT)


def _file(path: Path, project: Path) -> Component:
    """A file as it stands in the theme; the build takes comments and spaces out of some."""
    name = path.relative_to(project).as_posix()
    content = hashlib.sha256(path.read_bytes()).hexdigest()
    return Component(
        type=ComponentType.FILE,
        name=name,
        bom_ref=f"file:{name}",
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=content)],
        properties=_part("goes out to browsers"),
    )


def _part(part: str) -> list[Property]:
    return [Property(name="register:part", value=part)]


def _marker(package: LockedPackage) -> list[Property]:
    return [Property(name="register:only-where", value=str(package.marker))]


def _same_every_time(bom: Bom) -> str:
    """The document without a time, and with a serial number that is made of all else."""
    held: dict[str, Any] = json.loads(JsonV1Dot6(bom).output_as_string())
    del held["metadata"]["timestamp"], held["serialNumber"]
    content = json.dumps(held, sort_keys=True)
    held["serialNumber"] = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, content)}"
    return json.dumps(held, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
