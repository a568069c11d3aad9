all:
	@echo "make run: the main job, played in a terminal; make check: the tests"
