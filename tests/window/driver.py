"""Drives the window as a person would: keys and clicks through the display, and what a screen
reader is told through AT-SPI. Nothing here calls into the programme.

Shared by the tests of this folder and by the story. A test is a list of functions; run() prints TAP.
"""
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
from gi.repository import Atspi, GLib  # noqa: E402

BUILD = os.path.abspath(os.environ.get("SAN_BUILD", "build"))
WORDS = "example words only here"
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
                "GSETTINGS_SCHEMA_DIR": BUILD + "/data"})
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
        fresh = tempfile.mkdtemp(prefix="making-", dir=BUILD)
        try:
            subprocess.run([BUILD + "/src/cli/sanrakshan-cli", "example", fresh + "/stores"], check=True,
                           stdout=subprocess.DEVNULL, env=environment(extra={"SAN_STATE_DIR": fresh + "/state"}))
            os.rename(fresh + "/stores", kept)
        except OSError:         # another test was quicker
            if not os.path.isdir(kept):
                raise
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    return kept


class Example:
    """Two example centres in a folder of their own."""

    def __init__(self):
        self.dir = tempfile.mkdtemp(prefix="san-app-")
        shutil.copytree(ready_example(), self.dir + "/stores")
        self.shefali = self.dir + "/stores/shefali-bari"
        self.gulmohar = self.dir + "/stores/gulmohar-ghar"
        self.state = self.dir + "/stores/state"
        self.copies = 0

    def copy(self):
        """Both centres again as they were, with what this laptop remembers of them: an Example of its own."""
        other = Example.__new__(Example)
        self.copies += 1
        other.dir = "%s/copy-%d" % (self.dir, self.copies)
        shutil.copytree(ready_example(), other.dir + "/stores")
        other.shefali = other.dir + "/stores/shefali-bari"
        other.gulmohar = other.dir + "/stores/gulmohar-ghar"
        other.state = other.dir + "/stores/state"
        other.copies = 0
        return other

    def remove(self):
        shutil.rmtree(self.dir, ignore_errors=True)


class Node:
    """One widget as a screen reader sees it."""

    def __init__(self, accessible, role, name, depth):
        self.accessible, self.role, self.name, self.depth = accessible, role, name, depth

    def states(self):
        return self.accessible.get_state_set()

    def focused(self):
        return self.states().contains(Atspi.StateType.FOCUSED)

    def rectangle(self):
        return self.accessible.get_component_iface().get_extents(Atspi.CoordType.WINDOW)


class App:
    """The window on one store."""

    def __init__(self, store=None, state=None, language="en", extra=None):
        extra = dict(extra or {})
        if state:
            extra["SAN_STATE_DIR"] = state
        command = [BUILD + "/src/app/sanrakshan"] + (["--store", store] if store else [])
        self.log = tempfile.TemporaryFile(mode="w+")
        self.begun = time.monotonic()
        self.process = subprocess.Popen(command, env=environment(language, extra), stderr=self.log,
                                        stdout=subprocess.DEVNULL)
        self.window = None
        self.accessible = None
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
            done = subprocess.run(["xdotool", "search", "--pid", str(self.process.pid), "--name", "^Sanrakshan$"],
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
        subprocess.run(["xdotool", "windowfocus", self.window], capture_output=True)

    def application(self):
        if self.accessible is None:
            desktop = Atspi.get_desktop(0)
            for i in range(desktop.get_child_count()):
                child = desktop.get_child_at_index(i)
                if child is not None and child.get_process_id() == self.process.pid:
                    self.accessible = child
        return self.accessible

    def nodes(self):
        pump()
        root = self.application()
        found = []

        def walk(accessible, depth):
            try:
                states = accessible.get_state_set()
                if not states.contains(Atspi.StateType.VISIBLE) and depth > 1:
                    return
                found.append(Node(accessible, accessible.get_role_name(), accessible.get_name() or "", depth))
                for i in range(accessible.get_child_count()):
                    child = accessible.get_child_at_index(i)
                    if child is not None and depth < 60:
                        walk(child, depth + 1)
            except GLib.Error:      # it went away while it was looked at
                return

        if root is not None:
            root.clear_cache()
            walk(root, 0)
        return found

    def words(self):
        return "\n".join(n.name for n in self.nodes() if n.name)

    def shows(self, words):
        return words in self.words()

    def wait(self, words, seconds=None):
        """Until these words are on the screen."""
        end = time.monotonic() + max(seconds or 0, PATIENCE)
        seen = ""
        while time.monotonic() < end:
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

    def focused(self):
        for node in reversed(self.nodes()):
            if node.focused():
                return node
        return None

    # hands

    def key(self, *keys):
        self.focus_window()
        for one in keys:
            subprocess.run(["xdotool", "key", "--delay", "20", one], check=True)
            self.settle(0.08)

    def type(self, text):
        self.focus_window()
        subprocess.run(["xdotool", "type", "--delay", "12", text], check=True)
        self.settle(0.1)

    def click(self, role, name):
        node = self.find(role, name)
        box = node.rectangle()
        self.focus_window()
        subprocess.run(["xdotool", "mousemove", "--window", self.window, str(box.x + box.width // 2),
                        str(box.y + box.height // 2), "click", "1"], check=True)
        self.settle(0.2)

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
            if node.states().contains(Atspi.StateType.SELECTED) and node.name and "list" not in node.role:
                return re.split(r"[,.·\n]", node.name)[0].strip()
        return None

    # the process

    def messages(self):
        self.log.flush()
        self.log.seek(0)
        noise = re.compile(r"portal|A connection to the bus|Unable to acquire session bus|dconf|gvfs|UDisks|threads value")
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

    def quit(self):
        if self.process.poll() is None:
            self.key("ctrl+q")
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
                raise AssertionError("it did not quit")
        return self.process.returncode

    def kill(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()


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
