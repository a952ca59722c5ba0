"""Make the environment in .venv where it is missing or out of date, then run something in it.

This file is read by whatever ``python3`` a machine has, so it keeps to old syntax and to the
standard library. Everything it makes lies inside the project's folder.

    python3 tools/environment.py            set up only
    python3 tools/environment.py -m pytest  set up, then run this with the environment's Python
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
CACHE = os.path.join(ROOT, ".cache")
LOCK = os.path.join(ROOT, "requirements.lock")
FRONT_END_LOCK = os.path.join(ROOT, "tools", "front_end.lock")
STAMP = os.path.join(VENV, "swcmarket-stamp")
PACKAGES = ("agents", "simulation", "experiments", "dashboard")
WINDOWS = os.name == "nt"
# In order of preference; the lock holds wheels of all of them.
VERSIONS = ((3, 13), (3, 12), (3, 14))

MISSING = """swcmarket needs Python 3.12, 3.13 or 3.14; none was found (this is Python {version}).
Any one of these brings it, then run the same command again:
  - Debian 13 or Ubuntu 24.04:  apt install python3 python3-venv
  - macOS:                      brew install python@3.13
  - any system:                 pyenv install 3.13, or uv python install 3.13
Where it is installed in an unusual place, say so: SWCMARKET_PYTHON=/path/to/python3.13 make ...
"""

# What the dashboard's pages load, and with what licence: a tenth of what the package holds. The
# grid is what Mesa's own page is laid out on.
FRONT_END = (
    "@widgetti/solara-vuetify-app@10.1.1/(dist/(main8.css|fonts.css|[^/]*app8.min.js|[^/]*woff2)"
    "|LICENSE[^/]*|package.json)",
    "requirejs@2.3.6/(require.js|LICENSE[^/]*|package.json)",
    "echarts@5.4.0/(dist/echarts.min.js|LICENSE|NOTICE|package.json)",
    "font-awesome@4.5.0/(css/font-awesome.min.css|fonts/[^/]*woff2|package.json)",
    "@widgetti/vue-grid-layout@2.3.13-alpha.2/(dist/[^/]*.js|LICENSE|package.json)",
)

PROBE = "import sys, venv, ensurepip; print(sys.version_info[0], sys.version_info[1])"


def say(text):
    sys.stderr.write("swcmarket: {0}\n".format(text))
    sys.stderr.flush()


def registered_home():
    """Home of the user as the system knows it, whatever HOME says."""
    try:
        import pwd

        return pwd.getpwuid(os.getuid()).pw_dir
    except (ImportError, KeyError):
        return os.path.expanduser("~")


def candidates():
    """Pythons that may be there, likely ones first."""
    wish = os.environ.get("SWCMARKET_PYTHON")
    if wish:
        yield wish
        return
    yield sys.executable
    homes = [os.path.expanduser("~"), registered_home()]
    pyenvs = [os.environ.get("PYENV_ROOT")] + [os.path.join(home, ".pyenv") for home in homes]
    for major, minor in VERSIONS:
        name = "python{0}.{1}".format(major, minor)
        found = shutil.which(name)
        if found:
            yield found
        for folder in ("/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"):
            yield os.path.join(folder, name)
        start = "{0}.{1}".format(major, minor)
        places = [os.path.join(pyenv, "versions") for pyenv in pyenvs if pyenv]
        places += [os.path.join(home, ".local", "share", "uv", "python") for home in homes]
        for place in places:
            try:
                names = sorted(os.listdir(place), reverse=True)
            except OSError:
                continue
            for version in names:
                if version.replace("cpython-", "").startswith(start):
                    yield os.path.join(place, version, "bin", name)


def version_of(python):
    """(major, minor) of a Python that can make environments, or None."""
    try:
        told = subprocess.check_output(
            [python, "-c", PROBE], stderr=subprocess.DEVNULL, cwd=ROOT
        )
        major, minor = told.decode().split()
        return int(major), int(minor)
    except (OSError, subprocess.CalledProcessError, ValueError):
        return None


def find_python():
    """The most preferred Python that is there."""
    best = None
    for python in candidates():
        version = version_of(python)
        if version not in VERSIONS:
            continue
        rank = VERSIONS.index(version)
        if rank == 0:
            return python
        if best is None or rank < best[0]:
            best = (rank, python)
    if best is None:
        sys.stderr.write(MISSING.format(version=sys.version.split()[0]))
        sys.exit(2)
    return best[1]


def venv_python():
    """Python of the environment."""
    parts = ("Scripts", "python.exe") if WINDOWS else ("bin", "python")
    return os.path.join(VENV, *parts)


def wanted_stamp():
    """What the environment must have been made from."""
    digest = hashlib.sha256(ROOT.encode("utf-8"))
    for path in (LOCK, FRONT_END_LOCK, os.path.join(ROOT, "pyproject.toml")):
        with open(path, "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()


def is_ready():
    """Whether the environment fits this checkout."""
    try:
        with open(STAMP) as file:
            return file.read() == wanted_stamp() and os.path.exists(venv_python())
    except OSError:
        return False


def surroundings():
    """Environment variables under which nothing is written outside the folder."""
    values = dict(os.environ)
    for name in ("PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_PREFIX", "PIP_USER"):
        values.pop(name, None)
    temporary = os.path.join(CACHE, "tmp")
    if not os.path.isdir(temporary):
        os.makedirs(temporary)
    values.update(
        PIP_CACHE_DIR=os.path.join(CACHE, "pip"),
        PIP_DISABLE_PIP_VERSION_CHECK="1",
        PIP_REQUIRE_VIRTUALENV="1",
        TMPDIR=temporary,
    )
    return values


def call(*command):
    try:
        subprocess.check_call(command, env=surroundings(), cwd=ROOT)
    except subprocess.CalledProcessError as error:
        say("set-up stopped: '{0}' failed. Nothing is lost; run the same command again.".format(
            " ".join(command[1:5])
        ))
        sys.exit(error.returncode or 1)


def take_out_front_end():
    """Front-end files, where the server of the dashboard looks for them before any network."""
    store = os.path.join(CACHE, "front-end")
    shutil.rmtree(store, ignore_errors=True)
    call(
        venv_python(), "-m", "pip", "download", "--quiet", "--no-deps", "--no-build-isolation",
        "--no-binary", ":all:", "--require-hashes", "--dest", store, "-r", FRONT_END_LOCK,
    )
    wanted = re.compile("[^/]+/cdn/(({0}))$".format(")|(".join(FRONT_END)))
    target = os.path.join(VENV, "share", "solara", "cdn")
    for name in os.listdir(store):
        with tarfile.open(os.path.join(store, name)) as archive:
            for member in archive:
                found = wanted.match(member.name) if member.isfile() else None
                if found is None:
                    continue
                path = os.path.join(target, *found.group(1).split("/"))
                if not os.path.isdir(os.path.dirname(path)):
                    os.makedirs(os.path.dirname(path))
                with open(path, "wb") as file:
                    shutil.copyfileobj(archive.extractfile(member), file)
    shutil.rmtree(store, ignore_errors=True)


def set_up():
    """Make the environment."""
    python = find_python()
    say("1/5 making .venv with {0}".format(python))
    call(python, "-m", "venv", "--clear", VENV)
    say("2/5 installing the packages of requirements.lock (hashes checked)")
    call(
        venv_python(), "-m", "pip", "install", "--quiet", "--progress-bar", "on",
        "--require-hashes", "--only-binary", ":all:", "--no-compile", "-r", LOCK,
    )
    call(
        venv_python(), "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation",
        "--no-compile", "--editable", ROOT,
    )
    say("3/5 taking out the front-end files of the dashboard")
    take_out_front_end()
    say("4/5 compiling bytecode")
    call(venv_python(), "-m", "compileall", "-q", "-j", "0", os.path.join(VENV, "lib"),
         *[os.path.join(ROOT, name) for name in PACKAGES])
    say("5/5 compiling the model")
    call(venv_python(), "-m", "experiments.cli", "prepare")
    with open(STAMP, "w") as file:
        file.write(wanted_stamp())
    say("ready")


def main():
    if not is_ready():
        set_up()
    if len(sys.argv) > 1:
        # Bytecode of what is edited later is written as usual, also where a shell forbids it.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        command = [venv_python(), *sys.argv[1:]]
        if WINDOWS:
            sys.exit(subprocess.call(command))
        os.execv(command[0], command)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        say("stopped. Run the same command again to go on.")
        sys.exit(130)
