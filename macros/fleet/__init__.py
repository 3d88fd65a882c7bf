"""`nvr fleet`: the editions of many regions, built, checked and told of from one checkout.

A region is built by the very command that `nvr build` runs, in a process of its own.
"""
