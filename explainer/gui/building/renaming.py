"""The dialog that asks for another name: the id of a neuron and its symbol, or the name of a parameter."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from explainer.gui.dialogs.asking import PlainDialog, fault_line, words
from explainer.lesson.limits import MAX_NAME
from explainer.messages import Message, Refused, message, translate

if TYPE_CHECKING:
    from explainer.gui.building.workshop import Workshop

_LONGEST_SYMBOL = 64
Carry = Callable[[list[str]], None]


class RenameDialog(PlainDialog):
    """One field for each name. What is refused is said below the fields, and the dialog stays."""

    def __init__(
        self,
        workshop: Workshop,
        title: Message,
        fields: dict[Message, str],
        carry_out: Carry,
        parent: QWidget | None = None,
    ) -> None:
        self._language = workshop.session.language
        super().__init__(parent, translate(title, self._language), "")
        self._carry_out = carry_out
        self.lines: list[QLineEdit] = []
        for number, (label, text) in enumerate(fields.items()):
            said = translate(label, self._language)
            line = QLineEdit(text)
            line.setMaxLength(_LONGEST_SYMBOL if number else MAX_NAME)
            line.setAccessibleName(said)
            self.body.addWidget(words(said, "caption"))
            self.body.addWidget(line)
            self.lines.append(line)
        self.fault = fault_line()
        self.body.addWidget(self.fault)
        self.add_button(self._say(message("Cancel"))).clicked.connect(self.reject)
        self.ok = self.add_button(self._say(message("Rename")), default=True)
        self.ok.clicked.connect(self._rename)
        self.lines[0].selectAll()
        self.lines[0].setFocus()

    @classmethod
    def of_neuron(cls, workshop: Workshop, neuron_id: str, parent: QWidget) -> RenameDialog:
        """Return the dialog for a neuron."""
        neuron = workshop.network.neuron(neuron_id)
        fields = {
            message("Name in the file"): neuron.id,
            message("Symbol (LaTeX), empty for the name"): neuron.label or "",
        }

        def carry_out(names: list[str]) -> None:
            name, label = (text.strip() for text in names)
            session = workshop.session
            if name != neuron.id:
                session.rename_neuron(neuron.id, name)
            if (label or None) != neuron.label:
                session.set_label(name, label or None)
            workshop.renamed(neuron.id, name)

        return cls(
            workshop, message("Rename the neuron"), fields, _told(workshop, carry_out), parent
        )

    @classmethod
    def of_parameter(cls, workshop: Workshop, name: str, parent: QWidget) -> RenameDialog:
        """Return the dialog for a weight or bias."""

        def carry_out(names: list[str]) -> None:
            wanted = names[0].strip()
            if wanted != name:
                workshop.session.rename_parameter(name, wanted)

        fields = {message("Name in the file"): name}
        return cls(
            workshop, message("Rename the parameter"), fields, _told(workshop, carry_out), parent
        )

    def _rename(self) -> None:
        try:
            self._carry_out([line.text() for line in self.lines])
        except Refused as refusal:
            self.fault.setText(translate(refusal.message, self._language))
            self.fault.show()
            return
        self.accept()

    def _say(self, text: Message) -> str:
        return translate(text, self._language)


def _told(workshop: Workshop, carry_out: Carry) -> Carry:
    """Let the window know of what was carried out, also of the part before a refusal."""

    def told(names: list[str]) -> None:
        try:
            carry_out(names)
        finally:
            workshop.publish()

    return told
