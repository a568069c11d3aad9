"""The laptop's own disk is full: at Save, while a draft is kept, at a backup. Nothing typed is lost."""
import media

nothing = media.begin()         # before anything has a thread

import json                     # noqa: E402
import os                       # noqa: E402
from driver import App, Example, cli, run, skip, weather   # noqa: E402

NO_ROOM = ("There is no space left on this laptop. What you typed is kept in memory and on screen. Free some space or "
           "plug in a pen drive, then press Save again.")
FULL = "There is no space left on this laptop. Everything can be read; nothing can be saved."
NO_FOLDERS = "No program for folders was found here. Outside Sanrakshan, delete what is not needed, or move it to a pen drive."
NO_BACKUP = ("There is no space left for the backup. It does not count; nothing on this laptop was changed. Use another pen "
             "drive, or free some space, then back up again.")
NOT_KEPT = "Not kept on the disk yet; it is in memory and on screen"
DISK = os.environ["HOME"] + "/disk"
STICK = os.environ["HOME"] + "/KINGSTON"
WORDS = "She asked for the garden again. "
example = app = disk = None


def open_app(person, extra=None):
    global app
    if app:
        app.kill()
    app = App(example.shefali, example.state, extra=dict(example.around, **(extra or {})))
    app.unlock(person)


def open_session():
    """Her form; the child whom it is about."""
    app.wait("overdue")
    app.key("Return")
    app.wait("Her words")
    app.key("1")
    return [node.name for node in app.nodes() if "Counselling session ·" in node.name][0].split(" · ")[1]


def stands_in_a_field(words):
    return any(words in (node.text() or "") for node in app.nodes())


def a_full_disk_at_save_is_told_and_nothing_typed_is_lost():
    open_app("Mitali")
    child = open_session()
    app.type(WORDS)
    app.wait("Draft kept at")
    disk.fill()
    app.type("And the river. ")
    app.wait(NOT_KEPT)
    app.key("ctrl+s")
    app.wait(NO_ROOM)
    app.click("button", "Make space")
    app.wait_any([NO_FOLDERS, "Sanrakshan"])        # a desktop opens her folder, if it has a program for that
    assert stands_in_a_field(WORDS + "And the river."), app.words()
    app.key("ctrl+l")                       # a lock loses no letter either
    app.wait("Passphrase")
    app.unlock("Mitali")
    app.wait("Her words")
    assert stands_in_a_field(WORDS + "And the river."), app.words()
    disk.fill()                             # what the lock folded together has made a little room
    app.key("ctrl+End")                     # the button has had the focus: the cursor was nowhere
    app.type(" At last.")
    app.wait(NOT_KEPT)
    app.key("ctrl+s")
    app.wait(NO_ROOM)
    disk.empty()
    app.wait("Draft kept at")               # tried again, without a key
    app.key("ctrl+s")
    app.wait("Saved at")
    app.wait_gone(NO_ROOM)
    app.check_quiet()
    assert is_written(WORDS + "And the river. At last.", child)


def a_welcome_on_a_full_disk_waits_and_leaves_one_draft_only():
    open_app("Sunanda")
    disk.fill()
    app.key("ctrl+n")
    app.wait("Three quiet questions")
    app.type("15")
    app.wait(NOT_KEPT)
    app.click("text", "What helps tonight")
    app.type("A small lamp.")
    app.settle(4)                           # several attempts to keep it
    app.key("ctrl+s")
    app.wait(NO_ROOM)
    assert stands_in_a_field("A small lamp."), app.words()
    disk.empty()
    app.wait("Draft kept")
    app.key("alt+1")
    app.wait("1 unfinished")
    app.check_quiet()


def a_full_disk_keeps_nobody_out():
    disk.fill()
    open_app("Sunanda")
    app.wait("1 unfinished")
    app.key("alt+2")
    app.wait("Bakul")
    app.check_quiet()
    disk.empty()


def a_backup_to_a_full_drive_does_not_count_and_says_so():
    stick = media.Medium(STICK)
    open_app("Sunanda", weather(full=STICK))
    app.key("alt+6")
    app.wait("There is no backup yet.")
    app.click("button", "Back up to KINGSTON")
    app.wait(NO_BACKUP)
    app.wait("There is no backup yet.")
    app.check_quiet()
    assert not any(names for _, _, names in os.walk(STICK)), list(os.walk(STICK))
    stick.pull()


def is_written(words, child):
    """Whether one of her sessions says so, as the command line reads it."""
    file = json.loads(cli(example.shefali, example.state, "--json", "child", "show", child, staff="Mitali"))
    return any(words in cli(example.shefali, example.state, "--json", "record", "show", row["id"], staff="Mitali")
               for row in file["records"] if row["form"] == "session")


if nothing:
    skip(nothing)
disk = media.Medium(DISK, 96)
example = Example(DISK)
try:
    run([a_full_disk_at_save_is_told_and_nothing_typed_is_lost, a_welcome_on_a_full_disk_waits_and_leaves_one_draft_only, a_full_disk_keeps_nobody_out,
         a_backup_to_a_full_drive_does_not_count_and_says_so])
finally:
    if app:
        app.kill()
    example.remove()
