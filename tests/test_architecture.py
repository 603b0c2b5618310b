"""The direction of imports (index <- rag <- eval <- ui) and what a command may not import."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ORDER = ("index", "rag", "eval", "ui")


def imported_packages(file: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names.add(node.module.split(".")[0])
    return names & set(ORDER)


@pytest.mark.parametrize("package", ORDER)
def test_nothing_imports_from_the_right(package: str) -> None:
    right = set(ORDER[ORDER.index(package) + 1 :])
    files = sorted((ROOT / package).rglob("*.py"))
    assert files
    assert {str(f.relative_to(ROOT)): imported_packages(f) & right for f in files if imported_packages(f) & right} == {}


def test_the_product_does_not_import_training_code() -> None:
    product = [f for package in ORDER for f in (ROOT / package).rglob("*.py") if "train" not in f.relative_to(ROOT).parts]
    guilty = [f.name for f in product if "index.train" in f.read_text("utf-8") or "from rag.train" in f.read_text("utf-8")]
    assert guilty == []


def modules_after(code: str) -> set[str]:
    script = f"import sys\ntry:\n    {code}\nexcept SystemExit:\n    pass\nprint('\\n'.join(sys.modules))"
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(result.stdout.split())


def test_help_imports_nothing_heavy() -> None:
    loaded = modules_after("from ui.cli import main; main(['--help'])")
    assert "ui.cli" in loaded
    assert loaded & {"torch", "faiss", "langchain", "streamlit", "numpy", "tantivy", "pandas", "transformers"} == set()


def test_the_ui_package_itself_imports_nothing() -> None:
    assert (ROOT / "ui" / "__init__.py").read_text(encoding="utf-8").strip() == ""


def test_no_file_in_ui_is_called_after_a_package_or_a_standard_module() -> None:
    names = {file.stem for file in (ROOT / "ui").glob("*.py")}
    assert names & (set(ORDER) | set(sys.stdlib_module_names)) == set()
