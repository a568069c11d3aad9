"""What can happen to a pen drive: pulled while it is read, cut short, not for us, not to be written, full."""
import media

nothing = media.begin()         # before anything has a thread

import json                     # noqa: E402
import os                       # noqa: E402
import shutil                   # noqa: E402
from driver import App, Example, cli, run, skip, weather   # noqa: E402

REMOVED = "The pen drive was removed. What had arrived whole is kept, the rest will come next time. Nothing is lost."
CUT_SHORT = ("1 bundle is not complete (it may have been cut short). Nothing from it was used; what you had is safe. "
             "It is looked at again next time; if it stays so, ask for a new copy.")
# in the last frame, and of small bundles that is the only one, damage looks like a cut
DAMAGED = ("2 bundles are not complete (they may have been cut short). Nothing from them was used; what you had is safe. "
           "They are looked at again next time; if they stay so, ask for new copies.")
NOT_FOR_US = "This holds nothing for this centre. It may be for another one. Leave it as it is."
READ_ONLY = "This pen drive cannot be written to. What was on it for us is kept. Use another one, or move its little switch."
FULL = "There is no space left. What had arrived whole is kept. Free some space, then exchange again."

STICK = os.environ["HOME"] + "/KINGSTON"
BOX = os.environ["HOME"] + "/box"
example = app = stick = None


def gulmohar(*words):
    return json.loads(cli(example.gulmohar, example.state, "--json", *words, staff="Sunanda"))


def write_their_news(words, folder):
    """Gulmohar writes about the child that both know, and carries it over."""
    gulmohar("record", "new", "follow-up", "--child", "Bakul", "--set", "wants=" + words)
    gulmohar("exchange", folder)


def our_words():
    """All that was written about her."""
    ours = json.loads(cli(example.shefali, example.state, "--json", "child", "show", "Bakul", staff="Sunanda"))
    return json.dumps([json.loads(cli(example.shefali, example.state, "--json", "record", "show", row["id"], staff="Sunanda"))
                       for row in ours["records"] if row["form"] == "follow-up"])


def verify_ours():
    """The window has let go of the store."""
    told = json.loads(cli(example.shefali, example.state, "--json", "verify", staff="Sunanda"))
    assert told["ok"] and told["problems"] == [], told


def open_app(extra=None, files=(), store=None, person="Sunanda"):
    global app
    if app:
        app.kill()
    app = App(store or example.shefali, example.state, extra=extra, files=files)
    app.unlock(person)


def press_exchange(name="KINGSTON"):
    app.click("button", "Exchange now with " + name)


def a_drive_that_is_pulled_while_it_is_read_keeps_what_was_there():
    global stick
    stick = media.Medium(STICK)
    write_their_news("They like the river.", STICK)
    shutil.copytree(STICK, BOX)
    open_app(weather(slow=STICK))
    app.key("ctrl+e")
    app.wait("Pen drive “KINGSTON” is here.")
    press_exchange()
    app.wait("Exchanging with KINGSTON")
    stick.pull()
    app.wait(REMOVED)
    app.wait_gone("Pen drive “KINGSTON” is here.")
    app.check_quiet()
    verify_ours()


def what_was_missed_comes_when_it_is_plugged_in_again():
    open_app()
    app.key("ctrl+e")
    stick.plug()                            # found while the page is shown
    for file in os.listdir(BOX):
        shutil.copy2(os.path.join(BOX, file), STICK)
    app.wait("Pen drive “KINGSTON” is here.")
    press_exchange()
    app.wait("You can remove the pen drive.")
    app.quit()
    assert "They like the river." in our_words()


def files_on_stick():
    return {name: open(os.path.join(STICK, name), "rb").read() for name in os.listdir(STICK)}


def a_bundle_that_was_cut_short_is_not_used():
    before = files_on_stick()
    write_their_news("They like the garden.", STICK)
    for name, content in files_on_stick().items():
        if before.get(name) != content:
            with open(os.path.join(STICK, name), "wb") as file:
                file.write(content[:len(content) // 2])
    open_app()
    app.key("ctrl+e")
    app.wait("Pen drive “KINGSTON” is here.")
    press_exchange()
    app.wait(CUT_SHORT)
    app.wait("Nothing new for us.")


def a_bundle_that_was_damaged_is_not_used():
    before = files_on_stick()
    write_their_news("They like the yard.", STICK)
    for name, content in files_on_stick().items():
        if before.get(name) != content:
            middle = len(content) // 2
            with open(os.path.join(STICK, name), "wb") as file:
                file.write(content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1:])
    press_exchange()
    app.wait(DAMAGED)
    app.wait("Nothing new for us.")
    app.check_quiet()
    verify_ours()
    assert "They like the yard." not in our_words()
    open_app()
    app.key("ctrl+e")
    app.wait("Pen drive “KINGSTON” is here.")


def a_drive_that_cannot_be_written_still_gives_what_is_for_us():
    for name in os.listdir(STICK):
        os.unlink(os.path.join(STICK, name))
    write_their_news("They like the kitchen.", STICK)
    stick.read_only()
    press_exchange()
    app.wait(READ_ONLY)
    app.quit()
    assert "They like the kitchen." in our_words()


def a_full_drive_takes_nothing_and_says_so():
    app.quit()
    media.Medium(example.stick + "-full", 1).fill()
    cli(example.shefali, example.state, "place", "add", "Full one", "file://" + example.stick + "-full", staff="Sunanda")
    cli(example.shefali, example.state, "record", "new", "follow-up", "--child", "Bakul", "--set", "wants=We too.", staff="Sunanda")
    open_app()
    app.key("ctrl+e")
    app.wait("Exchange now")
    press_exchange("Full one")
    app.wait(FULL)
    app.check_quiet()
    assert os.listdir(example.stick + "-full") == ["filler"], os.listdir(example.stick + "-full")
    verify_ours()


def a_bundle_for_somebody_else_is_left_as_it_is():
    path, river = example.dir + "/for-gulmohar.dat", example.dir + "/river-house"
    cli(example.shefali, example.state, "bundle", "write", "--to", "Gulmohar Ghar (example)", "--out", path, staff="Sunanda")
    cli(river, example.state, "--passphrase-file", "-", "centre", "create", "--name", "River House", "--staff", "Ruth",
        "--recovery-file", example.dir + "/code", "--unlock-ms", "20")
    open_app(files=[path], store=river, person="Ruth")
    app.wait(NOT_FOR_US)
    assert not app.shows("Use it")
    app.check_quiet()
    with open(path, "rb") as file:
        assert len(file.read()) > 0


if nothing:
    skip(nothing)
example = Example()
try:
    run([a_drive_that_is_pulled_while_it_is_read_keeps_what_was_there,
         what_was_missed_comes_when_it_is_plugged_in_again, a_bundle_that_was_cut_short_is_not_used,
         a_bundle_that_was_damaged_is_not_used,
         a_drive_that_cannot_be_written_still_gives_what_is_for_us, a_full_drive_takes_nothing_and_says_so,
         a_bundle_for_somebody_else_is_left_as_it_is])
finally:
    if app:
        app.kill()
    example.remove()
