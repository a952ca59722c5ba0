"""Compile the model ahead of use."""

from experiments.commands.options import Speech
from experiments.commands.terminal import compile_first

__all__ = ["prepare"]


def prepare(language: Speech = None) -> None:
    """Compile the model ahead of use (预先编译模型)."""
    from experiments.language import chosen_language

    compile_first(chosen_language(language))
