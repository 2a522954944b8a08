from . import sequence_enrol
