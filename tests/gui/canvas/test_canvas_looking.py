import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QGestureEvent, QPinchGesture

from explainer.render.shapes import Circle, Drawing


def turn(
    canvas, notches: float, place: QPoint, modifier=Qt.KeyboardModifier.NoModifier, pixels=None
):
    event = QWheelEvent(
        QPointF(place),
        QPointF(canvas.viewport().mapToGlobal(place)),
        pixels or QPoint(),
        QPoint(0, round(notches * 120)),
        Qt.MouseButton.NoButton,
        modifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas.viewport(), event)


def drag(canvas, start: QPoint, end: QPoint, button=Qt.MouseButton.LeftButton):
    QTest.mousePress(canvas.viewport(), button, Qt.KeyboardModifier.NoModifier, start)
    for part in (0.3, 0.6, 1.0):
        between = start + (end - start) * part
        # qtbot's moves carry no buttons.
        QTest.mouseMove(canvas.viewport(), between)
        send_move(canvas, between, button)
    QTest.mouseRelease(canvas.viewport(), button, Qt.KeyboardModifier.NoModifier, end)


def send_move(canvas, place: QPoint, button):
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(place),
        QPointF(canvas.viewport().mapToGlobal(place)),
        Qt.MouseButton.NoButton,
        button,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(canvas.viewport(), event)


def place_of(canvas, key):
    shape = canvas.shown.shapes[key]
    return canvas.camera.to_screen(shape.x, shape.y)


def test_starts_fitted_and_stays_so_when_resized(hand, canvas):
    for size in ((900, 640), (700, 400), (1400, 900)):
        canvas.resize(*size)
        assert canvas.camera == canvas.bounds_now().fitted()
        left, top = canvas.camera.to_screen(0, 0)
        right, bottom = canvas.camera.to_screen(canvas.drawing.width, canvas.drawing.height)
        assert left >= 0
        assert top >= 0
        assert right <= size[0]
        assert bottom <= size[1]


def test_what_is_seen_is_where_the_camera_says(hand, canvas):
    canvas.zoom_at(1.3, QPointF(200, 200))
    canvas.pan_by(17, -9)
    item = canvas.shown.items["circle:h1"]
    centre = canvas.viewportTransform().map(item.boundingRect().center())
    assert (centre.x(), centre.y()) == pytest.approx(place_of(canvas, "circle:h1"))


def test_ctrl_and_the_wheel_zoom_around_the_pointer(hand, canvas):
    x, y = place_of(canvas, "circle:h1")
    pointer = QPoint(round(x), round(y))
    before = canvas.camera.scale
    turn(canvas, 3, pointer, Qt.KeyboardModifier.ControlModifier)
    assert canvas.camera.scale == pytest.approx(2 * before)
    assert place_of(canvas, "circle:h1") == pytest.approx((x, y), abs=1.1)
    turn(canvas, -3, pointer, Qt.KeyboardModifier.ControlModifier)
    assert canvas.camera.scale == pytest.approx(before)


def test_the_wheel_scrolls_what_does_not_fit(hand, canvas):
    fitted = canvas.camera
    turn(canvas, -1, QPoint(400, 300))
    assert canvas.camera == fitted
    canvas.zoom_in()
    canvas.zoom_in()
    before = canvas.camera
    turn(canvas, -1, QPoint(400, 300))
    assert canvas.camera.top < before.top
    assert canvas.camera.left == before.left
    turn(canvas, -1, QPoint(400, 300), Qt.KeyboardModifier.ShiftModifier)
    assert canvas.camera.left < before.left


def test_a_pinch_zooms(hand, canvas):
    event = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture,
        QPointingDevice.primaryPointingDevice(),
        2,
        QPointF(400, 300),
        QPointF(400, 300),
        QPointF(canvas.viewport().mapToGlobal(QPoint(400, 300))),
        0.25,
        QPointF(),
    )
    before = canvas.camera
    QApplication.sendEvent(canvas.viewport(), event)
    assert canvas.camera.scale == pytest.approx(before.scale * 1.25)


def test_two_fingers_on_the_screen_zoom_and_move(hand, canvas):
    canvas.furnish()
    before = canvas.camera
    spot = before.to_drawing(300, 200)
    pinch = QPinchGesture()
    pinch.setScaleFactor(1.5)
    corner = QPointF(canvas.viewport().mapToGlobal(QPoint(0, 0)))
    pinch.setLastCenterPoint(corner + QPointF(300, 200))
    pinch.setCenterPoint(corner + QPointF(320, 190))
    QApplication.sendEvent(canvas.viewport(), QGestureEvent([pinch]))
    assert canvas.camera.scale == pytest.approx(before.scale * 1.5)
    assert canvas.camera.to_screen(*spot) == pytest.approx((320, 190), abs=0.01)


@pytest.mark.parametrize("button", [Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton])
def test_dragging_pans(hand, canvas, button):
    before = canvas.camera
    drag(canvas, QPoint(450, 600), QPoint(500, 570), button)
    assert (canvas.camera.left, canvas.camera.top) == (before.left + 50, before.top - 30)
    assert canvas.viewport().cursor().shape() != Qt.CursorShape.ClosedHandCursor
    assert hand.of_kind("jump") == []


def test_a_drag_that_begins_on_a_weight_pans_and_opens_nothing(hand, canvas):
    start = hand.place("weight:i1>h1")
    drag(canvas, start, start + QPoint(60, 20))
    assert hand.of_kind("jump") == []
    assert not canvas.editing.is_open


def test_the_middle_stays_in_the_middle_once_the_user_has_zoomed(hand, canvas):
    canvas.zoom_in()
    scale = canvas.camera.scale
    middle = canvas.camera.to_drawing(450, 320)
    canvas.resize(1100, 700)
    assert canvas.camera.scale == scale
    assert canvas.camera.to_screen(*middle) == pytest.approx((550, 350), abs=1)
    canvas.fit()
    assert canvas.camera == canvas.bounds_now().fitted()


def test_a_double_click_on_the_ground_fits(hand, canvas):
    canvas.zoom_in()
    canvas.zoom_out()
    canvas.pan_by(40, 40)
    hand.move_to(QPoint(5, 5))
    left, plain = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mouseDClick(canvas.viewport(), left, plain, QPoint(5, 5))
    QTest.mouseRelease(canvas.viewport(), left, plain, QPoint(5, 5))
    assert canvas.camera == canvas.bounds_now().fitted()


def test_another_drawing_of_another_size_is_fitted(hand, canvas):
    canvas.show_drawing(Drawing(2000, 300, (Circle("c", 1000, 150, 39, "quiet"),)))
    assert canvas.camera == canvas.bounds_now().fitted()
