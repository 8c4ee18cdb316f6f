"""The independent libraries, imported without their own deprecation warnings (ours are errors).

A warning turned into an error while pyAgrum's compiled module loads ends the whole process.
"""

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import pyagrum
    from pgmpy.inference import VariableElimination
    from pgmpy.readwrite import BIFReader

__all__ = ["BIFReader", "VariableElimination", "pyagrum"]
