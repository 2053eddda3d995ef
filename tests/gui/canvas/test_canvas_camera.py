import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.gui.canvas.camera import LARGEST, LARGEST_FIT, Camera, Frame

sizes = st.floats(min_value=20, max_value=5000)
FRAME = Frame(width=900.0, height=500.0, room_width=900.0, room_height=600.0)


@given(sizes, sizes, sizes, sizes)
def test_the_fitted_drawing_is_whole_and_in_the_middle(width, height, room_width, room_height):
    frame = Frame(width, height, room_width + 60, room_height + 60)
    camera = frame.fitted()
    left, top = camera.to_screen(0, 0)
    right, bottom = camera.to_screen(width, height)
    assert left >= 0
    assert top >= 0
    assert right <= frame.room_width
    assert bottom <= frame.room_height
    assert left == pytest.approx(frame.room_width - right, abs=1.1)
    assert camera.scale <= LARGEST_FIT


@given(st.floats(0.5, 2.0), st.floats(100, 800), st.floats(100, 500))
def test_zooming_keeps_the_place_under_the_pointer(factor, x, y):
    before = FRAME.fitted()
    spot = before.to_drawing(x, y)
    after = FRAME.zoomed(before, factor, x, y)
    assert after.to_screen(*spot) == pytest.approx((x, y), abs=1e-6)


def test_zooming_ends_at_its_limits():
    camera = FRAME.fitted()
    for _ in range(100):
        camera = FRAME.zoomed(camera, 1.5, 450, 300)
    assert camera.scale == LARGEST
    for _ in range(100):
        camera = FRAME.zoomed(camera, 0.5, 450, 300)
    assert 0 < camera.scale < FRAME.fitted().scale


@given(st.floats(-1e5, 1e5), st.floats(-1e5, 1e5))
def test_the_drawing_cannot_be_lost(right, down):
    camera = FRAME.moved(FRAME.fitted(), right, down)
    left, top = camera.to_screen(0, 0)
    end, bottom = camera.to_screen(FRAME.width, FRAME.height)
    assert left < FRAME.room_width - 50
    assert top < FRAME.room_height - 50
    assert end > 50
    assert bottom > 50


def test_the_wheel_does_not_move_what_is_seen_whole():
    camera = FRAME.fitted()
    assert FRAME.scrolled(camera, 0, 120) == camera


def test_the_wheel_stops_at_the_ends():
    camera = Camera(2.0, 0.0, 0.0)
    up = FRAME.scrolled(camera, 0, 1e4)
    down = FRAME.scrolled(camera, 0, -1e4)
    assert 0 <= up.to_screen(0, 0)[1] < 40
    assert FRAME.room_height - 40 < down.to_screen(0, FRAME.height)[1] <= FRAME.room_height


def test_shows_what_lies_outside():
    camera = Camera(3.0, 0.0, 0.0)
    shown = FRAME.revealing(camera, 800, 450, 850, 470)
    right, bottom = shown.to_screen(850, 470)
    assert right <= FRAME.room_width
    assert bottom <= FRAME.room_height
    assert FRAME.revealing(camera, 20, 20, 60, 40) == camera
