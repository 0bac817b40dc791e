# -*- coding: ascii -*-
"""Start, check, measure and package Callstation on a machine that has only a Python: `python3 dev.py run`.

Standard library only, and written in the grammar that Python 2.7 and 3 share, so that an old Python
gets a sentence and not a SyntaxError. Everything it makes lies in `.venv*`, `out`, `build` and `dist`.
"""

from __future__ import print_function

import glob
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(ROOT, ".venv")
BENCH_VENV = os.path.join(ROOT, ".venv-bench")
LOCK = "requirements.lock"
OLDEST, NEWEST = (3, 11), (3, 13)
PUBLIC_INDEX = ("https://pypi.org/", "https://files.pythonhosted.org/")

USAGE = """\
python3 dev.py run [--data DIR]  start Callstation; without a display, play a day and save pictures of it
python3 dev.py check             style, types, import contracts, unused dependencies, tests
python3 dev.py test [...]        the tests alone; all that follows goes to pytest
python3 dev.py bench [...]       the performance goals, measured side by side
python3 dev.py package           the program for this platform in dist/, and its own self-test
python3 dev.py lock              renew the locked dependencies (needs uv)
On Windows type `py dev.py` in place of `python3 dev.py`. The first start builds .venv and takes a minute."""

PROBE = "import sys; v = sys.version_info[:2]; print('%d.%d %s' % (v[0], v[1], sys.executable))"

# Debian packages that do not bear their library's name (Debian Policy 8.1), of those Qt may miss.
ODD_PACKAGES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libz.so.1": "zlib1g",
}


class Stop(Exception):
    """What went wrong and what to do next, in one sentence for the person at the keyboard."""


def main(arguments):
    # type: (list[str]) -> int
    """Run one command of USAGE; the exit code, 2 for a wrong command or a machine that lacks something."""
    commands = {"run": run, "check": check, "test": test, "bench": bench, "package": package, "lock": lock}
    if not arguments or arguments[0] not in commands:
        print(USAGE)
        return 0 if arguments and arguments[0] in ("-h", "--help", "help") else 2
    try:
        if not OLDEST <= sys.version_info[:2] <= NEWEST:
            return again_with(find_python(), arguments)
        return commands[arguments[0]](arguments[1:])
    except Stop as stop:
        sys.stdout.flush()
        print("dev.py: %s" % stop, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def find_python():
    # type: () -> str
    """The path of a Python this product runs on; Stop with a sentence when the machine has none."""
    for command in candidates():
        try:
            with open(os.devnull, "w") as nothing:
                answer = subprocess.check_output(command + ["-c", PROBE], stderr=nothing).decode()
        except (OSError, subprocess.CalledProcessError):
            continue
        version, _, path = answer.strip().partition(" ")
        if OLDEST <= tuple(int(part) for part in version.split(".")) <= NEWEST:
            return path
    raise Stop(
        "Callstation needs Python 3.11, 3.12 or 3.13, and this machine has only %d.%d. Install one from "
        "https://www.python.org/downloads/ (Debian, Ubuntu: sudo apt install python3 python3-venv) and type "
        "the same command again." % sys.version_info[:2]
    )


def candidates():
    # type: () -> list[list[str]]
    """Commands that may start a new enough Python, the likeliest first."""
    names = ["3.%d" % minor for minor in range(NEWEST[1], OLDEST[1] - 1, -1)]
    found = [["py", "-" + name] for name in names] if os.name == "nt" else []
    found += [["python" + name] for name in names] + [["python3"], ["python"]]
    for pattern in (
        os.environ.get("PYENV_ROOT", "~/.pyenv") + "/versions/3.*/bin/python3",
        "~/.local/share/uv/python/*/bin/python3",
        "/Library/Frameworks/Python.framework/Versions/3.*/bin/python3",
        "/opt/homebrew/bin/python3.*",
        "/usr/local/bin/python3.*",
    ):
        found += [[path] for path in sorted(glob.glob(os.path.expanduser(pattern)), reverse=True)]
    return found


def again_with(python, arguments):
    # type: (str, list[str]) -> int
    """This file once more, under a newer Python."""
    return subprocess.call([python, os.path.abspath(__file__)] + arguments)


def python_of(venv):
    # type: (str) -> str
    """Where a virtual environment keeps its Python."""
    return os.path.join(venv, *(["Scripts", "python.exe"] if os.name == "nt" else ["bin", "python"]))


def ensure(venv, lock_name):
    # type: (str, str) -> str
    """Make `venv` hold what the lock names, every file checked by its hash; at once when it does already."""
    with open(os.path.join(ROOT, lock_name), "rb") as file:
        wanted = hashlib.sha256(file.read()).hexdigest()
    stamp = os.path.join(venv, lock_name + ".sha256")
    python = python_of(venv)
    if os.path.exists(python) and read(stamp) == wanted:
        return python
    started_at = time.time()
    uv = shutil.which("uv")
    new_enough = "import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))"
    if os.path.exists(python) and subprocess.call([python, "-c", new_enough]):
        shutil.rmtree(venv)
    if not os.path.exists(python):
        print("Making %s with Python %s ..." % (os.path.basename(venv), sys.version.split()[0]), flush=True)
        create(venv, uv)
    print("Installing what %s names (this once) ..." % lock_name, flush=True)
    # Not started in ROOT: there uv would read the floors of pyproject.toml, which bear no hashes, and refuse.
    command = installer(python, uv) + ["--require-hashes", "-r", os.path.join(ROOT, lock_name)]
    if subprocess.call(command, cwd=tempfile.gettempdir()):
        raise Stop(
            "installing what %s names failed, see above. Check the connection to the package index (behind a "
            "proxy: set HTTPS_PROXY and PIP_CERT) and type the same command again." % lock_name
        )
    with open(stamp, "w") as text:
        text.write(wanted)
    print("Ready in %.0f s." % (time.time() - started_at), flush=True)
    return python


def create(venv, uv):
    # type: (str, str | None) -> None
    """A new virtual environment, also on a Python without `ensurepip`, as Debian ships it."""
    if uv:
        command = [uv, "venv", "--quiet", "--python", sys.executable, venv]
    elif has_module("ensurepip"):
        command = [sys.executable, "-m", "venv", venv]
    elif has_module("pip"):
        command = [sys.executable, "-m", "venv", "--without-pip", venv]
    else:
        package_name = "python%d.%d-venv" % sys.version_info[:2]
        install_packages([package_name], "Python here has neither pip nor ensurepip")
        create(venv, uv)
        return
    if subprocess.call(command):
        shutil.rmtree(venv, ignore_errors=True)
        raise Stop("making %s failed, see above. Is the disk full, or the folder read-only?" % venv)


def installer(python, uv):
    # type: (str, str | None) -> list[str]
    """The command that installs into the environment of `python`: uv, its own pip, or the pip outside."""
    if uv:
        return [uv, "pip", "install", "--quiet", "--python", python]
    nothing = subprocess.DEVNULL
    has_own = subprocess.call([python, "-m", "pip", "--version"], stdout=nothing, stderr=nothing) == 0
    pip = [python, "-m", "pip"] if has_own else [sys.executable, "-m", "pip", "--python", python]
    return pip + ["install", "--quiet", "--disable-pip-version-check"]


def has_module(name):
    # type: (str) -> bool
    """Whether this Python has the module, asked afresh, since a package may just have been installed."""
    import importlib.util

    importlib.invalidate_caches()
    return importlib.util.find_spec(name) is not None


def read(path):
    # type: (str) -> str
    """A file's text, empty when there is none."""
    if not os.path.exists(path):
        return ""
    with open(path) as file:
        return file.read()


def has_display():
    # type: () -> bool
    """Whether a window can be seen here."""
    if not sys.platform.startswith("linux"):
        return True
    is_blind = os.environ.get("QT_QPA_PLATFORM", "offscreen") in ("offscreen", "minimal")
    return not is_blind or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def ensure_qt_libraries(python, is_windowed):
    # type: (str, bool) -> None
    """Install the libraries Qt misses on a Debian or Ubuntu when root, else Stop with the line to type."""
    plugins = ["offscreen"]
    if is_windowed:
        plugins += ["wayland"] if os.environ.get("WAYLAND_DISPLAY") else []
        plugins += ["xcb"] if os.environ.get("DISPLAY") else []
    stamp = os.path.join(os.path.dirname(python), "qt-%s.ok" % "-".join(plugins))
    if not sys.platform.startswith("linux") or os.path.exists(stamp):
        return
    missing = missing_libraries(python, plugins)
    packages = sorted({package_of(name) for name in missing})
    if not any(files for _, _, files in os.walk("/usr/share/fonts")):
        packages += ["fonts-dejavu-core"]
    if missing and not shutil.which("apt-get"):
        raise Stop("Qt needs %s. Install them with this system's package manager." % ", ".join(missing))
    if packages and (missing or os.geteuid() == 0):
        install_packages(packages, "Qt misses " + (", ".join(missing) or "a font"))
    missing = missing_libraries(python, plugins)
    if missing:
        hint = "https://doc.qt.io/qt-6/linux-requirements.html"
        raise Stop("Qt still misses %s; see %s" % (", ".join(missing), hint))
    open(stamp, "w").close()


def missing_libraries(python, plugins):
    # type: (str, list[str]) -> list[str]
    """The shared libraries the loader cannot find for the parts of Qt that Callstation uses."""
    where = "import PySide6, os; print(os.path.join(os.path.dirname(PySide6.__file__), 'Qt'))"
    qt = subprocess.check_output([python, "-c", where], text=True).strip()
    parts = ["lib/libQt6%s.so.6" % name for name in ("Core", "Gui", "Widgets", "DBus", "Network")]
    missing = set()
    for part in parts + ["plugins/platforms/libq%s.so" % name for name in plugins]:
        told = subprocess.run(["ldd", os.path.join(qt, part)], check=False, capture_output=True, text=True)
        missing |= {line.split()[0] for line in told.stdout.splitlines() if "not found" in line}
    return sorted(missing)


def package_of(library):
    # type: (str) -> str
    """The Debian package of a shared library: libEGL.so.1 is in libegl1, libdbus-1.so.3 in libdbus-1-3."""
    name, _, version = library.lower().replace("_", "-").partition(".so.")
    return ODD_PACKAGES.get(library) or name + ("-" if name[-1].isdigit() else "") + version


def install_packages(packages, reason):
    # type: (list[str], str) -> None
    """Install Debian packages when root; else, or when that fails, Stop with the one line to type."""
    line = "sudo apt-get update && sudo apt-get install -y " + " ".join(packages)
    if not shutil.which("apt-get") or os.geteuid() != 0:
        raise Stop("%s. Type this once, then the same command again:\n\n    %s\n" % (reason, line))
    print("%s: installing %s ..." % (reason, " ".join(packages)), flush=True)
    quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    subprocess.call(["apt-get", "update", "-qq"], env=quiet)
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends"] + packages
    if subprocess.call(command, env=quiet, stdout=subprocess.DEVNULL):
        raise Stop("%s, and apt-get could not install it. Type this to see why:\n\n    %s\n" % (reason, line))


def environment(is_windowed=False):
    # type: (bool) -> dict[str, str]
    """The environment of a child: our packages importable from any folder, and no window unless asked."""
    settings = dict(os.environ, PYTHONPATH=ROOT, PYTHONUTF8="1")
    if not is_windowed:
        settings["QT_QPA_PLATFORM"] = "offscreen"
    return settings


def run(arguments):
    # type: (list[str]) -> int
    """Start the product in the caller's folder; without a display, play the scripted day instead."""
    python = ensure(VENV, LOCK)
    is_windowed = has_display()
    ensure_qt_libraries(python, is_windowed)
    if not is_windowed:
        print("No display here: playing a scripted day on a sample book, pictures in out/day.", flush=True)
        arguments = ["play", "--out", os.path.join(ROOT, "out", "day")]
    return subprocess.call([python, "-P", "-m", "callstation"] + arguments, env=environment(is_windowed))


def check(arguments):
    # type: (list[str]) -> int
    """Every check runs even when one fails; a table of all at the end, then pytest's own closing line."""
    python = ensure(VENV, LOCK)
    ensure_qt_libraries(python, False)
    steps = [
        ("style", ["ruff", "check", "."]),
        ("format", ["ruff", "format", "--check", "--quiet", "."]),
        ("types", ["mypy"]),
        ("contracts", ["lint-imports", "--no-logo"]),
        ("dependencies", ["deptry", "--no-ansi", "."]),
        ("tests", ["pytest", "-q", "-n", "2", "-m", "not long"] + arguments),
    ]
    rows, closing = [], ""
    for name, command in steps:
        print("\n--- %s: %s" % (name, " ".join(command)), flush=True)
        started_at = time.time()
        code, last = echo([os.path.join(os.path.dirname(python), command[0])] + command[1:])
        closing = last if name == "tests" else closing
        rows.append((name, code, time.time() - started_at))
    print()
    for name, code, seconds in rows:
        print("%-14s %-8s %6.1f s" % (name, "FAILED" if code else "ok", seconds))
    print("\n" + closing)
    return 1 if any(code for _, code, _ in rows) else 0


def echo(command):
    # type: (list[str]) -> tuple[int, str]
    """Run a command, showing what it prints as it comes; its exit code and its last line."""
    pipe, same = subprocess.PIPE, subprocess.STDOUT
    child = subprocess.Popen(command, cwd=ROOT, env=environment(), stdout=pipe, stderr=same)
    last = ""
    for line in child.stdout or ():
        sys.stdout.buffer.write(line)
        sys.stdout.flush()
        last = line.decode("utf-8", "replace").strip() or last
    return child.wait(), last


def test(arguments):
    # type: (list[str]) -> int
    """pytest alone, with the caller's arguments."""
    python = ensure(VENV, LOCK)
    ensure_qt_libraries(python, False)
    return subprocess.call([python, "-m", "pytest"] + arguments, cwd=ROOT, env=environment())


def bench(arguments):
    # type: (list[str]) -> int
    """The benchmarks, in an environment of their own: the peer they race brings its own dependencies."""
    python = ensure(BENCH_VENV, "requirements-bench.lock")
    ensure_qt_libraries(python, False)
    return subprocess.call([python, os.path.join("tests", "bench")] + arguments, cwd=ROOT, env=environment())


def package(arguments):
    # type: (list[str]) -> int
    """Build dist/callstation, let it test itself, and see the test fail on a copy without its migrations."""
    ensure(VENV, LOCK)
    python = ensure(VENV, "requirements-package.lock")
    ensure_qt_libraries(python, False)
    command = [python, "-m", "PyInstaller", "callstation.spec", "--noconfirm", "--log-level", "ERROR"]
    if subprocess.call(command + arguments, cwd=ROOT, env=environment()):
        raise Stop("PyInstaller failed, see above.")
    built = os.path.join(ROOT, "dist", "callstation")
    if selftest(built):
        raise Stop("the packaged program in %s fails its own test, see above." % built)
    control = os.path.join(ROOT, "build", "without-migrations")
    shutil.rmtree(control, ignore_errors=True)
    shutil.copytree(built, control, symlinks=True)
    shutil.rmtree(os.path.join(control, "_internal", "db", "migrations"))
    print("Control: the same program without its migrations, which must fail.", flush=True)
    if selftest(control) == 0:
        raise Stop("the self-test passed without db/migrations, so it proves nothing.")
    shutil.rmtree(control)
    size = sum(os.lstat(os.path.join(at, name)).st_size for at, _, names in os.walk(built) for name in names)
    print("dist/callstation works: %.0f MB; the control failed as it must." % (size / 1e6))
    return 0


def selftest(folder):
    # type: (str) -> int
    """The exit code of the packaged program's own test, run elsewhere so that it uses nothing here."""
    program = os.path.join(folder, "callstation.exe" if os.name == "nt" else "callstation")
    settings = dict(os.environ, QT_QPA_PLATFORM="offscreen")
    settings.pop("PYTHONPATH", None)
    return subprocess.call([program, "selftest"], cwd=os.path.expanduser("~"), env=settings)


def lock(arguments):
    # type: (list[str]) -> int
    """Renew uv.lock (with `--upgrade`: to the newest versions) and write the hashed lists pip reads."""
    uv = shutil.which("uv")
    if not uv:
        raise Stop("`lock` needs uv on the PATH: https://docs.astral.sh/uv/getting-started/installation/")
    if subprocess.call([uv, "lock"] + arguments, cwd=ROOT):
        raise Stop("uv could not resolve pyproject.toml, see above.")
    for address in read(os.path.join(ROOT, "uv.lock")).split('"')[1::2]:
        if "://" in address and not address.startswith(PUBLIC_INDEX):
            raise Stop("uv.lock names %s: lock again without a private package index." % address)
    lists = {
        LOCK: [],
        "requirements-package.lock": ["--only-group", "package"],
        "requirements-bench.lock": ["--no-default-groups", "--group", "bench"],
    }  # type: dict[str, list[str]]
    for name, groups in lists.items():
        export = [uv, "export", "--frozen", "--no-emit-project", "--no-header", "--output-file", name]
        if subprocess.call(export + groups, cwd=ROOT, stdout=subprocess.DEVNULL):
            raise Stop("uv could not write %s." % name)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
