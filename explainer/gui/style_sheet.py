"""The style sheet of Qt's own widgets: menus, dialogs, fields. The panels paint themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping

_RULE = re.compile(r"[^{}]+\{[^{}]*\}")
_DECLARATION = re.compile(r"([a-z-]+):([^;{}]+)")
_LENGTH = re.compile(r"(-?\d+)px")

_SHEET = """
QMainWindow, QDialog {{ background: {paper}; }}
QToolTip {{ background: {ink}; color: {paper}; border: 0; padding: 5px 8px; font-size: 12px; }}

QMenuBar {{ background: transparent; color: {text}; spacing: 0; border: 0; }}
QMenuBar::item {{ background: transparent; padding: 6px 12px; border-radius: 7px; }}
QMenuBar::item:selected, QMenuBar::item:pressed {{ background: {accent_tint}; color: {accent}; }}
QMenu {{ background: {paper}; color: {ink}; border: 1px solid {line}; border-radius: 8px; padding: 6px; }}
QMenu::item {{ padding: 5px 28px 5px 28px; border-radius: 5px; }}
QMenu::item:selected {{ background: {accent_tint}; color: {accent}; }}
QMenu::item:disabled {{ color: {off}; background: transparent; }}
QMenu::separator {{ height: 1px; background: {hairline}; margin: 5px 4px; }}
QMenu::indicator {{ width: 16px; height: 16px; left: 7px; }}

QPushButton {{
    background: {paper}; color: {ink}; border: 1px solid {outline}; border-radius: 7px;
    padding: 7px 16px; min-height: 18px;
}}
QPushButton:hover {{ background: {hover}; }}
QPushButton:pressed {{ background: {accent_tint}; }}
QPushButton:focus {{ border: 2px solid {accent}; padding: 6px 15px; }}
QPushButton:default {{ background: {accent}; color: {on_accent}; border: 1px solid {accent}; }}
QPushButton:default:hover {{ background: {accent_hover}; }}
QPushButton:default:focus {{ border: 2px solid {ink}; padding: 6px 15px; }}
QPushButton::menu-indicator {{
    image: url("{arrow}"); width: 12px; height: 12px; subcontrol-origin: padding;
    subcontrol-position: right center; right: 9px;
}}
QPushButton:disabled {{ color: {off}; background: {hover}; border-color: {hairline}; }}

QLineEdit, QPlainTextEdit, QComboBox {{
    background: {paper}; color: {ink}; border: 1px solid {field}; border-radius: 7px;
    padding: 6px 10px; selection-background-color: {selection}; selection-color: {ink};
}}
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus {{ border: 2px solid {accent}; padding: 5px 9px; }}
QComboBox::drop-down {{ border: 0; width: 26px; }}
QComboBox::down-arrow {{ image: url("{arrow}"); width: 12px; height: 12px; }}
QComboBox QAbstractItemView {{
    background: {paper}; color: {ink}; border: 1px solid {line}; padding: 4px; outline: 0;
    selection-background-color: {accent_tint}; selection-color: {accent};
}}

QSlider::groove:horizontal {{ height: 4px; border-radius: 2px; background: {idle}; }}
QSlider::sub-page:horizontal {{ height: 4px; border-radius: 2px; background: {accent}; }}
QSlider::handle:horizontal {{
    width: 16px; height: 16px; margin: -6px 0; border-radius: 8px; background: {accent};
}}
QSlider::handle:horizontal:hover {{ background: {accent_hover}; }}
QSlider:focus {{ border: 2px solid {accent}; border-radius: 7px; }}
QSlider {{ border: 2px solid transparent; padding: 2px 4px; min-height: 22px; }}

QProgressBar {{ background: {idle}; border: 0; border-radius: 3px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 3px; }}

QScrollArea {{ border: 0; background: transparent; }}
QScrollArea[part="scroll"] {{ border: 2px solid transparent; border-radius: 7px; }}
QScrollArea[part="scroll"]:focus {{ border: 2px solid {accent}; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 2px; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 2px; }}
QScrollBar::handle {{ background: {outline}; border-radius: 4px; min-height: 32px; min-width: 32px; }}
QScrollBar::handle:hover {{ background: {quiet}; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
    background: transparent; border: 0; width: 0; height: 0;
}}
QSplitter::handle {{ background: {line}; }}
QSplitter::handle:hover {{ background: {accent}; }}
QTableView {{ background: {paper}; color: {ink}; border: 0; outline: 0; gridline-color: {hairline}; }}
QHeaderView, QTableCornerButton::section {{ background: {paper}; border: 0; }}
QLineEdit[part="cell"] {{ border: 2px solid {accent}; border-radius: 4px; padding: 0 7px; }}
QCheckBox {{ color: {ink}; spacing: 8px; padding: 2px 0; }}
QCheckBox::indicator {{ width: 16px; height: 16px; border: 1px solid {field}; border-radius: 4px; background: {paper}; }}
QCheckBox::indicator:focus {{ border: 2px solid {accent}; }}
QCheckBox::indicator:checked {{ background: {accent}; border: 1px solid {accent}; image: url("{check}"); }}
QCheckBox::indicator:checked:focus {{ border: 2px solid {ink}; }}
QCheckBox:disabled, QLabel:disabled {{ color: {off}; }}
QCheckBox::indicator:disabled {{ border: 1px solid {off_icon}; background: {hover}; }}
QCheckBox::indicator:checked:disabled {{ background: {off_icon}; }}
QLineEdit:disabled, QComboBox:disabled {{ color: {off}; background: {hover}; border-color: {hairline}; }}
QSlider::sub-page:horizontal:disabled, QSlider::handle:horizontal:disabled {{ background: {off_icon}; }}
QAbstractScrollArea::corner {{ background: transparent; border: 0; }}
QPushButton[part="small"] {{ padding: 5px 11px; min-height: 16px; font-size: 13px; }}
QPushButton[part="small"]:focus {{ padding: 4px 10px; }}
QPushButton[part="small"][menu="true"] {{ padding-right: 28px; }}
QPushButton[part="small"][menu="true"]:focus {{ padding-right: 27px; }}
QLabel[part="title"] {{ font-size: 18px; font-weight: 600; color: {ink}; }}
QLabel[part="clock"] {{ font-size: 34px; font-weight: 600; color: {ink}; }}
QLabel[part="group"] {{ font-size: 15px; font-weight: 600; color: {ink}; }}
QLabel[part="text"] {{ color: {text}; }}
QLabel[part="note"] {{ color: {quiet}; font-size: 12px; }}
QLabel[part="source"] {{ color: {quiet}; font-size: 11px; }}
QLabel[part="caption"] {{ color: {text}; font-size: 12px; }}
QLabel[part="fault"] {{ color: {fault}; font-size: 12px; }}
QLabel[part="heading"] {{ color: {quiet}; font-size: 12px; font-weight: 600; letter-spacing: 1px; }}
QFrame[part="popup"] {{ background: {paper}; border: 1px solid {line}; }}
QFrame[part="strip"] {{ background: {paper}; border: 1px solid {accent}; border-radius: 8px; }}
QListWidget[part="list"] {{
    background: {paper}; color: {ink}; border: 1px solid {field}; border-radius: 7px; padding: 4px; outline: 0;
}}
QListWidget[part="list"]:focus {{ border: 2px solid {accent}; padding: 3px; }}
QListWidget[part="list"]::item {{ padding: 5px 8px; border-radius: 5px; }}
QListWidget[part="list"]::item:hover {{ background: {hover}; }}
QListWidget[part="list"]::item:selected {{ background: {accent_tint}; color: {accent}; }}
QListWidget[part="popup"] {{ background: {paper}; border: 0; outline: 0; }}
"""


def style_sheet(colours: Mapping[str, object], arrow: str, check: str, scale: float = 1.0) -> str:
    """Return the sheet in these colours, so many times as large as it is written.

    `arrow` and `check` are the paths of the pictures of a drop-down arrow and a tick.
    """
    sheet = _SHEET.format_map({**colours, "arrow": arrow, "check": check})
    return sheet if scale == 1.0 else _RULE.sub(lambda rule: _scaled(rule[0], scale), sheet)


def _scaled(rule: str, scale: float) -> str:
    """Return a rule with all its lengths scaled but those of borders, which stay hairlines.

    A border that is a pixel wider while something has the keyboard takes that pixel from the padding, at every scale.
    """
    taken = 1 if ":focus" in rule and "padding" in rule else 0

    def length(found: re.Match[str]) -> str:
        name, values = found[1], found[2]
        if name.startswith("border") and "radius" not in name:
            return found[0]
        less = taken if name.startswith("padding") else 0
        return f"{name}:" + _LENGTH.sub(
            lambda one: f"{round((int(one[1]) + less) * scale) - less}px", values
        )

    return _DECLARATION.sub(length, rule)
