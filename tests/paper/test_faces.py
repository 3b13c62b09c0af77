"""Fonts of the standard, or their relatives; widths that do not depend on which."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from zhenggai_desktop.domain.layout import GUOBIAO, PROFILES
from zhenggai_desktop.paper.faces import Faces, Role, family_for


def test_a_missing_font_is_named_with_what_stands_in_for_it(qapp: QApplication) -> None:
    faces = Faces(GUOBIAO)
    for name, family in faces.substitutions.items():
        assert not QFontDatabase.hasFamily(name)
        assert QFontDatabase.hasFamily(family)


def test_a_font_that_is_there_stands_for_itself(qapp: QApplication) -> None:
    family = QFontDatabase.families()[0]
    assert family_for(family) == family


@pytest.mark.parametrize("sign", "国“”——…·，℃①")
def test_chinese_signs_are_as_wide_as_the_type_is_large(qapp: QApplication, sign: str) -> None:
    assert Faces(GUOBIAO).face(Role.BODY).advance(sign) == pytest.approx(15.75)


def test_digits_may_have_a_font_of_their_own(qapp: QApplication) -> None:
    faces = Faces(PROFILES[1])
    assert faces.face(Role.BODY, latin=True) is not faces.face(Role.BODY)
    assert faces.face(Role.NUMBER, latin=True) is faces.face(Role.NUMBER)
