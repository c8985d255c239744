"""The C compiler of this machine, and what it is called with."""

from __future__ import annotations

import importlib.util
import os
import platform
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

Accuracy = Literal["fast", "strict"]
COMMON = ("-std=c99", "-O3", "-shared", "-fPIC", "-fno-math-errno", "-fno-trapping-math")
SECONDS = 120


class CompilerMissingError(RuntimeError):
    """No C compiler was found, or the one that was named does not work."""


@dataclass(frozen=True, kw_only=True)
class Compiler:
    """A C compiler.

    Attributes
    ----------
    command
        What starts it.
    version
        The first line it says of itself, and the processor it compiles for.
    has_vector_libm
        Whether loops may call glibc's vector functions.
    has_openmp
        Whether it brings the library that OpenMP's threads need; that of ``ziglang`` does not.
    """

    command: tuple[str, ...]
    version: str
    has_vector_libm: bool
    has_openmp: bool = False

    def flags(self, accuracy: Accuracy) -> tuple[str, ...]:
        """Its options: scalar functions in strict order, or vector functions where there are any."""
        if accuracy == "strict" or not self.has_vector_libm:
            return (*COMMON, "-ffp-contract=off", "-march=native")
        return (
            *COMMON,
            "-ffp-contract=fast",
            "-march=native",
            "-mprefer-vector-width=512",
            "-fopenmp-simd",
            "-DVECTOR_LIBM",
        )

    def libraries(self, accuracy: Accuracy) -> tuple[str, ...]:
        """What is linked."""
        return ("-lmvec", "-lm") if accuracy == "fast" and self.has_vector_libm else ("-lm",)

    def options(self, accuracy: Accuracy, threads: int) -> tuple[str, ...]:
        """All it is called with but the files."""
        shared = ("-fopenmp",) if threads > 1 else ()
        return (*self.flags(accuracy), *shared, *self.libraries(accuracy))

    def compile(self, source: Path, target: Path, accuracy: Accuracy, threads: int = 1) -> None:
        """Make a shared object.

        Raises
        ------
        CompilerMissingError
            If the compiler fails; with what it said.
        """
        command = [*self.command, "-o", str(target), str(source), *self.options(accuracy, threads)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
        if done.returncode:
            raise CompilerMissingError(
                f"expected {shlex.join(self.command)} to compile the generated C; it ended with {done.returncode}: "
                f"{done.stderr.strip()[:500]}. Name another compiler in CC, or use backend='numpy'"
            )


def compiler() -> Compiler:
    """The compiler that CC names, else the system's, else the one of the package ``ziglang``.

    Raises
    ------
    CompilerMissingError
        If there is none; with what could be done.
    """
    return _found(os.environ.get("CC", ""), os.environ.get("PATH", ""))


@lru_cache(maxsize=8)
def _found(named: str, path: str) -> Compiler:
    if named:
        command = tuple(shlex.split(named))
        if not command or shutil.which(command[0], path=path) is None:
            raise CompilerMissingError(
                f"expected a C compiler in CC; found no program {named!r}: correct CC, unset it, or use backend='numpy'"
            )
        return _described(command)
    for name in ("cc", "gcc", "clang"):
        if shutil.which(name, path=path):
            return _described((name,))
    if importlib.util.find_spec("ziglang"):
        return _described((sys.executable, "-m", "ziglang", "cc"))
    raise CompilerMissingError(
        "found no C compiler (looked for CC, cc, gcc, clang and the package ziglang): install one, for instance with "
        "pip install ziglang, or use backend='numpy'"
    )


def _described(command: tuple[str, ...]) -> Compiler:
    try:
        said = subprocess.run(
            [*command, "--version"], capture_output=True, text=True, timeout=SECONDS, check=True
        ).stdout
    except (OSError, subprocess.SubprocessError) as error:
        raise CompilerMissingError(
            f"expected {shlex.join(command)} to be a C compiler; asked for its version it failed: {error}"
        ) from error
    version = said.splitlines()[0] if said else ""
    is_gcc = "Free Software Foundation" in said
    libc, release = platform.libc_ver()
    new_enough = libc == "glibc" and tuple(int(n) for n in release.split(".")[:2]) >= (2, 35)
    vector = is_gcc and new_enough and platform.machine() == "x86_64"
    return Compiler(command=command, version=f"{version}; {_processor()}", has_vector_libm=vector, has_openmp=is_gcc)


@lru_cache(maxsize=1)
def _processor() -> str:
    """What -march=native depends on: the instructions of this processor."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return f"{platform.machine()} {platform.processor()}"
    return next(
        (" ".join(sorted(line.split(":")[1].split())) for line in lines if line.startswith("flags")), platform.machine()
    )
