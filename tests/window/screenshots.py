"""Every page as people see it: four languages at 100 %, English and Bengali at 200 %, light and dark.

screenshots.py DIR [LANGUAGE | LANGUAGE-SIZE-SHADE …]; the pictures are DIR/LANGUAGE-SIZE-SHADE/NN-page.png.
What is pressed by its word is looked up in the catalogue of the language.
"""
import gettext
import os
import shutil
import subprocess
import sys
import time

from driver import BUILD, WORDS, App, Example, NotSeen, environment

OUT = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else "screenshots")
RUNS = [(language, 100, "light") for language in ("en", "hi", "bn", "mr")]
RUNS += [(language, size, shade) for language in ("en", "bn") for size, shade in ((100, "dark"), (200, "light"), (200, "dark"))]
missed = []


def cli(*arguments, state):
    subprocess.run([BUILD + "/src/cli/sanrakshan-cli", *arguments], input=WORDS + "\n", text=True, check=True,
                   stdout=subprocess.DEVNULL, env=environment(extra={"SAN_STATE_DIR": state}))


class Album:
    """One run through all pages in one language, size and shade."""

    def __init__(self, language, size, shade):
        self.name = "%s-%d-%s" % (language, size, shade)
        self.dir = os.path.join(OUT, self.name)
        os.makedirs(self.dir)
        self.language = language
        self.large = size == 200
        self.words = gettext.translation("sanrakshan", BUILD + "/po", [language], fallback=True)
        self.count = 0
        self.example = Example()
        self.home = self.example.dir
        self.state, self.shefali, self.gulmohar = self.example.state, self.example.shefali, self.example.gulmohar
        self.empty = self.home + "/empty"
        cli("--store", self.empty, "--passphrase-file", "-", "centre", "create", "--name", "Kadamtala", "--staff", "Sunanda",
            "--language", language, "--recovery-file", self.home + "/code", "--unlock-ms", "50", state=self.state)
        self.env = {"XDG_DATA_HOME": self.home}
        if shade == "dark":
            self.env["ADW_DEBUG_COLOR_SCHEME"] = "prefer-dark"
        self.app = None

    def remove(self):
        if self.app:
            self.app.kill()
        self.example.remove()

    # the window

    def open(self, store, person=None):
        extra = dict(self.env)
        if not store:
            extra["XDG_DATA_HOME"] = self.home + "/nobody"
        self.app = App(store, self.state if store else None, self.language, extra)
        self.app.find_window()
        subprocess.run(["xdotool", "mousemove", "1365", "400"], check=True)      # no tooltip, no row under the pointer
        self.app.settle(1)
        if self.large:
            self.app.key(*["ctrl+plus"] * 10)
        if person:
            self.app.unlock(person)

    def close(self):
        self.app.quit()
        messages = self.app.messages()
        if messages:
            print("# %s: %s" % (self.name, messages))

    def page(self, name, *keys):
        if keys:
            self.app.key(*keys)
        self.app.settle(1.2)
        self.count += 1
        self.app.shot(os.path.join(self.dir, "%02d-%s.png" % (self.count, name)))

    def press(self, role, word):
        """Presses what has this English word; out of the picture goes the pointer."""
        name = self.words.gettext(word).replace("_", "")
        for _ in range(20):
            box = self.app.find(role, name).rectangle()
            if box.y + box.height < 750:
                break
            subprocess.run(["xdotool", "mousemove", "800", "500", "click", "5"], check=True)
            self.app.settle(0.2)
        self.app.click(role, name)
        subprocess.run(["xdotool", "mousemove", "1365", "400"], check=True)
        self.app.settle(0.4)

    def child(self, alias):
        self.app.key("ctrl+f")
        self.app.type(alias)
        self.app.settle(1)
        self.app.key("Return")
        self.app.settle(1.5)

    def write(self, nth):
        """The form in this place of the child's menu Write."""
        self.app.key("alt+w")
        self.app.settle(0.5)
        self.app.key(*["Down"] * nth, "Return")

    def part(self, func):
        """What cannot be seen must not hide the rest."""
        try:
            func(self)
        except (NotSeen, AssertionError, subprocess.CalledProcessError) as problem:
            missed.append("%s %s" % (self.name, func.__name__))
            print("# %s: %s: %s" % (self.name, func.__name__, str(problem)[:300]))
            self.app.kill()


def doors(album):
    album.open(None)
    album.page("welcome")
    album.page("setup", "Return")
    album.app.type("Kadamtala")
    album.page("setup-you", "Return")
    album.app.type("Sunanda")
    album.page("setup-passphrase", "Return")
    album.app.type("river lamp seven")
    album.page("setup-meter")
    album.page("help", "F1")
    album.close()


def other_doors(album):
    album.open(None)
    album.page("join", "Tab", "Return")
    album.app.key("Escape")
    album.app.settle(0.5)
    album.page("restore", "Tab", "Return")
    album.close()


def unlocking(album):
    album.open(album.shefali)
    album.page("unlock")
    album.app.type("not these words")
    album.page("unlock-wrong", "Return")
    album.press("button", "_Forgotten?")
    album.page("forgotten")
    album.close()


def beginning(album):
    album.open(album.empty, "Sunanda")
    for number, name in enumerate(["today", "children", "centre", "exchange", "review", "backup"], 1):
        album.page("empty-" + name, "alt+%d" % number)
    album.app.key("ctrl+n")
    album.app.settle(1)
    album.app.type("15")
    album.page("new-child", "ctrl+s")
    for section in ["plan", "health", "court", "outcomes"]:
        album.press("tab", {"plan": "Plan", "health": "Health", "court": "Court", "outcomes": "Outcomes"}[section])
        album.page("new-child-" + section)
    album.close()


def superintendent(album):
    album.open(album.shefali, "Sunanda")
    for number, name in enumerate(["today", "children", "centre", "exchange", "review", "backup"], 1):
        album.page(name, "alt+%d" % number)
    album.app.key("alt+3")
    for name, word in (("laptops", "Laptops"), ("about", "About this centre")):
        album.press("button", word)
        album.page("centre-" + name)
    album.page("admit", "ctrl+n")
    album.child("bakul")
    for section in ["overview", "plan", "health", "counselling", "court", "family", "papers", "outcomes", "daily"]:
        album.page("child-" + section)
        album.app.key("ctrl+Next")
    album.page("child-name", "ctrl+h")
    album.app.key("ctrl+h")
    album.write(1)
    album.page("form")
    album.page("form-menu", "F2")
    album.app.key("Escape")
    album.app.settle(0.3)
    album.page("preferences", "ctrl+comma")
    album.press("button", "My page: passphrase, language, text size")
    album.page("my-page")
    album.page("keys", "ctrl+question")
    album.page("help-today", "alt+1", "F1")
    album.page("find", "ctrl+f", "p", "a")
    album.page("cover", "Escape", "Escape", "F12")
    album.app.key("space")
    album.close()


def going_round(album):
    # where its practice pen drive lies: the other examples were made elsewhere
    album.env["XDG_DATA_HOME"] = album.home + "/round"
    example = album.home + "/round/sanrakshan-example"
    album.state, album.shefali, album.gulmohar = example + "/state", example + "/shefali-bari", example + "/gulmohar-ghar"
    cli("example", example, state=album.state)
    album.open(album.shefali, "Sunanda")
    album.app.key("ctrl+e")
    album.app.settle(1)
    album.press("button", "Pair with a centre or laptop")
    album.page("pair")
    album.app.key("Escape")
    album.app.settle(1)
    album.press("button", "Share a child")
    album.page("share")
    album.app.key("ctrl+e")
    album.app.settle(1)
    album.page("exchanged", "Return")
    album.close()
    album.open(album.gulmohar, "Sunanda")
    album.app.key("ctrl+e")
    album.app.settle(1)
    album.page("exchange-received", "Return")
    album.page("review-card", "ctrl+r")
    album.page("review-another", "3")
    album.close()


def counsellor(album):
    album.open(album.shefali, "Mitali")
    album.page("counsellor-today")
    album.page("session", "Return")
    album.app.key("1")
    album.app.type("The garden smells good.")
    album.app.key("ctrl+Return")
    album.page("session-finish")
    album.child("bakul")
    album.press("tab", "Counselling")
    album.page("counsellor-notes")
    album.press("tab", "Outcomes")
    album.page("counsellor-outcomes")
    album.press("button", "As a _table")
    album.page("counsellor-table")
    album.close()


def scales(album):
    album.open(album.shefali, "Mitali")
    album.child("palash")
    album.write(2)
    album.page("scale")
    album.app.key("3", "3", "3", "1", "5", "5", "5", "5")
    album.page("scale-result", "Return")
    album.child("palash")
    album.write(3)
    album.app.settle(1)
    album.app.key("1", "1", "2", "1", "0", "1", "2", "1", "1")
    album.page("safety")
    album.close()


def others(album):
    for person, name in (("Sima", "nurse"), ("Lata", "legal"), ("Anjali", "case-worker"), ("Rokeya", "house-mother")):
        album.open(album.shefali, person)
        album.page(name + "-today")
        if name == "case-worker":
            album.child("bakul")
            album.press("tab", "Plan")
            album.press("button", "What _moved?")
            album.page("what-moved")
        if name == "house-mother":
            album.press("button", "Something happened")
            album.page("house-mother-happened")
        album.close()


def main():
    wanted = sys.argv[2:]
    shutil.rmtree(OUT, ignore_errors=True)
    for run in RUNS:
        if wanted and run[0] not in wanted and "%s-%d-%s" % run not in wanted:
            continue
        begun = time.monotonic()
        album = Album(*run)
        try:
            for func in (doors, other_doors, unlocking, beginning, superintendent, counsellor, scales, others, going_round):
                album.part(func)
        finally:
            album.remove()
        print("%s: %d pictures, %.0f s" % (album.dir, album.count, time.monotonic() - begun))
        sys.stdout.flush()
    if missed:
        print("Not seen: " + "; ".join(missed))
    return 1 if missed else 0


sys.exit(main())
