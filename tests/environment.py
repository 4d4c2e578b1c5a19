"""What is in the environment before Django reads its settings: nothing of the developer's own machine."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# Each process of a test run has its own data directory, made before the settings are read and removed after;
# those of xdist's workers lie in their parent's, which outlives them.
_parent = os.environ["DATA_DIR"] if "PYTEST_XDIST_WORKER" in os.environ else None
DATA_DIR = Path(tempfile.mkdtemp(prefix="kvalitet-tests-", dir=_parent))
atexit.register(shutil.rmtree, DATA_DIR, ignore_errors=True)
(DATA_DIR / "static").mkdir()

# DATABASE_URL may name a PostgreSQL server; a developer's own SQLite file is never touched.
_database = os.environ.get("DATABASE_URL", "")
if not _database.startswith(("postgres:", "postgresql:", "psql:")):
    _database = f"sqlite:///{DATA_DIR}/db.sqlite3"

# A set variable wins over a developer's .env file, so every switch that would change a test is set here.
os.environ.update(
    {
        "DATA_DIR": str(DATA_DIR),
        "DATABASE_URL": _database,
        "TESTING": "true",
        "PRODUCTION": "false",
        "DEBUG": "false",
        "BASE_URL": "http://localhost:8000",
        "EMAIL_URL": "memorymail://",
        # Playwright's synchronous interface keeps an event loop in the thread that asks the database.
        "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
        # A test never speaks through a proxy: its traffic stays on loopback.
        "NO_PROXY": "localhost,127.0.0.1,::1",
    }
)
