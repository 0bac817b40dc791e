"""The start script keeps to the grammar Python 2.7 and 3 share, so that an old Python answers with a sentence."""

import ast
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.house.tree import ROOT, parsed

NEWER: tuple[type[ast.AST], ...] = (
    ast.AnnAssign,
    ast.AsyncFor,
    ast.AsyncFunctionDef,
    ast.AsyncWith,
    ast.Await,
    ast.JoinedStr,
    ast.Match,
)
NEWER += (ast.MatMult, ast.NamedExpr, ast.Nonlocal, ast.TryStar, ast.YieldFrom)
ON_EVERY_PYTHON = {"__future__", "glob", "hashlib", "os", "shutil", "subprocess", "sys", "tempfile", "time"}


def _is_too_new(node: ast.AST) -> bool:
    """Whether Python 2.7 or 3.4 cannot parse this."""
    match node:
        case ast.FunctionDef(args=args):
            own = [*args.args, *args.posonlyargs, *args.kwonlyargs]
            annotated = any(one.annotation for one in own) or node.returns is not None
            return annotated or bool(args.kwonlyargs or args.posonlyargs)
        case ast.Raise(cause=cause):
            return cause is not None
        case ast.List(elts=items) | ast.Tuple(elts=items) | ast.Set(elts=items):
            return any(isinstance(one, ast.Starred) for one in items)
        case ast.Call(args=items):
            return any(isinstance(one, ast.Starred) for one in items[:-1])
        case ast.Dict(keys=keys):
            return None in keys
    return isinstance(node, NEWER)


def _too_new(tree: ast.Module) -> list[str]:
    return [ast.unparse(node) for node in ast.walk(tree) if _is_too_new(node)]


def _old_pythons() -> list[str]:
    """Every Python below 3.11 on this machine that starts."""
    names = ["2.7", *(f"3.{minor}" for minor in range(4, 11))]
    kept = [
        str(path)
        for path in Path.home().glob(".pyenv/versions/*/bin/python")
        if path.parts[-3].startswith(tuple(names))
    ]
    found = [path for name in names if (path := shutil.which(f"python{name}"))]
    probe = "import sys; sys.exit(not sys.version_info < (3, 11))"
    return [
        path
        for path in dict.fromkeys([*kept, *found])
        if subprocess.run([path, "-c", probe], capture_output=True, check=False).returncode == 0
    ]


def test_the_start_script_parses_on_old_pythons() -> None:
    assert _too_new(parsed(Path("dev.py"))) == []
    assert (ROOT / "dev.py").read_bytes().isascii()


@pytest.mark.parametrize(
    "line", ["f'{a}'", "a: int = 1", "def a(b: int): pass", "def a(*, b): pass", "[*a]", "(a := 1)", "raise A from b"]
)
def test_newer_grammar_is_caught(line: str) -> None:
    assert _too_new(ast.parse(line))


def test_the_start_script_imports_at_the_top_what_every_python_has() -> None:
    names = {
        name
        for node in parsed(Path("dev.py")).body
        for name in (
            [alias.name for alias in node.names] if isinstance(node, ast.Import)
            else [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        )
    }  # fmt: skip
    assert names <= ON_EVERY_PYTHON


def test_an_old_python_that_finds_no_newer_one_says_so(tmp_path: Path) -> None:
    old = _old_pythons()
    if not old:
        pytest.skip("no Python below 3.11 on this machine")
    shutil.copy(ROOT / "dev.py", tmp_path)
    alone = {"HOME": str(tmp_path), "PATH": str(tmp_path), "PYENV_ROOT": str(tmp_path)}
    for python in old:
        command = [python, str(tmp_path / "dev.py"), "run"]
        answer = subprocess.run(command, capture_output=True, text=True, env=alone, check=False)
        assert answer.returncode == 2, python
        assert "needs Python 3.11, 3.12 or 3.13" in answer.stderr
        assert "Traceback" not in answer.stderr
