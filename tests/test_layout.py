"""Who may import whom, where each heavy library lives, and what waits until it is needed."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("prompts", "index", "bot", "bench", "tests")
FILES = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))]
PRODUCT = [path for path in FILES if path.relative_to(ROOT).parts[0] in {"prompts", "index", "bot"}]

# Whom each folder may import, beside libraries.
MAY_IMPORT = {
    "prompts": set[str](),
    "index": {"index"},
    "bot": {"bot", "index", "prompts"},
    "bench": {"bench", "bot", "index", "prompts"},
    "tests": {"tests", "bench", "bot", "index", "prompts"},
}

# The one home of a library that takes long to import or may one day be replaced.
HOMES = {
    "chromadb": {"index/vectors.py"},
    "sentence_transformers": {"index/embeddings.py", "index/reranker.py"},
    "transformers": {"index/embeddings.py"},  # to switch its progress bar off
    "onnxruntime": {"index/packaged_reranker.py"},
    "safetensors": {"index/packaged_reranker.py"},
    "tokenizers": {"index/packaged_reranker.py"},
    "torch": {"index/reranker.py"},  # to take half the bits; elsewhere it stays hidden
    "gradio": {"bot/chat_page.py"},
    "sklearn": set[str](),  # only bench trains anything
}

# These take a second or more to import, so a function that needs one may import it.
HEAVY = {
    *("chromadb", "sentence_transformers", "transformers", "torch", "gradio", "sklearn"),
    *("langchain", "langchain_core", "onnxruntime", "safetensors", "tokenizers"),
}
# These may import anything inside functions.
DEFERRING = {"bot/__main__.py": "--help must be there at once, whatever a command needs"}

NOT_AT_IMPORT = {"TYPE_CHECKING", "__name__ == '__main__'"}

LONGEST = 400  # lines
LONG_FOR_A_REASON = {
    "bot/chat_page.py": "the page's layout and its events read best side by side",
    "tests/test_page.py": "every promise of the page, in one browser",
    "tests/test_store.py": "every promise of an index folder",
}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def modules(node: ast.AST) -> list[str]:
    """The modules that an import statement names."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        assert node.level == 0, "imports are absolute"
        return [node.module or ""]
    return []


def imports(path: Path) -> set[str]:
    return {module for node in ast.walk(tree(path)) for module in modules(node)}


def top(module: str) -> str:
    return module.partition(".")[0]


def at_import(node: ast.AST) -> Iterator[ast.AST]:
    """What runs when a module is imported: not the functions, not what only types need."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(child, ast.If) and ast.unparse(child.test) in NOT_AT_IMPORT:
            continue
        yield child
        yield from at_import(child)


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_folder_imports_only_what_lies_below_it(path: Path) -> None:
    folder = path.relative_to(ROOT).parts[0]
    ours = {top(module) for module in imports(path)} & set(FOLDERS)
    assert ours <= MAY_IMPORT[folder]
    if folder == "prompts":
        assert {top(module) for module in imports(path)} <= sys.stdlib_module_names


@pytest.mark.parametrize("path", PRODUCT, ids=name)
def test_a_heavy_library_has_one_home(path: Path) -> None:
    for module in imports(path):
        if top(module) in HOMES:
            assert name(path) in HOMES[top(module)], f"{module} lives in {HOMES[top(module)]}"


# The benches and the tests run other programs, whose environment they must make.
@pytest.mark.parametrize("path", PRODUCT, ids=name)
def test_only_the_settings_read_the_environment(path: Path) -> None:
    reads = {"environ", "environb", "getenv", "getenvb", "putenv", "expandvars"}
    words = {node.attr for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute)}
    named = {
        alias.name
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and node.module == "os"
        for alias in node.names
    }
    assert name(path) == "bot/settings.py" or not (words | named) & reads


@pytest.mark.parametrize("path", PRODUCT, ids=name)
def test_only_heavy_libraries_are_imported_within_functions(path: Path) -> None:
    for function in ast.walk(tree(path)):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for node in ast.walk(function):
            for module in modules(node):
                allowed = name(path) in DEFERRING or top(module) in HEAVY
                assert allowed, f"line {function.lineno} imports {module}"


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_long_module_says_why(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST or name(path) in LONG_FOR_A_REASON


def test_every_exception_is_still_needed() -> None:
    for listed in (*LONG_FOR_A_REASON, *DEFERRING):
        assert (ROOT / listed).is_file()


def test_no_module_needs_itself() -> None:
    known = {name(path).removesuffix(".py").replace("/", "."): path for path in FILES}
    needs = {
        module: {each for each in imports(path) if each in known} for module, path in known.items()
    }
    done: set[str] = set()

    def visit(module: str, above: tuple[str, ...]) -> None:
        assert module not in above, f"{' imports '.join((*above, module))}"
        if module not in done:
            for needed in sorted(needs[module]):
                visit(needed, (*above, module))
            done.add(module)

    for module in needs:
        visit(module, ())


@pytest.mark.parametrize("path", PRODUCT, ids=name)
def test_nothing_is_done_at_import(path: Path) -> None:
    """No file is read or written, nothing is printed, loaded or run."""
    forbidden = {"open", "print", "read_text", "read_bytes", "write_text", "mkdir", "load", "run"}
    for node in at_import(tree(path)):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func).rpartition(".")[2]
            assert called not in forbidden, f"line {node.lineno} calls {called}"


def test_help_imports_nothing_heavy() -> None:
    program = (
        "import runpy, sys\n"
        "sys.argv = ['bot', '--help']\n"
        "try:\n"
        "    runpy.run_module('bot', run_name='__main__')\n"
        "except SystemExit as ended:\n"
        "    print(ended.code, *sorted({m.partition('.')[0] for m in sys.modules}))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    code, *loaded = done.stdout.splitlines()[-1].split()
    assert code == "0"
    assert "typer" in loaded
    assert not {*HEAVY, "numpy", "pydantic"} & set(loaded)
