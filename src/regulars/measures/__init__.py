"""Every measure there is; importing a family registers its measures."""

from regulars.measures.backtest import results as _backtest
from regulars.measures.clv import results as _clv
from regulars.measures.coverage import results as _coverage
from regulars.measures.drivers import results as _drivers
from regulars.measures.gaps import results as _gaps
from regulars.measures.pareto import results as _pareto
from regulars.measures.registry import Column, Measure, all_measures, find
from regulars.measures.repeat import results as _repeat
from regulars.measures.response import results as _response
from regulars.measures.retention import results as _retention
from regulars.measures.revenue import results as _revenue
from regulars.measures.rfm import results as _rfm
from regulars.measures.scores import results as _scores
from regulars.measures.slipping import results as _slipping

FAMILIES = (
    _revenue,
    _rfm,
    _pareto,
    _repeat,
    _gaps,
    _retention,
    _clv,
    _slipping,
    _backtest,
    _coverage,
    _scores,
    _response,
    _drivers,
)

__all__ = ["FAMILIES", "Column", "Measure", "all_measures", "find"]
