"""The prompts, as text files beside this one."""

from importlib.resources import files


def load_prompt(name: str) -> str:
    """The text of `prompts/<name>.txt`.

    Raises:
        FileNotFoundError: there is no such prompt.
    """
    return files(__name__).joinpath(f"{name}.txt").read_text(encoding="utf-8").strip()
