"""What can happen to the records on this laptop: written by a newer version, damaged, killed."""
import json
import os
import shutil
import subprocess

from driver import BUILD, WORDS, App, Example, cli, environment, run

NEWER = "This was written by a newer version. It is kept as it is. Update this laptop to read it."
OUR_DAMAGE = "The records on this laptop are damaged. Nothing was changed; do not delete anything."
STOPPED = "The laptop stopped suddenly. Everything saved is here; one draft of yours is kept (%s, Counselling session)."
NOT_IN_ORDER = "1 thing is not in order. Do not delete anything. Make a backup on a new pen drive now, and call your coordinator."

example = Example()
apps = []


def open_app(of, person=None):
    app = App(of.shefali, of.state, extra=of.around)
    apps.append(app)
    if person:
        app.unlock(person)
    else:
        app.find_window()
        app.wait("English")
    return app


def patch(path, at, content):
    with open(path, "r+b") as file:
        file.seek(at if at >= 0 else os.path.getsize(path) + at)
        file.write(content)


def try_to_unlock(app, words="example words only here"):
    app.wait("Sunanda")
    app.type(words)
    app.key("Return")


def a_killed_window_loses_at_most_two_seconds_and_says_where_the_rest_is():
    app = open_app(example, "Mitali")
    app.wait("overdue")
    app.key("Return")
    app.wait("Her words")
    child = [node.name for node in app.nodes() if "Counselling session ·" in node.name][0].split(" · ")[1]
    app.key("1")
    app.type("The river in the evening.")
    app.wait("Draft kept at")
    app.kill()
    app = open_app(example, "Mitali")
    app.wait(STOPPED % child)
    app.click("button", "Open draft")
    app.wait_gone(STOPPED % child)
    app.wait("Draft kept at")
    assert any("The river in the evening." in (node.text() or "") for node in app.nodes()), app.words()
    app.check_quiet()


def records_of_a_newer_version_are_kept_as_they_are():
    newer = example.copy()
    patch(newer.shefali + "/keyring", 4, b"\x09\x00")
    before = open(newer.shefali + "/keyring", "rb").read()
    app = open_app(newer)
    app.wait(NEWER)
    app.check_quiet()
    assert open(newer.shefali + "/keyring", "rb").read() == before


def a_damaged_keyring_is_told_and_nothing_is_changed():
    hurt = example.copy()
    patch(hurt.shefali + "/keyring", 6, b"\xff\xff")
    app = open_app(hurt)
    app.wait(OUR_DAMAGE)
    app.check_quiet()


def damage_what_opening_does_not_read(hurt):
    """Which pages those are differs from example to example: the command line tells, and does not repair."""
    whole = hurt.dir + "/whole"
    shutil.copytree(hurt.shefali, whole)
    for page in range(20, 40):
        patch(hurt.shefali + "/store.db", -4096 * page + 200, b"XXXXXXXX")
        told = subprocess.run([BUILD + "/src/cli/sanrakshan-cli", "--store", hurt.shefali, "--staff", "Sunanda", "--passphrase-file",
                               "-", "--json", "verify"], input=WORDS + "\n", text=True, capture_output=True,
                              env=environment(extra={"SAN_STATE_DIR": hurt.state})).stdout
        if told and len(json.loads(told)["problems"]) == 1:
            return
        shutil.rmtree(hurt.shefali)
        shutil.copytree(whole, hurt.shefali)
    raise AssertionError("no page can be damaged alone")


def a_damaged_page_is_found_by_the_check_and_listed():
    hurt = example.copy()
    damage_what_opening_does_not_read(hurt)
    app = open_app(hurt, "Sunanda")
    app.key("alt+6")
    app.wait("Check everything")
    app.click("button", "Check everything")
    app.wait(NOT_IN_ORDER)
    app.wait("A file of the records on this laptop is damaged.")
    assert app.shows("The disk may be failing: back up on a new pen drive now, and go on with another laptop."), app.words()
    app.wait("1 thing was not in order.")
    app.click("button", "Details for your coordinator")
    app.wait("store.db: ")
    app.check_quiet()
    # what is whole can still be read, and says the same to the command line
    assert "Bakul" in cli(hurt.shefali, hurt.state, "child", "list", staff="Sunanda")


def a_store_whose_first_page_is_damaged_does_not_open_and_says_what_to_do():
    hurt = example.copy()
    patch(hurt.shefali + "/store.db", 4096 + 200, b"XXXXXXXX")
    app = open_app(hurt)
    try_to_unlock(app)
    app.wait(OUR_DAMAGE)
    app.check_quiet()


try:
    run([a_killed_window_loses_at_most_two_seconds_and_says_where_the_rest_is,
         records_of_a_newer_version_are_kept_as_they_are, a_damaged_keyring_is_told_and_nothing_is_changed,
         a_damaged_page_is_found_by_the_check_and_listed,
         a_store_whose_first_page_is_damaged_does_not_open_and_says_what_to_do])
finally:
    for one in apps:
        one.kill()
    example.remove()
