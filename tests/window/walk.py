"""Walks a page by Tab and the arrows alone: what takes the focus, whether it is seen to have it, and
whether the way leads on. Nothing is pressed but keys that move."""
import ctypes
import time

from driver import Atspi, GLib, NotSeen, pump

ACTS = ("button", "radio", "check", "entry", "text", "combo", "list item", "page tab", "link")
WINDOW = ("Minimize", "Maximize", "Close")      # the window's own, which the desktop moves by its keys
ARROWS = {"list item": ("Down", "Up"), "radio": ("Right", "Left"), "page tab": ("Right", "Left"),
          "toggle": ("Right", "Left")}
BY_KEY = ("More about this question", "Menu")      # F2, F10
STOPS = 150                                     # of one page; more is a way that never comes round


class Screen:
    """What stands on the screen, read from the display itself."""

    class Image(ctypes.Structure):
        _fields_ = [("width", ctypes.c_int), ("height", ctypes.c_int), ("xoffset", ctypes.c_int), ("format", ctypes.c_int),
                    ("data", ctypes.c_void_p), ("byte_order", ctypes.c_int), ("unit", ctypes.c_int), ("bit_order", ctypes.c_int),
                    ("pad", ctypes.c_int), ("depth", ctypes.c_int), ("bytes_per_line", ctypes.c_int),
                    ("bits_per_pixel", ctypes.c_int)]

    def __init__(self):
        self.x = ctypes.CDLL("libX11.so.6")
        self.x.XOpenDisplay.restype = ctypes.c_void_p
        self.x.XDefaultRootWindow.restype = ctypes.c_ulong
        self.x.XGetImage.restype = ctypes.POINTER(self.Image)
        self.display = ctypes.c_void_p(self.x.XOpenDisplay(None))
        self.root = ctypes.c_ulong(self.x.XDefaultRootWindow(self.display))
        screen = self.x.XDefaultScreen(self.display)
        self.width, self.height = self.x.XDisplayWidth(self.display, screen), self.x.XDisplayHeight(self.display, screen)

    def part(self, box):
        """The pixels of a rectangle with its surroundings, row by row; None where it is not on the screen."""
        around = 14 if box.height >= 90 else 6      # of a large button the rectangle is what stands inside
        left, top = max(0, box.x - around), max(0, box.y - around)
        right, bottom = min(self.width, box.x + box.width + around), min(self.height, box.y + box.height + around)
        if right <= left or bottom <= top:
            return None
        image = self.x.XGetImage(self.display, self.root, left, top, ctypes.c_uint(right - left), ctypes.c_uint(bottom - top),
                                 ctypes.c_ulong(0xFFFFFFFF), 2)
        rows = ctypes.string_at(image.contents.data, image.contents.bytes_per_line * image.contents.height)
        self.x.XDestroyImage(image)
        return rows


class Stops:
    """Which widget takes the focus, by its place in the tree; the last one last."""

    def __init__(self, app):
        self.app = app
        self.told = []
        self.listener = Atspi.EventListener.new(self.hear)
        self.listener.register("object:state-changed:focused")

    def hear(self, event, *rest):
        if event.detail1:
            self.told.append(event.source.path)

    def press(self, key, patience=0.4):
        """Where a key leads; None where it leads nowhere."""
        told = len(self.told)
        self.app.keys([key])
        end = time.monotonic() + patience
        while len(self.told) == told and time.monotonic() < end:
            time.sleep(0.01)
            pump()
        if len(self.told) == told:
            self.app.caught_up()
        if len(self.told) == told:
            return None
        for _ in range(3):      # a list first takes it itself
            time.sleep(0.01)
            pump()
        return self.told[-1]


def is_act(node):
    """One of a group may be the stop for all of it: the others take the focus by the arrows, and say so then."""
    takes = node.has(Atspi.StateType.FOCUSABLE) or node.role in ("toggle button", "page tab", "radio button")
    return takes and node.has(Atspi.StateType.SENSITIVE) and node.name not in WINDOW and node.name not in BY_KEY \
        and any(role in node.role for role in ACTS)


def is_there(node):
    """It has a place of its own on the page, however far down."""
    try:
        box = node.rectangle()
    except GLib.Error:
        return False
    return box.width > 0 and box.height > 0


def go_to(app, stops, words, role=""):
    """By Tab, and by the arrows in lists, to what is called so."""
    seen = []
    for _ in range(STOPS):
        path = stops.press("Tab")
        node = next((n for n in app.nodes() if n.path == path), None)
        while node is not None:
            seen.append(node.name)
            if words in node.name and role in node.role:
                return node
            if "list item" not in node.role and "tab" not in node.role or len(seen) > STOPS:
                break
            path = stops.press("Down" if "list item" in node.role else "Right")
            node = next((n for n in app.nodes() if n.path == path and n.name not in seen), None)
    raise NotSeen("Tab does not come to “%s”: %s" % (words, seen[:60]))


class Walk:
    """One page. After it: what was reached, what was not, what was out of sight, what showed no focus."""

    def __init__(self, app, stops, screen):
        self.app, self.stops, self.screen = app, stops, screen
        self.reached, self.hidden, self.plain, self.rings = [], [], [], 0
        self.looked = set()
        self.beside = {}            # answers that are no stops: the arrows must reach them

    def node(self, path):
        return next((n for n in self.app.nodes() if n.path == path), None)

    def look(self, path):
        """Is it in sight, and is its focus seen? Of one role, once a page."""
        node = self.node(path)
        if node is None or node.role in self.looked:
            return None
        self.looked.add(node.role)
        box = node.rectangle()
        if box.y + min(box.height, 24) > self.screen.height or box.y < 0 or box.x < 0 or box.x + 12 > self.screen.width:
            self.hidden.append("%s “%s” at %d,%d" % (node.role, node.name, box.x, box.y))
            return None
        self.app.caught_up()
        self.app.settle(0.3)        # the ring is drawn, slowly
        return node, box, self.screen.part(box)

    def compare(self, before):
        """The same place without the focus."""
        if before is None:
            return
        node, box, pixels = before
        self.app.caught_up()
        self.app.settle(0.3)
        try:
            now = node.rectangle()
        except GLib.Error:
            return
        if (now.width, now.height, now.x, now.y) != (box.width, box.height, box.x, box.y):
            return                  # the page moved under it
        self.rings += 1
        other = self.screen.part(now)
        changed = sum(1 for a, b in zip(pixels[::4], other[::4]) if a != b)
        if changed < 2 * min(now.width, 20):
            self.plain.append("%s “%s” (%d pixels)" % (node.role, node.name, changed))

    def add(self, path):
        if path is None or path in self.reached:
            return False
        self.reached.append(path)
        return True

    def inside(self, path):
        """The buttons of a row, by Tab; then back to the row."""
        nodes = self.app.nodes()
        row = next((i for i, n in enumerate(nodes) if n.path == path), None)
        if row is None:
            return
        steps = 0
        for node in nodes[row + 1:]:
            if node.depth <= nodes[row].depth:
                break
            if is_act(node) and self.add(self.stops.press("Tab")):
                steps += 1
        for _ in range(steps):
            self.stops.press("shift+Tab")

    def answers(self, node, nodes):
        """The buttons of a question beside this one: only one of them is a stop, and says that it takes the focus."""
        outer = {n.parent for n in nodes if n.role == "push button"}        # a menu's button has its own inside
        return [n for n in nodes if n.parent == node.parent and n.role == node.role and n.path != node.path and
                n.path not in outer and n.has(Atspi.StateType.SENSITIVE) and not n.has(Atspi.StateType.FOCUSABLE) and
                n.name not in BY_KEY]

    def along(self, path):
        """Arrows in a list, a row of tabs, a group of answers: what Tab enters only once."""
        nodes = self.app.nodes()
        node = next((n for n in nodes if n.path == path), None)
        keys = next((keys for role, keys in ARROWS.items() if node is not None and role in node.role), ())
        if node is not None and node.role == "push button":
            beside = self.answers(node, nodes)
            self.beside.update((n.path, n.name) for n in beside)
            for _ in beside:            # no further: past the last one the arrows leave the question
                self.add(self.stops.press("Right", 0.25))
            return
        steps = {key: 0 for key in keys}
        for key in keys:
            for _ in range(STOPS):
                there = self.stops.press(key, 0.25)
                if there is None or not self.add(there) and key == keys[0]:
                    steps[key] += there is not None
                    break
                steps[key] += 1
                if "list item" in node.role:
                    self.inside(there)
        if keys and "page tab" in node.role:        # these open what they name: back to where it began
            for _ in range(steps[keys[1]] - steps[keys[0]]):
                self.stops.press(keys[0])

    def round(self):
        """By Tab until nothing new comes; raises where Tab leads nowhere."""
        stops, known, stuck = set(), 0, 0
        for _ in range(2 * STOPS):
            path = self.stops.press("Tab")
            if path is None:
                stuck += 1
                assert stuck < 3, "Tab leads nowhere from %s" % self.name_of(self.reached[-1] if self.reached else None)
                continue
            stuck = 0
            known = 0 if path not in stops else known + 1
            if known > max(8, len(stops)):
                return
            stops.add(path)
            if not self.add(path):
                continue
            before = self.look(path)
            if before is not None:
                self.stops.press("shift+Tab")
                self.compare(before)
                self.stops.press("Tab")
            self.along(path)
        raise AssertionError("Tab does not come round in %d stops" % (2 * STOPS))

    def name_of(self, path):
        node = self.node(path) if path else None
        return "%s “%s”" % (node.role, node.name) if node else "nothing"

    def unreached(self):
        """What could be pressed or written in, has a place, and was not reached."""
        reached = set(self.reached)
        names = {(n.role, n.name) for n in self.app.nodes() if n.path in reached}     # lists make rows anew
        return ["answer “%s”" % name for path, name in self.beside.items() if path not in reached] + \
            ["%s “%s”" % (n.role, n.name) for n in self.app.nodes()
                if is_act(n) and n.path not in reached and (n.role, n.name) not in names and is_there(n)]
