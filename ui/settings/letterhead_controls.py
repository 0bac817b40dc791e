"""The controls of the letterhead: a logo that is chosen or dropped, and a colour with its swatches."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImageReader, QPaintEvent, QPixmap
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QHBoxLayout, QSizePolicy, QWidget

from ui.settings.editors import WordsEditor
from ui.theme import theme
from ui.widgets import Button, Label, paint
from ui.widgets.base import Themed

_TYPING_PAUSE_MS = 500
COLOURS = (
    ("Blue", "#2B59D9"), ("Navy", "#1B2A49"), ("Teal", "#0F6B6B"), ("Green", "#0D774B"), ("Plum", "#6B2C6F"),
    ("Red", "#A3211B"), ("Graphite", "#3A3F4B"),
)  # fmt: skip


class ColourControl:
    """A typed #RRGGBB beside swatches of colours that print well."""

    is_wide = True

    def __init__(self, name: str) -> None:
        self.widget: Any = _ColourRow(name)
        self._pause = QTimer(self.widget, singleShot=True, interval=_TYPING_PAUSE_MS)
        self.widget.field.textChanged.connect(lambda *_: self._pause.start())

    def value(self) -> Any:
        return str(self.widget.field.words())

    def show(self, value: str) -> None:
        field = self.widget.field
        if value != self.value():
            field.blockSignals(True)
            field.put(value)
            field.blockSignals(False)
        self.widget.show_colour(value)

    def on_changed(self, heard: Any) -> None:
        field = self.widget.field
        self._pause.timeout.connect(heard)
        field.left.connect(self._pause.stop)
        field.left.connect(heard)
        self.widget.picked.connect(heard)


class _ColourRow(QWidget):
    picked = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.field = WordsEditor(name, wide=110)
        self.field.setMaxLength(7)
        self.field.textChanged.connect(self.show_colour)
        self.setFocusProxy(self.field)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.swatch = Swatch("The colour as typed", "", is_large=True)
        self.swatch.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.swatch.setEnabled(False)
        row.addWidget(self.swatch)
        row.addWidget(self.field)
        row.addSpacing(8)
        self.swatches = [Swatch(said, colour) for said, colour in COLOURS]
        for swatch in self.swatches:
            swatch.clicked.connect(lambda _=False, colour=swatch.colour: self._pick(colour))
            row.addWidget(swatch)
        row.addStretch(1)

    def show_colour(self, typed: str) -> None:
        """Show what is typed, if it is a colour yet."""
        colour = typed.strip() if QColor.isValidColorName(typed.strip()) and typed.strip().startswith("#") else ""
        self.swatch.show_colour(colour)
        for swatch in self.swatches:
            swatch.setChecked(swatch.colour == colour.upper())

    def _pick(self, colour: str) -> None:
        self.field.put(colour)
        self.picked.emit()


class Swatch(Themed, QAbstractButton):
    """A patch of one colour; pressing it chooses it, and it is marked while it is the one in force."""

    def __init__(self, name: str, colour: str, *, is_large: bool = False) -> None:
        super().__init__()
        self.colour, self._is_large = colour, is_large
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setAccessibleDescription(colour)
        self.setToolTip(f"{name} {colour}" if colour else "")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.restyle()

    def show_colour(self, colour: str) -> None:
        """Show another colour; "" for none."""
        self.colour = colour
        self.setAccessibleDescription(colour or "none yet")
        self.update()

    def nextCheckState(self) -> None:
        """Only the setting marks it."""

    def sizeHint(self) -> QSize:
        side = theme.px(32 if self._is_large else 24)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens, whole = paint.on(self), theme.tokens, self.rect()
        if self.colour:
            inner = whole.adjusted(3, 3, -3, -3) if not self._is_large else whole
            paint.box(painter, inner, 5, self.colour, tokens.border)
        else:
            paint.box(painter, whole, 5, tokens.sunken, tokens.border)
        if self.isChecked() and not self._is_large:
            paint.box(painter, whole, 7, None, tokens.text2, 2)
        if self.hasFocus():
            paint.ring(painter, whole, 7)

    def restyle(self) -> None:
        self.setFixedSize(self.sizeHint())


class LogoControl:
    """The path of a picture, chosen by the system's own window or dropped here; "" for none."""

    is_wide = True

    def __init__(self, name: str) -> None:
        self.widget: Any = LogoBox(name)

    def value(self) -> Any:
        return str(self.widget.path)

    def show(self, value: str) -> None:
        self.widget.show_path(value)

    def on_changed(self, heard: Any) -> None:
        self.widget.picked.connect(heard)


class LogoBox(Themed, QWidget):
    """The logo on white as it prints, and the buttons; takes a dropped file."""

    picked = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.path = ""
        self.setAccessibleName(name)
        self.setAcceptDrops(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.picture = _Picture()
        self.choose = Button("Choose a picture", "plain", "upload")
        self.remove = Button("No logo", "text")
        self.hint = Label("or drop it here", "secondary", "text3")
        self.choose.clicked.connect(self._on_choose)
        self.remove.clicked.connect(lambda: self.take(""))
        self.setFocusProxy(self.choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for widget in (self.picture, self.choose, self.hint, self.remove):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        self.show_path("")

    def show_path(self, path: str) -> None:
        """Show the logo in force."""
        self.path = path
        self.picture.show_file(path)
        self.remove.setVisible(bool(path))
        self.hint.setVisible(not path)
        self.choose.set_words("Choose another" if path else "Choose a picture")

    def take(self, path: str) -> None:
        """A file was chosen, or none is wanted; whether it is a logo is seen by whoever hears of it."""
        self.path = path
        self.picked.emit()

    def _on_choose(self) -> None:
        dialog = QFileDialog(self.window(), "Choose a logo", "", "Pictures (*.png *.jpg *.jpeg);;All files (*)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.take)
        dialog.open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _local_file(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _local_file(event)
        if path:
            event.acceptProposedAction()
            self.take(path)

    def restyle(self) -> None:
        self.setFixedHeight(theme.px(56))


class _Picture(Themed, QWidget):
    """A small picture of a file, on white whatever the theme: paper is white."""

    def __init__(self) -> None:
        super().__init__()
        self._pixmap = QPixmap()
        self.restyle()

    def show_file(self, path: str) -> None:
        """Read the file at a bounded size; a picture that cannot be read leaves the box empty."""
        self._pixmap = QPixmap()
        if path and Path(path).is_file():
            reader = QImageReader(path)
            reader.setAutoTransform(True)
            size, room = reader.size(), self.size() * self.devicePixelRatioF()
            if size.isValid():
                reader.setScaledSize(size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio))
                self._pixmap = QPixmap.fromImage(reader.read())
        self.setAccessibleName("The logo" if not self._pixmap.isNull() else "No logo yet")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, whole = paint.on(self), self.rect()
        paint.box(painter, whole, 6, "#FFFFFF", theme.tokens.border)
        if self._pixmap.isNull():
            paint.text(painter, whole, "No logo", theme.font("secondary"), "#646C7E", Qt.AlignmentFlag.AlignHCenter)
            return
        room = whole.adjusted(6, 6, -6, -6)
        size = self._pixmap.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        at = QRect(room.x(), room.y() + (room.height() - size.height()) // 2, size.width(), size.height())
        at.moveLeft(room.x() + (room.width() - size.width()) // 2)
        painter.drawPixmap(at, self._pixmap)

    def restyle(self) -> None:
        self.setFixedSize(theme.px(140), theme.px(52))


def _local_file(event: QDropEvent) -> str:
    """The first file on this computer that is being dragged, "" for anything else."""
    return next((url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()), "")
