"""What stands below the grid: the forecast as a chart, and the list behind a number beside it or in its place."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.chart_panel import ChartPanel
from ui.forecast.listing import Listing
from ui.theme import theme

BESIDE = 1180
"""Chart and list stand side by side from this width on; px at 100 %."""


class Below(QWidget):
    """The list shows when something is listed, the chart where there is room for it."""

    def __init__(self, listing: Listing) -> None:
        super().__init__()
        self.chart, self.listing = ChartPanel("The forecast by month", "Nothing closes in these months."), listing
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.chart, 2)
        row.addWidget(listing, 3)
        self._is_compact = False

    def be_compact(self, is_compact: bool) -> None:
        """Leave the chart out."""
        self._is_compact = is_compact
        self.make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.make_room()

    def make_room(self) -> None:
        """Chart and list side by side, or the one or the other."""
        has_list, is_wide = not self.listing.isHidden(), self.width() >= theme.px(BESIDE)
        self.chart.setVisible(not self._is_compact and (is_wide or not has_list))
        self.listing.be_beside(has_list and not self.chart.isHidden())
        self.setVisible(has_list or not self.chart.isHidden())
