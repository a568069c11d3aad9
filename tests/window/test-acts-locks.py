"""Locks that nobody pressed: nobody touched it, the laptop goes to sleep, the desktop locks. They
leave as little as a lock by hand, and sleep waits until the keys are gone.
"""
import os
import time

import planted
from driver import Gio, GLib, pump, run, skip, weather
from leavings import memory, readable
from planted import ALIAS, NAME, PLANTED, TYPED, look_at_everything, setup
from probe import SANITIZED, Probed

MANAGER = """<node><interface name="org.freedesktop.login1.Manager">
<method name="Inhibit"><arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
<arg type="s" direction="in"/><arg type="h" direction="out"/></method></interface></node>"""
WARNING = "Locks in 30 seconds. Press any key to stay."

app = None
held = []           # our ends of the pipes that the window keeps open while sleep has to wait


def give_delay(connection, sender, path, interface, method, parameters, invocation):
    """As logind: a file that is held open for as long as sleep is to wait."""
    ours, theirs = os.pipe()
    held.append(ours)
    invocation.return_value_with_unix_fd_list(GLib.Variant("(h)", (0,)), Gio.UnixFDList.new_from_array([theirs]))


def be_logind():
    bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    bus.register_object("/org/freedesktop/login1", Gio.DBusNodeInfo.new_for_xml(MANAGER).interfaces[0], give_delay, None, None)
    bus.call_sync("org.freedesktop.DBus", "/", "org.freedesktop.DBus", "RequestName",
                  GLib.Variant("(su)", ("org.freedesktop.login1", 0)), None, 0, 20000, None)
    return bus


def tell(path, interface, signal, value):
    bus.emit_signal(None, path, interface, signal, GLib.Variant("(b)", (value,)))
    bus.flush_sync(None)


def is_held():
    """Whether the window still makes sleep wait."""
    pump()
    os.set_blocking(held[-1], False)
    try:
        return os.read(held[-1], 1) != b""
    except BlockingIOError:
        return True


def show_and_type():
    app.unlock("Sunanda")
    app.quiet()
    look_at_everything(app)
    before = memory(app.process.pid, PLANTED)
    assert NAME in before and ALIAS in before and TYPED in before, "nothing was shown: %s" % before


def nothing_is_left(since, why):
    app.first("mark", "keys-gone", since=since)
    app.wait("Passphrase")
    app.quiet()
    time.sleep(0.3)
    left = memory(app.process.pid, PLANTED)
    tree = app.words()
    assert not left, "%s: %d of %d words left (goal 0): %s" % (why, len(left), len(PLANTED), left)
    assert not any(word in tree for word in (NAME, ALIAS, TYPED)), tree
    return "memory after %s: 0 of %d words left (goal 0)" % (why, len(PLANTED))


def rest(seconds):
    with open(place.dir + "/rest.new", "w") as file:
        file.write("%d\n" % seconds)
    os.rename(place.dir + "/rest.new", place.dir + "/rest")


def nobody_touches_it():
    show_and_type()
    rest(280)
    app.wait(WARNING)
    app.key("Left")                         # she is there
    app.wait_gone(WARNING)
    since = time.monotonic()
    rest(2 * 280)
    app.wait(WARNING)
    rest(4 * 280)
    return nothing_is_left(since, "an idle lock")


def the_laptop_goes_to_sleep():
    show_and_type()
    assert is_held(), "sleep would not have waited"
    since = time.monotonic()
    tell("/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep", True)
    figure = nothing_is_left(since, "sleep")
    end = time.monotonic() + 20
    while is_held() and time.monotonic() < end:
        time.sleep(0.05)
    assert not is_held(), "sleep waits for ever"
    tell("/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep", False)
    n, end = len(held), time.monotonic() + 20
    while len(held) == n and time.monotonic() < end:
        pump()
        time.sleep(0.05)
    assert len(held) > n or is_held(), "the next sleep would not wait"
    return figure


def the_desktop_locks():
    show_and_type()
    since = time.monotonic()
    tell("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", True)
    return nothing_is_left(since, "a lock of the desktop")


def it_complained_of_nothing():
    app.check_quiet()


if SANITIZED:
    skip("sanitizers bring an allocator of their own")
bus = be_logind()
try:
    place = setup()
    rest(0)
    app = Probed(place.shefali, place.state, extra=dict(
        weather(), DBUS_SYSTEM_BUS_ADDRESS=os.environ["DBUS_SESSION_BUS_ADDRESS"], SAN_WEATHER_REST=place.dir + "/rest"))
    app.find_window()
    if not readable(app.process.pid):
        skip("only root may look into it")
    run([nobody_touches_it, the_laptop_goes_to_sleep, the_desktop_locks, it_complained_of_nothing])
finally:
    if app:
        app.kill()
    if planted.made:
        planted.made.remove()
