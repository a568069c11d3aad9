"""Every page as people see it: four languages at 100 %, English and Bengali at 200 %, light and dark.

screenshots.py DIR [LANGUAGE…]; the pictures are DIR/LANGUAGE-SIZE-SHADE/NN-page.png.
"""
import os
import shutil
import subprocess
import sys
import tempfile

from driver import BUILD, App, environment

OUT = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else "screenshots")
LANGUAGES = sys.argv[2:] or ["en", "hi", "bn", "mr"]


class Album:
    """One run through all pages in one language, size and shade."""

    def __init__(self, home, language, large, dark):
        self.dir = os.path.join(OUT, "%s-%s-%s" % (language, "200" if large else "100", "dark" if dark else "light"))
        os.makedirs(self.dir)
        self.large = large
        self.language = language
        self.count = 0
        self.env = {"XDG_DATA_HOME": home}
        if dark:
            self.env["ADW_DEBUG_COLOR_SCHEME"] = "prefer-dark"
        self.example = home + "/sanrakshan-example"
        self.app = None

    def open(self, store):
        self.app = App(store, self.example + "/state" if store else None, self.language, self.env)
        self.app.find_window()
        self.app.settle(1)
        if self.large:
            self.app.key(*["ctrl+plus"] * 10)

    def close(self):
        self.app.quit()
        messages = self.app.messages()
        if messages:
            print("# %s: %s" % (self.dir, messages))

    def page(self, name, *keys):
        if keys:
            self.app.key(*keys)
        self.app.settle(1.2)
        self.count += 1
        self.app.shot(os.path.join(self.dir, "%02d-%s.png" % (self.count, name)))

    def find(self, text):
        self.app.key("ctrl+f")
        self.app.type(text)
        self.app.settle(1)
        self.app.key("Return")
        self.app.settle(1.5)


def doors(album):
    album.open(None)
    album.page("welcome")
    album.page("setup", "Return")
    album.page("help", "F1")
    album.close()


def superintendent(album, store):
    album.open(store)
    album.page("unlock")
    album.app.unlock("Sunanda")
    for number, name in enumerate(["today", "children", "centre", "exchange", "review", "backup"], 1):
        album.page(name, "alt+%d" % number)
    album.page("admit", "ctrl+n")
    album.find("bakul")
    for section in ["overview", "plan", "health", "counselling", "court", "family", "papers", "outcomes", "daily"]:
        album.page("child-" + section)
        album.app.key("ctrl+Next")
    album.app.key("alt+w")
    album.app.settle(0.5)
    album.page("form", "Down", "Return")
    album.page("preferences", "ctrl+comma")
    album.page("keys", "ctrl+question")
    album.page("cover", "F12")
    album.app.key("space")
    album.close()


def counsellor(album, store):
    album.open(store)
    album.app.unlock("Mitali")
    album.page("counsellor-today")
    album.page("session", "Return")
    album.find("palash")
    for _ in range(7):
        album.app.key("ctrl+Next")
    album.page("counsellor-outcomes")
    album.app.key("alt+w")
    album.app.settle(0.5)
    album.page("scale", "Down", "Down", "Return")
    album.close()


def house_mother(album, store):
    album.open(store)
    album.app.unlock("Rokeya")
    album.page("house-mother-today")
    album.close()


def main():
    shutil.rmtree(OUT, ignore_errors=True)
    home = tempfile.mkdtemp(prefix="san-pictures-")
    try:
        subprocess.run([BUILD + "/src/cli/sanrakshan-cli", "example", home + "/sanrakshan-example"], check=True,
                       stdout=subprocess.DEVNULL, env=environment(extra={"SAN_STATE_DIR": home + "/state"}))
        store = home + "/sanrakshan-example/shefali-bari"
        runs = [(language, False, False) for language in LANGUAGES]
        runs += [(language, large, dark) for language in LANGUAGES if language in ("en", "bn")
                 for large, dark in ((False, True), (True, False), (True, True))]
        for language, large, dark in runs:
            album = Album(home, language, large, dark)
            try:
                doors_home = Album.__new__(Album)
                doors_home.__dict__.update(album.__dict__)
                doors_home.env = dict(album.env, XDG_DATA_HOME=home + "/nobody")
                doors(doors_home)
                album.count = doors_home.count
                superintendent(album, store)
                counsellor(album, store)
                house_mother(album, store)
            finally:
                if album.app:
                    album.app.kill()
            print("%s: %d pictures" % (album.dir, album.count))
            sys.stdout.flush()
    finally:
        shutil.rmtree(home, ignore_errors=True)


main()
