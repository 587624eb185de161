"""How quick CareerHub is, as ratios: ours and a yardstick, side by side in one run.

__main__.py   the command: servers of its own, a scratch database, what is printed
measuring.py  A B A B, and what a figure is
machine.py    processor time of all our processes, their memory, how busy the machine is
people.py     made-up people, any number of them in seconds
NAME.py       one benchmark each: run(Scale) -> list[Figure]; to add one, name it in __main__.py

docs/performance.md says what is measured and what came out.
"""
