import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.gui.canvas.camera import LARGEST, LARGEST_FIT, READABLE, TOO_SMALL, Bounds, Camera

sizes = st.floats(min_value=20, max_value=5000)
BOUNDS = Bounds(width=900.0, height=500.0, room_width=900.0, room_height=600.0)


@given(sizes, sizes, sizes, sizes)
def test_the_fitted_drawing_is_whole_and_in_the_middle(width, height, room_width, room_height):
    bounds = Bounds(width, height, room_width + 60, room_height + 60)
    camera = bounds.fitted()
    left, top = camera.to_screen(0, 0)
    right, bottom = camera.to_screen(width, height)
    assert left >= 0
    assert top >= 0
    assert right <= bounds.room_width
    assert bottom <= bounds.room_height
    assert left == pytest.approx(bounds.room_width - right, abs=1.1)
    assert camera.scale <= LARGEST_FIT


@given(st.floats(0.5, 2.0), st.floats(100, 800), st.floats(100, 500))
def test_zooming_keeps_the_place_under_the_pointer(factor, x, y):
    before = BOUNDS.fitted()
    spot = before.to_drawing(x, y)
    after = BOUNDS.zoomed(before, factor, x, y)
    assert after.to_screen(*spot) == pytest.approx((x, y), abs=1e-6)


def test_zooming_ends_at_its_limits():
    camera = BOUNDS.fitted()
    for _ in range(100):
        camera = BOUNDS.zoomed(camera, 1.5, 450, 300)
    assert camera.scale == LARGEST
    for _ in range(100):
        camera = BOUNDS.zoomed(camera, 0.5, 450, 300)
    assert 0 < camera.scale < BOUNDS.fitted().scale


@given(st.floats(-1e5, 1e5), st.floats(-1e5, 1e5))
def test_the_drawing_cannot_be_lost(right, down):
    camera = BOUNDS.moved(BOUNDS.fitted(), right, down)
    left, top = camera.to_screen(0, 0)
    end, bottom = camera.to_screen(BOUNDS.width, BOUNDS.height)
    assert left < BOUNDS.room_width - 50
    assert top < BOUNDS.room_height - 50
    assert end > 50
    assert bottom > 50


def test_the_wheel_does_not_move_what_is_seen_whole():
    camera = BOUNDS.fitted()
    assert BOUNDS.scrolled(camera, 0, 120) == camera


def test_the_wheel_stops_at_the_ends():
    camera = Camera(2.0, 0.0, 0.0)
    up = BOUNDS.scrolled(camera, 0, 1e4)
    down = BOUNDS.scrolled(camera, 0, -1e4)
    assert 0 <= up.to_screen(0, 0)[1] < 40
    assert BOUNDS.room_height - 40 < down.to_screen(0, BOUNDS.height)[1] <= BOUNDS.room_height


def test_shows_what_lies_outside():
    camera = Camera(3.0, 0.0, 0.0)
    shown = BOUNDS.revealing(camera, 800, 450, 850, 470)
    right, bottom = shown.to_screen(850, 470)
    assert right <= BOUNDS.room_width
    assert bottom <= BOUNDS.room_height
    assert BOUNDS.revealing(camera, 20, 20, 60, 40) == camera


WIDE = Bounds(width=4000.0, height=900.0, room_width=900.0, room_height=640.0)


def test_a_drawing_that_can_be_read_is_shown_whole():
    assert BOUNDS.following(Camera(), 10, 10, 50, 50) == BOUNDS.fitted()


@given(st.floats(0, 3900), st.floats(0, 800), st.floats(10, 600), st.floats(10, 90))
def test_what_is_spoken_of_is_in_sight_and_can_be_read(left, top, width, height):
    right, bottom = min(left + width, WIDE.width), top + height
    camera = WIDE.following(WIDE.fitted(), left, top, right, bottom)
    assert camera.scale == READABLE
    x0, y0 = camera.to_screen(left, top)
    x1, y1 = camera.to_screen(right, bottom)
    assert x0 >= 0
    assert y0 >= 0
    assert x1 <= WIDE.room_width
    assert y1 <= WIDE.room_height
    assert WIDE.following(camera, left, top, right, bottom) == camera


def test_the_scale_stays_while_everything_spoken_of_can_be_read():
    near = WIDE.following(WIDE.fitted(), 0, 0, 300, 90)
    wider = WIDE.following(near, 0, 0, 1350, 90)
    assert near.scale == READABLE
    assert TOO_SMALL < wider.scale < READABLE
    assert WIDE.following(wider, 700, 0, 1000, 90).scale == wider.scale
    # What needs more room than there is gets it.
    assert WIDE.following(wider, 0, 0, 1800, 90).scale < wider.scale


def test_what_is_spoken_of_everywhere_is_shown_whole():
    assert WIDE.following(WIDE.fitted(), 0, 0, 4000, 900) == WIDE.fitted()


def test_nothing_is_lost_from_sight_for_a_little_larger_a_picture():
    # A computation graph in a narrow window: the step speaks of all but the error.
    bounds = Bounds(width=1500.0, height=400.0, room_width=640.0, room_height=560.0)
    whole = bounds.fitted()
    assert whole.scale < TOO_SMALL
    assert bounds.following(whole, 0, 0, 1300, 400) == whole
    assert bounds.following(whole, 0, 0, 1100, 400).scale > whole.scale
