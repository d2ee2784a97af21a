"""Every measure there is; importing a family registers its measures."""

from regulars.measures.backtest import results as _backtest
from regulars.measures.clv import results as _clv
from regulars.measures.coverage import results as _coverage
from regulars.measures.drivers import results as _drivers
from regulars.measures.gaps import results as _gaps
from regulars.measures.index import results as _index
from regulars.measures.journeys import results as _journeys
from regulars.measures.losses import results as _losses
from regulars.measures.loyalty import results as _loyalty
from regulars.measures.pareto import results as _pareto
from regulars.measures.people import results as _people
from regulars.measures.programme import results as _programme
from regulars.measures.recognition import results as _recognition
from regulars.measures.registry import Column, Measure, all_measures, find
from regulars.measures.repeat import results as _repeat
from regulars.measures.response import results as _response
from regulars.measures.retention import results as _retention
from regulars.measures.revenue import results as _revenue
from regulars.measures.rfm import results as _rfm
from regulars.measures.scores import results as _scores
from regulars.measures.slipping import results as _slipping
from regulars.measures.stages import results as _stages
from regulars.measures.stake import results as _stake
from regulars.measures.survival import results as _survival
from regulars.measures.touchpoints import results as _touchpoints

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
    _journeys,
    _stake,
    _touchpoints,
    _loyalty,
    _stages,
    _losses,
    _survival,
    _programme,
    _index,
    _people,
    _recognition,
)

__all__ = ["FAMILIES", "Column", "Measure", "all_measures", "find"]
