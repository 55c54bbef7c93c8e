"""A process of the night is born without Django: what it reads first must not need it."""

import subprocess
import sys

MODULE = "guichet.eservices.temporary_unemployment.office.night_process"


def test_a_new_process_reads_its_module_without_django() -> None:
    code = f"import sys, {MODULE}; sys.exit('django' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
