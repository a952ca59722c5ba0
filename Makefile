# Every target makes the environment first where it is missing; see tools/environment.py.
.PHONY: demo test dashboard lint setup speed study clean

demo:
	@python3 tools/environment.py -m experiments.cli demo

test:
	@python3 tools/environment.py -m pytest -n 2

dashboard:
	@python3 tools/environment.py -m dashboard.server

lint:
	@python3 tools/environment.py -m ruff check .

speed:
	@python3 tools/environment.py -m benchmarks.speed

study:
	@python3 tools/environment.py -m benchmarks.study

setup:
	@python3 tools/environment.py

clean:
	@python3 -c "import shutil; [shutil.rmtree(name, ignore_errors=True) for name in ('.venv', '.cache', '.hypothesis', '.pytest_cache', '.ruff_cache')]"
