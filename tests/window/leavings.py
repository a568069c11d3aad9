"""Where words may be left behind: the memory of a process, and everything around it."""
import os
import re
import shutil
import subprocess


def forms(words):
    """As GTK, Pango and X keep text."""
    return {"UTF-8": words.encode(), "UTF-16": words.encode("utf-16-le"), "UTF-32": words.encode("utf-32-le")}


def readable(pid):
    """Only root may look into a process that has closed itself."""
    try:
        with open("/proc/%d/mem" % pid, "rb"):
            return True
    except OSError:
        return False


def memory(pid, planted):
    """{word: {encoding in a kind of memory: how often}} of what stands in the writable memory."""
    found = {}
    with open("/proc/%d/maps" % pid) as maps, open("/proc/%d/mem" % pid, "rb", 0) as content:
        for line in maps:
            parts = line.split(None, 5)
            if "w" not in parts[1]:
                continue
            begin, end = (int(x, 16) for x in parts[0].split("-"))
            kind = os.path.basename(parts[5].strip()) if len(parts) > 5 else "mapped"
            try:
                content.seek(begin)
                data = content.read(end - begin)
            except (OSError, OverflowError, ValueError):
                continue
            for word in planted:
                for name, form in forms(word).items():
                    n = data.count(form)
                    if n:
                        where = found.setdefault(word, {})
                        where["%s in %s" % (name, kind)] = where.get("%s in %s" % (name, kind), 0) + n
    return found


def around(pid, folders, planted, log=""):
    """{word: [places]}: titles and properties of windows, clipboard, command line and environment,
    file names and files (records are encrypted), what the programme printed."""
    places = {"what it printed": log.encode()}
    if shutil.which("xwininfo") is None or shutil.which("xprop") is None:
        raise AssertionError("xwininfo and xprop are missing (x11-utils)")
    tree = subprocess.run(["xwininfo", "-root", "-tree"], capture_output=True).stdout
    places["window titles"] = tree
    for window in set(re.findall(rb"0x[0-9a-f]+", tree)):
        places["window properties"] = places.get("window properties", b"") + subprocess.run(
            ["xprop", "-id", window.decode()], capture_output=True).stdout
    for name in ("cmdline", "environ"):
        try:
            with open("/proc/%d/%s" % (pid, name), "rb") as file:
                places["/proc " + name] = file.read()
        except PermissionError:     # closed to everybody but root, which is as good
            pass
    for folder in folders:
        for base, inside, files in os.walk(folder):
            for name in inside + files:
                path = os.path.join(base, name)
                places["file names"] = places.get("file names", b"") + path.encode() + b"\n"
                if os.path.isfile(path) and not os.path.islink(path):
                    with open(path, "rb") as file:
                        places[path] = file.read()
    return {word: sorted(place for place, data in places.items() if any(f in data for f in forms(word).values()))
            for word in planted}


def selections():
    """What other programmes would get by pasting: clipboard and primary selection."""
    import gi
    gi.require_version("Gdk", "4.0")
    gi.require_version("Gtk", "4.0")
    from gi.repository import Gdk, GLib, Gtk
    Gtk.init()
    texts = []
    display = Gdk.Display.get_default()
    for clipboard in (display.get_clipboard(), display.get_primary_clipboard()):
        loop = GLib.MainLoop()

        def got(source, result):
            try:
                texts.append(source.read_text_finish(result) or "")
            except GLib.Error:      # nothing there
                texts.append("")
            loop.quit()

        clipboard.read_text_async(None, got)
        GLib.timeout_add_seconds(5, loop.quit)
        loop.run()
    return texts
