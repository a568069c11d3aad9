"""One store, one window: who starts it again, or opens a file, gets the window that is there."""
import os
import re
import signal
import subprocess
import time

from driver import App, Example, Gio, GLib, NotSeen, cli, run

OPEN = re.compile(r"Sanrakshan is already open on this laptop \(since [^)]+\)\. Nothing was changed\. Go to that window, or close it first\.")
NO_PAGE = "You opened a file that is for the Exchange page. Ask somebody who has that page. The file was left as it is."
PATH = "/in/sanrakshan/Sanrakshan"

example = Example()
apps = []


def start(store=None, files=(), person=None, extra=None):
    app = App(store, example.state, extra=dict(example.around, **(extra or {})), files=files)
    apps.append(app)
    if person:
        app.unlock(person)
    return app


def start_again(files=(), store=None):
    """A second start ends by itself, without a word."""
    second = start(store or example.shefali, files)
    assert second.process.wait(60) == 0
    assert second.messages() == "", second.messages()


def on_top():
    """The window over all others; they are told from the topmost down."""
    told = subprocess.run(["xwininfo", "-root", "-tree"], capture_output=True, text=True)
    return str(int(re.search(r'(0x[0-9a-f]+) "Sanrakshan"', told.stdout).group(1), 16))


def wait_on_top(app):
    for _ in range(600):
        if on_top() == app.window:
            return
        app.settle(0.1)
    raise NotSeen("that window did not come to the front")


def names():
    """The names on the session bus that are ours."""
    bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    told = bus.call_sync("org.freedesktop.DBus", "/", "org.freedesktop.DBus", "ListNames", None, None, 0, -1, None).unpack()[0]
    return [name for name in told if name.startswith("in.sanrakshan")]


def call(name, method, arguments):
    bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    return bus.call_sync(name, PATH, "org.gtk.Application", method, arguments, None, 0, -1, None)


def a_second_start_brings_the_locked_window_forward():
    global first, other
    first = start(example.shefali)
    first.find_window()
    first.wait("Sunanda")
    other = start(example.gulmohar)         # another store is another process
    other.find_window()
    other.wait("Passphrase")
    wait_on_top(other)
    start_again()
    wait_on_top(first)
    assert first.shows("Passphrase") and not first.shows("Names hidden")
    assert len(names()) == 2, names()
    for name in names():                    # nothing of the folder stands in it
        assert re.fullmatch(r"in\.sanrakshan\.Sanrakshan\.store-[0-9a-f]{32}", name), name


def whichever_way_the_folder_is_named():
    os.symlink(example.dir + "/sanrakshan-example", example.dir + "/by-another-way")
    start_again(store=example.dir + "/by-another-way/../by-another-way/shefali-bari")


def picture():
    return subprocess.run(["import", "-window", "root", "rgb:-"], capture_output=True, check=True).stdout


def another_picture(than):
    for _ in range(300):
        seen = picture()
        if seen != than:
            return seen
        first.settle(0.1)
    raise NotSeen("the window stays as it was")


def a_covered_window_stays_covered():
    first.unlock("Sunanda")
    first.wait("What waits")
    first.settle(1)
    page = picture()
    first.key("F12")
    another_picture(page)
    first.settle(0.5)
    cover = picture()
    start_again()
    first.settle(0.5)
    assert picture() == cover
    first.key("space")
    another_picture(cover)


def a_window_that_comes_to_the_same_store_leads_to_the_first():
    """It looked at nothing, and went to the store from its own first page."""
    late = start()
    late.find_window()
    late.wait("Look around with example data")
    late.click("button", "Look around with example data")
    late.wait("Shefali Bari (example)")
    late.click("button", "Shefali Bari (example)")
    late.wait("Sunanda")
    late.type("example words only here")
    late.key("Return")
    late.wait("Show it")
    assert OPEN.search(late.words()), late.words()
    wait_on_top(late)
    late.key("Return")                      # the button has the focus
    assert late.process.wait(60) == 0
    wait_on_top(first)
    assert late.messages() == "", late.messages()
    first.key("alt+2")
    first.wait("Welcome a child")           # it is as it was


def a_bundle_that_is_opened_comes_to_the_first_window():
    global bundle
    bundle = example.dir + "/news.dat"
    other.quit()
    cli(example.gulmohar, example.state, "bundle", "write", "--to", "Shefali Bari (example)", "--out", bundle, staff="Sunanda")
    start_again([bundle])
    first.wait("A bundle was opened")
    first.wait("From Gulmohar Ghar (example), written")
    first.click("button", "Use it")
    first.wait("Received 1 note.")
    first.key("alt+1")
    first.wait("What waits")
    start_again([bundle])                   # that one was used
    first.wait("Received 1 note.")
    assert not first.shows("A bundle was opened")
    later = example.dir + "/नई पोटली 2 #ক.dat"   # as a file manager hands it over, after something was exchanged
    cli(example.gulmohar, example.state, "bundle", "write", "--to", "Shefali Bari (example)", "--out", later, staff="Sunanda")
    start_again([GLib.filename_to_uri(later, None)])
    first.wait("A bundle was opened")


def a_card_that_is_opened_comes_to_its_page():
    card = example.dir + "/তাদের কার্ড (1).sancard"
    cli(example.gulmohar, example.state, "card", "show", "--out", card, staff="Sunanda")
    start_again([GLib.filename_to_uri(card, None)])
    first.wait("The card of Gulmohar Ghar (example).")
    start_again([card])
    first.wait("The card of Gulmohar Ghar (example).")


def what_comes_over_the_bus_is_only_a_place_to_look_at():
    hurt = example.dir + "/pipe.dat"
    os.mkfifo(hurt)
    first.key("alt+1")
    first.wait("What waits")
    (name,) = names()
    for uris in ([], ["file://" + "x" * 100000], ["nonsense"], ["file:///dev/zero"], ["file://" + hurt], ["file://" + example.dir],
                 ["file:///not/there"], ["smb://no/where.dat"]):
        call(name, "Open", GLib.Variant.new_tuple(GLib.Variant("as", uris), GLib.Variant("s", ""), GLib.Variant("a{sv}", {})))
    first.wait("That file cannot be read where it is.")
    first.key("alt+2")
    first.wait("Welcome a child")


def a_window_that_does_not_answer_is_said_and_can_be_asked_again():
    first.process.send_signal(signal.SIGSTOP)
    try:
        late = start(example.shefali)       # waits a little, then opens its own
        late.find_window()
        late.wait("Sunanda")
        late.type("example words only here")
        late.key("Return")
        late.wait("Show it")
        late.key("Return")
        late.wait("The other window does not answer. Wait a little, then press Show it again.")
    finally:
        first.process.send_signal(signal.SIGCONT)
    late.key("Return")
    assert late.process.wait(60) == 0
    wait_on_top(first)


def of_several_that_start_together_one_stays():
    several = [start(example.shefali) for _ in range(4)]
    end = time.monotonic() + 60
    while [app.process.poll() for app in several].count(0) < 3 and time.monotonic() < end:
        several[0].settle(0.1)
    assert sorted(str(app.process.poll()) for app in several) == ["0", "0", "0", "None"]
    assert len(names()) == 1


def without_a_bus_it_opens_by_itself():
    for app in apps:
        app.kill()
    # the toolkit tells its tree to a screen reader that it cannot reach, and complains of that itself
    app = start(example.shefali, person=None, extra={"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere", "G_DEBUG": ""})
    app.find_window()
    assert app.process.poll() is None and names() == []


def who_has_no_exchange_page_is_told():
    first.key("ctrl+l")
    first.wait("Passphrase")
    start_again([bundle])                   # waits for the passphrase
    first.unlock("Rokeya")
    first.wait(NO_PAGE)
    assert not first.shows("A bundle was opened")
    first.check_quiet()
    assert names() == [], names()


try:
    run([a_second_start_brings_the_locked_window_forward, whichever_way_the_folder_is_named, a_covered_window_stays_covered,
         a_window_that_comes_to_the_same_store_leads_to_the_first, a_bundle_that_is_opened_comes_to_the_first_window,
         a_card_that_is_opened_comes_to_its_page, what_comes_over_the_bus_is_only_a_place_to_look_at,
         a_window_that_does_not_answer_is_said_and_can_be_asked_again,
         who_has_no_exchange_page_is_told, of_several_that_start_together_one_stays, without_a_bus_it_opens_by_itself])
finally:
    for one in apps:
        one.kill()
    example.remove()
