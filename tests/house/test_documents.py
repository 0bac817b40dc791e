"""The PDF library is imported by the documents alone, and by them only when one is made."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import PRODUCT, ROOT, imports, parsed, python_files

HEAVY = ("reportlab", "bidi", "arabic_reshaper", "jinja2", "docx", "docxtpl", "PIL", "pypdfium2")
"""What documents need and no window's start does."""
HOME = Path("callstation/documents")


def _at_the_top(tree: ast.Module) -> list[str]:
    """What a module imports when it is imported itself."""
    found = []
    for node in tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            found += [name for name, _ in imports(ast.Module([node], []))]
    return found


def test_only_the_documents_know_the_pdf_library() -> None:
    found = [
        f"{path}:{line}"
        for path in python_files(*PRODUCT)
        for name, line in imports(parsed(path))
        if name.split(".")[0] == "reportlab" and not path.is_relative_to(HOME)
    ]
    assert found == []


@pytest.mark.parametrize("library", HEAVY)
def test_no_module_imports_what_a_document_needs_before_one_is_made(library: str) -> None:
    found = [
        str(path)
        for path in python_files(*PRODUCT)
        if any(name.split(".")[0] == library for name in _at_the_top(parsed(path)))
    ]
    assert found == []


def test_importing_every_module_of_the_documents_imports_none_of_it() -> None:
    names = [".".join(path.with_suffix("").parts) for path in python_files("callstation") if path.is_relative_to(HOME)]
    program = "import sys, importlib\n" + "".join(f"importlib.import_module({name!r})\n" for name in names)
    program += f"print(sorted(set(sys.modules) & {set(HEAVY)!r}))"
    told = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_an_import_at_the_top_is_caught() -> None:
    assert _at_the_top(ast.parse("from reportlab.pdfgen import canvas\n"))[0].split(".")[0] == "reportlab"
    assert _at_the_top(ast.parse("def made():\n    import reportlab\n")) == []
