"""Times and stalls of the window, read from the probe (src/app/probe), and keys pressed without a
process in between, so that the moment of the press is known.

Times are time.monotonic() of this side and of the window: it is one clock.
"""
import ctypes
import os
import signal
import tempfile
import time

from driver import App, NotSeen, PATIENCE

# Goals are told always and judged here. In a test only what is far from its goal fails, and what the
# clock says is forgiven as much as others keep the machine busy; the benchmark judges strictly.
STRICT = os.environ.get("SAN_BARS") == "strict"
FAR = 3.0
SANITIZED = os.environ.get("SAN_SANITIZED") == "1"


def bearable(goal, unit):
    """The clock ("ms", "s") also measures what other processes do; computing, bytes and counts do not."""
    busy = os.getloadavg()[0] / (os.cpu_count() or 1)
    return goal if STRICT else goal * FAR * (1 + 2 * busy if unit in ("ms", "s") else 1)


def judge(bar, parts):
    """One line for one bar. Parts: (words, measured, goal, unit), or (words, measured, None, unit) to tell only."""
    missed = [part for part in parts if part[2] is not None and part[1] > part[2]]
    told = []
    for words, value, goal, unit in parts:
        told.append("%s %.*f%s%s" % (words, 1 if unit == "s" else 0, value, " " + unit if unit else "",
                                     " (goal %g)" % goal if goal is not None else ""))
    line = "%s: %s" % (bar, ", ".join(told))
    line += " MISS" if missed else " ok"
    far = [part for part in missed if part[1] > bearable(part[2], part[3])]
    if far:
        raise AssertionError(line)
    return line


def milliseconds(begin, end):
    return (end - begin) * 1000


class Fingers:
    """Presses keys through the XTEST extension."""

    SHIFTED = {"?": "slash", "+": "equal"}

    def __init__(self):
        self.x = ctypes.CDLL("libX11.so.6")
        self.test = ctypes.CDLL("libXtst.so.6")
        self.x.XOpenDisplay.restype = ctypes.c_void_p
        self.x.XStringToKeysym.restype = ctypes.c_ulong
        self.x.XStringToKeysym.argtypes = [ctypes.c_char_p]
        self.x.XKeysymToKeycode.argtypes = [ctypes.c_void_p, ctypes.c_ulong]
        self.x.XKeysymToKeycode.restype = ctypes.c_ubyte
        self.x.XFlush.argtypes = [ctypes.c_void_p]
        self.test.XTestFakeKeyEvent.argtypes = [ctypes.c_void_p, ctypes.c_uint, ctypes.c_int, ctypes.c_ulong]
        self.display = self.x.XOpenDisplay(None)
        if not self.display:
            raise AssertionError("no display")

    def code(self, name):
        name = {" ": "space", ".": "period", ",": "comma"}.get(name, name)
        return self.x.XKeysymToKeycode(self.display, self.x.XStringToKeysym(name.encode()))

    def press(self, keys):
        """"ctrl+l", "Return", "b"; when it was pressed."""
        names = {"ctrl": "Control_L", "alt": "Alt_L", "shift": "Shift_L"}
        codes = [self.code(names.get(key, key)) for key in keys.split("+")]
        at = time.monotonic()
        for code in codes:
            self.test.XTestFakeKeyEvent(self.display, code, 1, 0)
        for code in reversed(codes):
            self.test.XTestFakeKeyEvent(self.display, code, 0, 0)
        self.x.XFlush(self.display)
        return at


class Line:
    def __init__(self, text):
        parts = text.split()
        self.at = int(parts[0]) / 1e6
        self.kind = parts[1]
        self.rest = parts[2:]

    def is_(self, kind, first=None):
        return self.kind == kind and (first is None or self.rest[0] == first)


class Probed(App):
    """The window, with its probe."""

    def __init__(self, store=None, state=None, language="en", extra=None, folder=None):
        handle, self.path = tempfile.mkstemp(prefix="san-probe-")
        os.close(handle)
        self.read_to, self.kept, self.rest = 0, [], ""
        self.fingers = Fingers()
        super().__init__(store, state, language, dict(extra or {}, SAN_PROBE=self.path), folder=folder)

    def lines(self, since=0.0):
        with open(self.path) as file:
            file.seek(self.read_to)
            text = self.rest + file.read()
            self.read_to = file.tell()
        whole, _, self.rest = text.rpartition("\n")
        self.kept += [Line(one) for one in whole.split("\n") if one]
        return [line for line in self.kept if line.at >= since]

    def first(self, kind, first=None, since=0.0, seconds=PATIENCE):
        """The first such line, waited for."""
        end = time.monotonic() + seconds
        while True:
            for line in self.lines(since):
                if line.is_(kind, first):
                    return line
            if self.process.poll() is not None:
                raise AssertionError("the programme ended with %s: %s" % (self.process.returncode, self.messages()))
            if time.monotonic() > end:
                raise NotSeen("the probe never told “%s %s”" % (kind, first or ""))
            time.sleep(0.005)

    def shown(self, since):
        """When what happened at this moment was on the screen."""
        return self.first("frame", since=since).at

    def count(self):
        """Bytes in use, pages alive, questions on their way."""
        now = time.monotonic()
        self.process.send_signal(signal.SIGUSR1)
        return [int(word) for word in self.first("count", since=now).rest]

    def stalls(self, since):
        """(clock ms, computing ms, page) of every time that the window did not listen, the longest first."""
        found = [(int(line.rest[0]) / 1000, int(line.rest[1]) / 1000, line.rest[2])
                 for line in self.lines(since) if line.is_("work") and line.rest[2] != "start"]
        return sorted(found, key=lambda one: -one[1])

    def private(self):
        """Memory that is this process's alone, in MB; None where it cannot be read."""
        try:
            with open("/proc/%d/smaps_rollup" % self.process.pid) as file:
                return sum(int(line.split()[1]) for line in file if line.startswith("Private_")) / 1024
        except OSError:
            return None

    def quiet(self, for_seconds=0.15):
        """Until it has answered everything and has nothing more to draw but a cursor. What was pressed
        before has arrived: the signal of count() takes the same main loop, after the keys."""
        begun = time.monotonic()
        while time.monotonic() < begun + PATIENCE:
            pending = self.count()[2]
            told = [line.at for line in self.lines() if line.kind in ("page", "answer", "mark", "work")]
            if pending == 0 and time.monotonic() - max(told + [begun]) > for_seconds:
                return
            time.sleep(0.03)
        raise NotSeen("it never came to rest")

    def press(self, keys):
        return self.fingers.press(keys)

    def write(self, text, pause=0.03):
        for letter in text:
            at = self.press(letter)
            time.sleep(pause)
        return at

    def kill(self):
        super().kill()
        if os.path.exists(self.path):
            os.unlink(self.path)
