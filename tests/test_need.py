"""What a machine lacks: installed where that is possible and wanted, having said so first; else named, with the packages."""

import os
import subprocess
from pathlib import Path

import pytest

from projects import ROOT

WHY = "the tests run in a real browser"


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """Stand-ins for the commands that would change this machine; apt-get writes down how it was called."""
    programs = {
        "id": 'echo "${WHO:-0}"',
        "sudo": 'test "$1" = -n && shift && [ -n "${MAY:-}" ] && exec "$@"',
        "apt-get": f'test -x {tmp_path}/policy-rc.d; echo "forbidden: $?" >> {tmp_path}/services; echo "$@" >> {tmp_path}/asked; if [ -n "${{FAILS:-}}" ]; then echo "no such package"; exit 100; fi',
    }
    for name, script in programs.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / name).chmod(0o755)
    return tmp_path


def need(machine: Path, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        ["sh", str(ROOT / "tools" / "need.sh"), WHY, "Chromium, npm", "chromium", "npm"],
        env={
            **os.environ,
            "PATH": f"{machine}:{os.environ['PATH']}",
            "INSTALL": "1",
            "CI": "",
            "POLICY": str(machine / "policy-rc.d"),
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def asked(machine: Path) -> list[str]:
    path = machine / "asked"
    return path.read_text().splitlines() if path.exists() else []


def test_root_is_told_which_packages_are_installed_and_why_and_gets_them(machine: Path) -> None:
    done = need(machine)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "Installing from Debian, because the tests run in a real browser: chromium npm "
        "(INSTALL=0 installs nothing and says what to install) …\n"
    )
    assert asked(machine) == ["update -qq", "install -y -qq --no-install-recommends chromium npm"]


def test_no_service_is_started_while_packages_are_installed(machine: Path) -> None:
    need(machine)
    assert set((machine / "services").read_text().splitlines()) == {"forbidden: 0"}  # Debian finds what forbids it
    assert not (machine / "policy-rc.d").exists()
    (machine / "policy-rc.d").write_text("#!/bin/sh\n")
    need(machine)
    assert (machine / "policy-rc.d").read_text() == "#!/bin/sh\n", "what was there before stays"


def test_a_runner_of_ci_that_may_become_root_gets_them_and_nobody_else_who_may(machine: Path) -> None:
    done = need(machine, WHO="1000", CI="true", MAY="yes")
    assert (done.returncode, done.stderr) == (0, "")
    assert asked(machine)[-1] == "install -y -qq --no-install-recommends chromium npm"
    assert not (machine / "policy-rc.d").exists()
    for environment in ({"CI": "true"}, {"MAY": "yes"}):
        refused = need(machine, WHO="1000", **environment)
        assert (refused.returncode, refused.stdout) == (1, "")
        assert refused.stderr.startswith("Missing: Chromium, npm (")


def test_with_install_0_nothing_is_installed_and_the_list_is_given(machine: Path) -> None:
    done = need(machine, INSTALL="0")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "Missing: Chromium, npm (the tests run in a real browser). Nothing was installed, because INSTALL=0. "
        "Install, then run make again (on Debian: sudo apt-get install chromium npm)\n"
    )
    assert asked(machine) == []


def test_who_is_not_root_is_told_what_to_install(machine: Path) -> None:
    done = need(machine, WHO="1000")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "Missing: Chromium, npm (the tests run in a real browser). "
        "Install, then run make again (on Debian: sudo apt-get install chromium npm)\n"
    )
    assert asked(machine) == []


def test_a_package_that_cannot_be_installed_is_an_error_with_what_debian_says(machine: Path) -> None:
    done = need(machine, FAILS="yes")
    assert done.returncode == 1
    assert done.stderr == "no such package\nDebian's apt-get could not install: chromium npm\n"


def test_make_hands_its_install_0_on(machine: Path) -> None:
    makefile = "all:\n\t@sh tools/need.sh 'a reason' Chromium chromium\n"
    done = subprocess.run(
        ["make", "--file", "-", "INSTALL=0"],
        cwd=ROOT,
        env={**os.environ, "PATH": f"{machine}:{os.environ['PATH']}"},
        input=makefile,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Nothing was installed, because INSTALL=0." in done.stderr
    assert asked(machine) == []
