"""A main window with nothing in it, which leaves once it was painted: the measure of the product's size and start."""

import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

application = QApplication(sys.argv[:1])
window = QMainWindow()
window.show()
window.repaint()
QTimer.singleShot(0, window.close)
sys.exit(application.exec())
