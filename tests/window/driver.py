"""Drives the window as a person would: keys and clicks through the display, and what a screen
reader is told through AT-SPI. Nothing here calls into the programme.

Shared by the tests of this folder and by the story. A test is a list of functions; run() prints TAP.
"""
import fcntl
import glob
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import gi
gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # noqa: E402

BUILD = os.path.abspath(os.environ.get("SAN_BUILD", "build"))
WORDS = "example words only here"
ROOT = "/org/a11y/atspi/accessible/root"
NAMES_HIDDEN = ("Names hidden", "नाम छिपे हैं", "নাম লুকানো আছে", "नावे लपवली आहेत")
PATIENCE = float(os.environ.get("SAN_PATIENCE", "60"))


class NotSeen(AssertionError):
    """What was waited for did not come onto the screen."""


def pump():
    while GLib.MainContext.default().iteration(False):
        pass


def environment(language="en", extra=None):
    env = dict(os.environ)
    env.update({"SAN_DATA_DIR": BUILD + "/data", "SAN_LOCALE_DIR": BUILD + "/po", "LANGUAGE": language,
                "GSETTINGS_SCHEMA_DIR": BUILD + "/data", "G_DEBUG": "fatal-criticals"})
    env.update(extra or {})
    return env


def cli(store, state, *arguments, staff=None, words=WORDS):
    """The command line on the same store, while no window has it open."""
    command = [BUILD + "/src/cli/sanrakshan-cli", "--store", store]
    if staff:
        command += ["--staff", staff, "--passphrase-file", "-"]
    done = subprocess.run(command + list(arguments), input=words + "\n", text=True, capture_output=True,
                          env=environment(extra={"SAN_STATE_DIR": state}))
    if done.returncode != 0:
        raise AssertionError("%s: %s" % (arguments, done.stderr.strip()))
    return done.stdout


def ready_example():
    """The example of today and of this build, made once: making it takes longer than most tests."""
    made_by = os.stat(BUILD + "/src/cli/sanrakshan-cli")
    kept = "%s/example-%s-%d" % (BUILD, time.strftime("%Y%m%d"), made_by.st_mtime_ns)
    if not os.path.isdir(kept):
        for old in glob.glob(BUILD + "/example-2*"):
            shutil.rmtree(old, ignore_errors=True)
        with tempfile.TemporaryDirectory(prefix="making-", dir=BUILD, ignore_cleanup_errors=True) as fresh:
            subprocess.run([BUILD + "/src/cli/sanrakshan-cli", "example", fresh + "/stores"], check=True,
                           stdout=subprocess.DEVNULL, env=environment(extra={"SAN_STATE_DIR": fresh + "/state"}))
            os.rename(fresh + "/stores", kept)
    return kept


def copy_example(to):
    """One test after the other: none makes what another one makes, or takes away what is copied."""
    with open(BUILD + "/example.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        shutil.copytree(ready_example(), to)


class Example:
    """Two example centres in a folder of their own. A window that is given `around` as its
    environment takes them for the ones of "Look around": everybody then works in its language."""

    def __init__(self, dir=None):
        self.dir = dir or tempfile.mkdtemp(prefix="san-app-")
        copy_example(self.dir + "/sanrakshan-example")
        self.shefali = self.dir + "/sanrakshan-example/shefali-bari"
        self.gulmohar = self.dir + "/sanrakshan-example/gulmohar-ghar"
        self.state = self.dir + "/sanrakshan-example/state"
        self.stick = self.dir + "/sanrakshan-example/pen-drive"
        self.around = {"XDG_DATA_HOME": self.dir}
        self.copies = 0
        for store in (self.shefali, self.gulmohar):     # their own one, not the one they were made with
            cli(store, self.state, "place", "add", "Practice pen drive", "file://" + self.stick, staff="Sunanda")

    def copy(self):
        """Both centres again as they were, with what this laptop remembers of them."""
        self.copies += 1
        return Example("%s/copy-%d" % (self.dir, self.copies))

    def remove(self):
        shutil.rmtree(self.dir, ignore_errors=True)


def weather(clock=None, slow=None, full=None, held=None, hold=None):
    """Environment for an App whose clock is so many seconds off, or to which a folder is slow or full; or for
    which what begins with the path `held` is not synced as long as there is a file `hold`."""
    extra = {"LD_PRELOAD": "libweather.so", "LD_LIBRARY_PATH": BUILD + "/tests/window"}    # a blank ends a name
    if clock is not None:
        extra["SAN_WEATHER_CLOCK"] = str(clock)
    if slow:
        extra["SAN_WEATHER_SLOW"] = slow
    if full:
        extra["SAN_WEATHER_FULL"] = full
    if held:
        extra.update({"SAN_WEATHER_HELD": held, "SAN_WEATHER_HOLD": hold})
    return extra


class Node:
    """One widget as a screen reader sees it."""

    def __init__(self, app, item):
        (self.bus_name, self.path), _, (_, self.parent), self.index, self.children, _, self.name, role, self.description, \
            bits = item
        self.app, self.bits, self.depth = app, bits[0] | bits[1] << 32, 0
        self.role = Atspi.role_get_name(Atspi.Role(role))
        if self.role == "status bar" and not self.name:    # newer GTK tells its words only as a text
            self.name = self.text() or ""

    def has(self, state):
        return bool(self.bits >> int(state) & 1)

    def focused(self):
        return self.has(Atspi.StateType.FOCUSED)

    def ask(self, interface, method, arguments=None):
        return self.app.bus().call_sync(self.bus_name, self.path, "org.a11y.atspi." + interface, method, arguments,
                                        None, 0, 20000, None).unpack()

    def rectangle(self):
        box = Atspi.Rect()
        (box.x, box.y, box.width, box.height), = self.ask("Component", "GetExtents", GLib.Variant("(u)", (1,)))
        return box

    def text(self):
        """What stands in it, where it is a text."""
        try:
            return self.ask("Text", "GetText", GLib.Variant("(ii)", (0, 1 << 20)))[0]      # GTK 4.8 takes -1 for none of it
        except GLib.Error:
            return None


class Focus:
    """What takes the focus, as it is told: (role, name), the last one last."""

    def __init__(self):
        self.told = []
        self.listener = Atspi.EventListener.new(self.hear)
        self.listener.register("object:state-changed:focused")

    def hear(self, event, *rest):
        if event.detail1:
            try:
                self.told.append((event.source.get_role_name(), event.source.get_name() or ""))
            except GLib.Error:      # it went away at once
                pass

    def forget(self):
        self.told.clear()

    def wait(self, words, role=""):
        """Until something whose name has these words has the focus."""
        end = time.monotonic() + PATIENCE
        while not (self.told and words in self.told[-1][1] and role in self.told[-1][0]):
            pump()
            time.sleep(0.03)
            if time.monotonic() > end:
                raise NotSeen("the focus went %s, not to “%s”" % (self.told[-4:], words))

    def step(self, app, key):
        """A key that moves, and until it has moved; where nothing is next, not for long."""
        told = len(self.told)
        app.key(key)
        end = time.monotonic() + 1
        while len(self.told) == told and time.monotonic() < end:
            app.settle(0.03)
        if len(self.told) == told:
            app.caught_up()


class App:
    """The window on one store."""

    connection = None

    def __init__(self, store=None, state=None, language="en", extra=None, files=(), folder=None):
        extra = dict(extra or {})
        if state:
            extra["SAN_STATE_DIR"] = state
        command = [BUILD + "/src/app/sanrakshan"] + (["--store", store] if store else []) + list(files)
        self.log = tempfile.TemporaryFile(mode="w+")
        self.begun = time.monotonic()
        self.process = subprocess.Popen(command, env=environment(language, extra), stderr=self.log,
                                        stdout=subprocess.DEVNULL, cwd=folder)
        self.window = None
        self.bus_name = None
        self.strokes = self.fields = 0      # hands so far: key presses and clicks; texts typed
        self.settle(0)

    # the screen

    def settle(self, seconds=0.25):
        end = time.monotonic() + seconds
        while True:
            pump()
            if time.monotonic() >= end:
                return
            time.sleep(0.02)

    def find_window(self):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            done = subprocess.run(["xdotool", "search", "--all", "--onlyvisible", "--pid", str(self.process.pid), "--name", "^Sanrakshan$"],
                                  capture_output=True, text=True)
            if done.stdout.split():
                self.window = done.stdout.split()[-1]
                if subprocess.run(["xdotool", "windowfocus", self.window], capture_output=True).returncode == 0:
                    return
            if self.process.poll() is not None:
                raise AssertionError("the programme ended with %s: %s" % (self.process.returncode, self.messages()))
            time.sleep(0.05)
        raise NotSeen("no window")

    def focus_window(self):
        if self.window is None:
            self.find_window()
        if subprocess.run(["xdotool", "windowfocus", self.window], capture_output=True).returncode != 0:
            self.find_window()          # a question over it, or it again

    def bus(self):
        """The bus of accessibility; one connection for all windows."""
        if App.connection is None:
            session = Gio.bus_get_sync(Gio.BusType.SESSION, None)
            address = session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None, 0,
                                        20000, None).unpack()[0]
            App.connection = Gio.DBusConnection.new_for_address_sync(
                address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT |
                Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)
        return App.connection

    def name_on_bus(self):
        """Which of those on the bus is this process; None while it is not there yet."""
        if self.bus_name is None:
            def ask(method, argument=None):
                return self.bus().call_sync("org.freedesktop.DBus", "/", "org.freedesktop.DBus", method, argument, None, 0,
                                            20000, None).unpack()[0]
            for name in ask("ListNames"):
                try:
                    if name.startswith(":") and ask("GetConnectionUnixProcessID",
                                                    GLib.Variant("(s)", (name,))) == self.process.pid:
                        self.bus_name = name
                except GLib.Error:      # it left the bus meanwhile
                    pass
        return self.bus_name

    def items(self):
        """All widgets in one answer, however many there are; nothing while it does not answer."""
        name = self.name_on_bus()
        if name is None:
            return []
        try:
            return self.bus().call_sync(name, "/org/a11y/atspi/cache", "org.a11y.atspi.Cache", "GetItems", None, None, 0,
                                        20000, None).unpack()[0]
        except GLib.Error:
            return []

    def nodes(self):
        """What is visible, from the outside in and from the first to the last."""
        for _ in range(4):
            pump()
            below = {}
            for item in self.items():
                node = Node(self, item)
                below.setdefault(node.parent, []).append(node)
            found, missing = [], []
            self.walk(below, ROOT, 1, found, missing)
            if not missing:
                break
            for node in missing:        # GTK tells of a widget when somebody asked for it once
                self.ask_children(node.bus_name, node.path, 0)
        return found

    def walk(self, below, parent, depth, found, missing):
        for node in sorted(below.get(parent, []), key=lambda n: n.index):
            if depth > 60 or node.path == ROOT or depth > 1 and not node.has(Atspi.StateType.VISIBLE):
                continue
            node.depth = depth
            found.append(node)
            if node.children > len(below.get(node.path, [])):
                missing.append(node)
            self.walk(below, node.path, depth + 1, found, missing)

    def ask_children(self, bus_name, path, depth):
        try:
            children = self.bus().call_sync(bus_name, path, "org.a11y.atspi.Accessible", "GetChildren", None, None, 0, 20000,
                                            None).unpack()[0]
        except GLib.Error:              # it went away while it was asked
            return
        for name, child in children:
            if depth < 60:
                self.ask_children(name, child, depth + 1)

    def ask_anew(self):
        """Of what was hidden while it was first told of, GTK 4.8 tells only when its parent is asked again."""
        for node in self.nodes():
            self.ask_children(node.bus_name, node.path, 60)

    def caught_up(self):
        """When this returns, the window has come to what was pressed before, however busy the machine is."""
        for _ in range(2 if self.name_on_bus() else 0):     # the first answer may come before the key in one turn
            self.ask_children(self.bus_name, ROOT, 60)
        self.settle(0.1)

    def words(self):
        return "\n".join(n.name for n in self.nodes() if n.name)

    def shows(self, words):
        return words in self.words()

    def wait(self, words, seconds=None):
        """Until these words are on the screen."""
        begin = time.monotonic()
        end, look = begin + max(seconds or 0, PATIENCE), begin + 3
        seen = ""
        while time.monotonic() < end:
            if time.monotonic() > look:
                self.ask_anew()
                look = time.monotonic() + 3
            seen = self.words()
            if words in seen:
                return
            if self.process.poll() is not None:
                raise AssertionError("the programme ended with %s: %s" % (self.process.returncode, self.messages()))
            self.settle(0.1)
        raise NotSeen("“%s” did not come; on the screen: %s" % (words, seen.replace("\n", " | ")[:1500]))

    def wait_any(self, several, seconds=None):
        """Until one of these is on the screen; which one."""
        end = time.monotonic() + max(seconds or 0, PATIENCE)
        while time.monotonic() < end:
            seen = self.words()
            for words in several:
                if words in seen:
                    return words
            if self.process.poll() is not None:
                raise AssertionError("the programme ended with %s: %s" % (self.process.returncode, self.messages()))
            self.settle(0.1)
        raise NotSeen("none of “%s” came" % "”, “".join(several))

    def wait_gone(self, words, seconds=None):
        end = time.monotonic() + max(seconds or 0, PATIENCE)
        while time.monotonic() < end:
            if words not in self.words():
                return
            self.settle(0.1)
        raise NotSeen("“%s” did not go" % words)

    def find(self, role, name):
        """The first widget of that role (a word of it) whose name has these words."""
        for node in self.nodes():
            if role in node.role and name in node.name.replace("_", ""):
                return node
        raise NotSeen("no %s “%s”; there is: %s" % (role, name, self.words().replace("\n", " | ")[:1500]))

    def find_soon(self, role, name):
        """The same, of a page that may still be filled."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                return self.find(role, name)
            except NotSeen:
                if time.monotonic() > end or self.process.poll() is not None:
                    raise
            self.settle(0.1)

    def focused(self):
        for node in reversed(self.nodes()):
            if node.focused():
                return node
        return None

    # hands

    def count(self):
        """From here on strokes and fields are counted anew."""
        self.strokes = self.fields = 0

    def counted(self, fields, strokes):
        """The figure of a bar; more of either is a miss."""
        figure = "%d of %d fields, %d of %d strokes" % (self.fields, fields, self.strokes, strokes)
        assert self.fields <= fields and self.strokes <= strokes, figure
        return figure

    def key(self, *keys):
        self.focus_window()
        self.strokes += len(keys)
        for one in keys:
            subprocess.run(["xdotool", "key", "--delay", "20", one], check=True)
            self.settle(0.08)

    def keys(self, keys):
        """Many at once."""
        self.focus_window()
        self.strokes += len(keys)
        subprocess.run(["xdotool", "key", "--delay", "12"] + keys, check=True)

    def press_place(self, letter):
        """The key that gives this letter on a US keyboard, whatever it gives now."""
        rows = ((24, "qwertyuiop"), (38, "asdfghjkl"), (52, "zxcvbnm"), (65, " "))
        code = next(first + row.index(letter) for first, row in rows if letter in row)
        subprocess.run(["xdotool", "key", "--delay", "12", str(code)], check=True)

    def layout(self, name):
        """A keyboard layout, such as in(ben); keys are then named by their place: 41 is F."""
        subprocess.run(["setxkbmap", name], check=True, capture_output=True)
        self.settle(0.3)

    def type(self, text):
        self.focus_window()
        self.fields += 1
        subprocess.run(["xdotool", "type", "--delay", "12", text], check=True)
        self.settle(0.1)

    def click(self, role, name):
        self.strokes += 1
        node = self.find_soon(role, name)
        if not (self.places_are_wrong() and self.act(node)):
            self.click_at(*self.settled_middle(role, name))
        self.settle(0.2)

    def click_node(self, node):
        """One of several with the same name."""
        self.strokes += 1
        if not (self.places_are_wrong() and self.act(node)):
            box = node.rectangle()
            self.click_at(box.x + box.width // 2, box.y + box.height // 2)
        self.settle(0.2)

    def places_are_wrong(self):
        """GTK 4.18 tells places with the borders left out; its window then seems to begin beside the screen."""
        return self.beside() < 0

    def beside(self):
        """How far to the left of the screen the window is said to begin, in pixels below 0."""
        return min([0] + [n.rectangle().x for n in self.nodes() if n.role == "frame"])

    def act(self, node):
        nodes = self.nodes()
        for below, after in zip(nodes, nodes[1:]):      # a button with a menu only holds the one that opens it
            if below.path == node.path and after.role == "toggle button" and after.depth == below.depth + 1:
                node = after
        try:
            for at, action in enumerate(node.ask("Action", "GetActions")[0]):
                if action[0].lower() == "click":        # of a text one can copy and paste, but not click it
                    return node.ask("Action", "DoAction", GLib.Variant("(i)", (at,)))[0]
        except GLib.Error:      # a row of a list has no action
            pass
        return False

    def settled_middle(self, role, name):
        """Of what stands still: a page that is still filled moves its parts, or makes them anew."""
        still, middle = 0, None
        for _ in range(50):
            try:
                box = self.find(role, name).rectangle()
            except GLib.Error:      # it was made anew while it was asked
                continue
            before, middle = middle, (box.x + box.width // 2, box.y + box.height // 2)
            still = still + 1 if before == middle else 0
            if still == 3:
                break
            self.settle(0.1)
        return middle

    def click_at(self, x, y):
        self.focus_window()
        left_out = -2 * self.beside()       # the window's border, and what is inside of it
        x, y = x + left_out, y + left_out
        subprocess.run(["xdotool", "mousemove", "--window", self.window, str(x), str(y), "click", "1"], check=True)

    def answer(self, words):
        """A question stands over the window: goes to that button of it, and presses it."""
        self.find_window()                  # the one on top
        for _ in range(12):
            node = self.focused()
            if node is not None and node.name == words:
                self.key("Return")
                self.window = None
                return
            self.key("Tab")
        raise NotSeen("the question has no “%s”" % words)

    def shot(self, path):
        self.settle(0.3)
        subprocess.run(["import", "-window", "root", path], check=True)

    # what everybody does first

    def unlock(self, person, words=WORDS):
        self.find_window()
        self.wait(person)
        for _ in range(12):
            if self.chosen_person() == person:
                break
            self.key("Down")
        else:
            for _ in range(12):
                if self.chosen_person() == person:
                    break
                self.key("Up")
        self.type(words)
        self.key("Return")
        self.wait_any(NAMES_HIDDEN)          # in whatever language is hers

    def chosen_person(self):
        for node in self.nodes():
            if node.has(Atspi.StateType.SELECTED) and node.name and "list" not in node.role:
                return re.split(r"[,.·\n]", node.name)[0].strip()
        return None

    # the process

    def messages(self):
        self.log.flush()
        self.log.seek(0)
        noise = re.compile(r"portal|A connection to the bus|Unable to acquire session bus|dconf|gvfs|UDisks|threads value|gl-disable|available space|avahi printers")
        return "".join(line for line in self.log if line.strip() and not noise.search(line))

    def memory_holds(self, words):
        """How often the words stand in the process's memory, in the encodings that we and GTK use."""
        count = 0
        forms = {words.encode(), words.encode("utf-16-le")}
        with open("/proc/%d/maps" % self.process.pid) as maps, open("/proc/%d/mem" % self.process.pid, "rb", 0) as memory:
            for line in maps:
                span, mode = line.split()[:2]
                if not mode.startswith("rw"):
                    continue
                begin, end = (int(x, 16) for x in span.split("-"))
                try:
                    memory.seek(begin)
                    content = memory.read(end - begin)
                except (OSError, OverflowError, ValueError):
                    continue
                count += sum(content.count(form) for form in forms)
        return count

    def check_quiet(self):
        """It ends, and neither it nor the toolkit complained of anything."""
        self.quit()
        assert self.messages() == "", self.messages()

    def quit(self):
        if self.process.poll() is None:
            self.key("ctrl+q")
            try:
                self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
                raise AssertionError("it did not quit")
        return self.process.returncode

    def kill(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()


def skip(why):
    """The whole file, by name."""
    print("1..0 # SKIP " + why)
    sys.exit(0)


def run(tests):
    """TAP of functions; each gets nothing and raises what is wrong."""
    print("1..%d" % len(tests))
    failed = 0
    for number, test in enumerate(tests, 1):
        name = test.__name__.replace("_", "-")
        begun = time.monotonic()
        try:
            figure = test()
            print("ok %d /app/%s%s" % (number, name, " # " + figure if figure else ""))
        except Exception as problem:       # a test that breaks must not stop the others
            failed += 1
            print("not ok %d /app/%s" % (number, name))
            print("# %s: %s" % (type(problem).__name__, str(problem).replace("\n", "\n# ")))
        print("# %.1f s" % (time.monotonic() - begun))
        sys.stdout.flush()
    sys.exit(1 if failed else 0)
