"""Exact theory beside the runs: what the same values and costs would give without agents.

Each module solves one question in closed form or by walking steps. None of them calls a pricing
rule or a decision of an agent, so that a run and its yardstick cannot share a mistake. Agents never
call the solvers by which they are judged.
"""
