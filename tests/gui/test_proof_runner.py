"""The proofreader's thread and a window that closes under it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

CLOSING = """
import os, random, sys, threading
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from zhenggai_desktop.gui.proof.runner import Runner

application = QCoreApplication([])
sys.setswitchinterval(1e-6)
for at in range(600):
    window = QObject()
    for _ in range(4):
        Runner(window).begin(lambda stopped: [stopped() for _ in range(random.randrange(3))])
    for _ in range(random.randrange(40)):
        pass
    window.deleteLater()
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if at % 50 == 0:
        application.processEvents()
for thread in threading.enumerate():
    if thread is not threading.current_thread():
        thread.join()
print("alive", flush=True)
os._exit(0)
"""


def test_a_window_may_go_while_its_proofreader_speaks(root: Path) -> None:
    """In a process of its own: it died of this."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", CLOSING]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stdout.strip()) == (0, "alive"), done.stderr[-2000:]
