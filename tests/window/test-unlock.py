"""Opening, locking, and what is left behind."""
import os
import shutil
import tempfile

from driver import App, Example, cli, run

example = None


def setup():
    global example
    example = example or Example()
    return example


def opens_with_a_passphrase_and_one_key():
    made = setup()
    app = App(made.shefali, made.state)
    try:
        app.unlock("Sunanda")
        app.wait("Sunanda · superintendent")
        assert app.quit() == 0
        assert app.messages() == "", app.messages()
    finally:
        app.kill()


def wrong_words_say_so_and_open_nothing():
    made = setup()
    app = App(made.shefali, made.state)
    try:
        app.find_window()
        app.wait("Sunanda")
        app.type("these are not the words")
        app.key("Return")
        app.wait("That did not open it")
        assert not app.shows("Names hidden")
        app.quit()
        assert app.messages() == "", app.messages()
    finally:
        app.kill()


def the_passphrase_is_never_on_the_accessibility_bus():
    made = setup()
    app = App(made.shefali, made.state)
    try:
        app.find_window()
        app.wait("Sunanda")
        app.type("secretriver")
        for node in app.nodes():
            assert "secretriver" not in node.name
            assert "secretriver" not in node.description
            assert "secretriver" not in (node.text() or "")
        for name in ("cmdline", "environ"):
            with open("/proc/%d/%s" % (app.process.pid, name), "rb") as file:
                assert b"secretriver" not in file.read()
    finally:
        app.kill()


def lock_takes_the_pages_away():
    made = setup()
    app = App(made.shefali, made.state)
    try:
        app.unlock("Sunanda")
        app.key("ctrl+l")
        app.wait_gone("Names hidden")
        app.wait("Passphrase")
        assert "Sunanda · superintendent" not in app.words()
        app.quit()
        assert app.messages() == "", app.messages()
    finally:
        app.kill()


def a_new_centre_is_led_to_what_comes_first():
    made = setup()
    river = made.dir + "/river-house"
    cli(river, made.state, "--passphrase-file", "-", "centre", "create", "--name", "River House", "--staff", "Ruth",
        "--recovery-file", made.dir + "/code", "--unlock-ms", "20")
    app = App(river, made.state)
    try:
        app.unlock("Ruth")
        app.wait("Add the people who work here")
        app.click("button", "Add the people who work here")
        app.wait("Add a person")
        app.quit()
        assert app.messages() == "", app.messages()
    finally:
        app.kill()


def who_quits_while_the_example_is_made_does_not_wait_for_it():
    folder = tempfile.mkdtemp(prefix="san-new-")
    app = App(extra={"XDG_DATA_HOME": folder, "SAN_STATE_DIR": folder + "/state"})
    try:
        app.wait("Look around with example data")
        app.click("button", "Look around with example data")
        assert app.quit() == 0
        assert app.messages() == "", app.messages()
        # made last: it went no further
        assert not os.path.exists(folder + "/sanrakshan-example/README.txt"), "it was made first"
    finally:
        app.kill()
        shutil.rmtree(folder, ignore_errors=True)


try:
    run([opens_with_a_passphrase_and_one_key, wrong_words_say_so_and_open_nothing,
         the_passphrase_is_never_on_the_accessibility_bus, lock_takes_the_pages_away,
         a_new_centre_is_led_to_what_comes_first,
         who_quits_while_the_example_is_made_does_not_wait_for_it])
finally:
    if example:
        example.remove()
