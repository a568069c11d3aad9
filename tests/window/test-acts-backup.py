"""A backup on a pen drive, a check, and the same records again on another laptop."""
import media

nothing = media.begin()         # before anything has a thread

import json                     # noqa: E402
import os                       # noqa: E402
from driver import App, Example, cli, run, skip   # noqa: E402

STICK = os.environ["HOME"] + "/KINGSTON"
example = app = stick = None


def a_backup_is_written_read_back_and_told():
    global app, stick
    stick = media.Medium(STICK)
    app = App(example.shefali, example.state, extra=example.around)
    app.unlock("Sunanda")
    app.key("alt+6")
    app.wait("There is no backup yet.")
    app.click("button", "Back up to KINGSTON")
    app.wait("Backed up, read back, and it matched. Put the pen drive where the laptop is not.")
    app.wait("Last backup: just now, to KINGSTON.")
    app.wait("Back up now")                 # from now on one press


def a_check_of_everything_finds_every_link_in_order():
    app.click("button", "Check everything")
    app.wait("Everything is in order.")
    app.wait("every link in order.")
    app.check_quiet()


def the_backup_is_restored_on_a_laptop_that_has_nothing():
    global app
    code = [line for line in open(os.path.dirname(example.shefali) + "/README.txt") if "recovery code" in line][0].split(": ")[1].strip()
    fresh = example.dir + "/fresh"
    app = App(fresh, example.dir + "/fresh-state")
    app.find_window()
    app.wait("Restore a backup")
    app.click("button", "Restore a backup")
    app.wait("1 Where is the old laptop?")
    app.wait("It is broken")                # chosen already, and the drive is found without looking for it
    app.wait("KINGSTON")
    app.click_node([node for node in app.nodes() if node.name == "Recovery code"][0])
    app.type(code)
    app.click("button", "Restore…")
    app.wait("Restore this backup here?")
    app.answer("Restore")
    app.wait("Restored")
    app.click("button", "Go on to unlock")
    app.unlock("Sunanda")
    app.key("alt+2")
    app.wait("Welcome a child")
    app.check_quiet()
    told = json.loads(cli(fresh, example.dir + "/fresh-state", "--json", "verify", staff="Sunanda"))
    assert told["ok"] and told["entries"] > 800, told


if nothing:
    skip(nothing)
example = Example()
try:
    run([a_backup_is_written_read_back_and_told, a_check_of_everything_finds_every_link_in_order,
         the_backup_is_restored_on_a_laptop_that_has_nothing])
finally:
    if app:
        app.kill()
    example.remove()
