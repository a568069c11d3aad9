"""A disk that has only what was synced when the power goes: the worst that a file system may do.

weather.c keeps beside the store what each file held, and which names each folder had, at its last
fsync. cut() kills the window and puts that back: what was written and not synced is gone, a name
that its folder had not synced yet is gone, a file that was never synced is empty.
"""
import os
import shutil


class Lagging:
    """One store on such a disk."""

    def __init__(self, store, aside, weather):
        self.store, self.aside, self.weather = store, aside, weather
        self.begin()

    def begin(self):
        """From here on: what stands there now is on the disk."""
        shutil.rmtree(self.aside, ignore_errors=True)
        os.mkdir(self.aside)
        for folder, _, names in os.walk(self.store):
            self.note_folder(folder)
            for name in names:
                path = os.path.join(folder, name)
                shutil.copyfile(path, "%s/inode-%d" % (self.aside, os.stat(path).st_ino))

    def note_folder(self, folder):
        with os.scandir(folder) as entries:
            lines = ["%d %s\n" % (entry.inode(), entry.name) for entry in entries]
        with open("%s/folder-%d" % (self.aside, os.stat(folder).st_ino), "w") as file:
            file.writelines(lines)

    def environment(self):
        return dict(self.weather, SAN_WEATHER_LAG=self.store, SAN_WEATHER_DISK=self.aside)

    def cut(self, app):
        """The power goes; afterwards the store is what the disk had."""
        app.kill()
        again = self.store + ".again"
        os.mkdir(again, 0o700)
        self.put_back(os.stat(self.store).st_ino, again)
        shutil.rmtree(self.store)
        os.rename(again, self.store)
        self.begin()

    def put_back(self, inode, into):
        with open("%s/folder-%d" % (self.aside, inode)) as file:
            rows = [line.rstrip("\n").split(" ", 1) for line in file]
        for number, name in rows:
            if name in (".", ".."):
                continue
            path = os.path.join(into, name)
            if os.path.exists("%s/folder-%s" % (self.aside, number)):
                os.mkdir(path, 0o700)
                self.put_back(int(number), path)
            elif os.path.exists("%s/inode-%s" % (self.aside, number)):
                shutil.copyfile("%s/inode-%s" % (self.aside, number), path)
                os.chmod(path, 0o600)
            else:
                open(path, "w").close()
