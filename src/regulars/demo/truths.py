"""What is planted in the made-up company: every truth a measure should be able to find again, as numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True)
class Buying:
    """How one type of customer buys: BG/NBD for the orders, Gamma-Gamma for their amounts.

    A customer's rate is Gamma(r, 1/alpha_days) per day and the chance to leave after any order but the first
    Beta(a, b).
    Amounts of a customer are Gamma(p, rate nu), and nu is Gamma(q, rate v); v is in EUR, so the mean order is
    worth p * v / (q - 1).

    Source   Fader, Hardie, Lee (2005), Marketing Science 24(2); Fader, Hardie (2013), the Gamma-Gamma model
    """

    r: float
    alpha_days: float
    a: float
    b: float
    p: float
    q: float
    v: float

    @property
    def mean_order_eur(self) -> float:
        """Mean amount of an order in EUR."""
        return self.p * self.v / (self.q - 1)

    def return_share(self, days: int = 365) -> float:
        """Chance of a second order within so many days of the first, with no other reason to leave."""
        return float(1 - (self.alpha_days / (self.alpha_days + days)) ** self.r)


@dataclass(frozen=True)
class Shares:
    """Shares of promoters, passives and detractors, or one number for each of the three."""

    promoters: float
    passives: float
    detractors: float

    @property
    def nps(self) -> float:
        """Net promoter score from -100 to 100 of these shares."""
        return 100 * (self.promoters - self.detractors) / (self.promoters + self.passives + self.detractors)

    @property
    def total(self) -> float:
        """Sum of the three numbers."""
        return self.promoters + self.passives + self.detractors

    def answering(self, response: Shares) -> Shares:
        """What is seen when the three groups answer with the given chances: shares of all who were asked."""
        return Shares(
            self.promoters * response.promoters,
            self.passives * response.passives,
            self.detractors * response.detractors,
        )


# These, recommended_pace and the resellers' v were set so that the drops, the gain and the share of revenue come
# out as round numbers over a history of HISTORY_DAYS: in a simulation of millions of customers within 0.002.
LATE_DEPARTURE = {"end user": 0.218, "reseller": 0.1012}
SLOW_DEPARTURE = {"end user": 0.324, "reseller": 0.162}

FACTOR_WEIGHTS = {"quality": 0.35, "delivery": 0.30, "price": 0.15, "service": 0.12, "ordering": 0.08}
# Customers say that the price matters most; what goes with their satisfaction is quality and delivery.
STATED_IMPORTANCE = {"quality": 8.6, "delivery": 7.8, "price": 9.0, "service": 7.0, "ordering": 6.0}
COMPETITOR_MEANS = {"quality": 6.2, "delivery": 8.4, "price": 7.9, "service": 7.2, "ordering": 6.8}
RESELLER_WEIGHTS = {"quality": 0.15, "delivery": 0.40, "price": 0.30, "service": 0.10, "ordering": 0.05}
KANO = {
    "evening-delivery": {"attractive": 0.50, "one-dimensional": 0.20, "must-be": 0.08, "indifferent": 0.22},
    "on-the-day": {"attractive": 0.08, "one-dimensional": 0.25, "must-be": 0.55, "indifferent": 0.12},
}
FOCUS_MEANS = {"understands-me": 3.9, "matters-to-them": 3.5, "worth-it": 4.1}
ELEMENT_MEANS = {
    "strategy": 3.7,
    "structure": 3.5,
    "systems": 3.5,
    "shared-values": 4.2,
    "skills": 4.0,
    "staff": 3.4,
    "style": 3.8,
}


@dataclass(frozen=True)
class FarAway:
    """End users with less money who live far out: a reason for late deliveries and for staying away at once.

    share           share of end users with deliveries who live there (region "far away" in ``clients``)
    pace            they buy so many times as often as the others
    amounts         and for so many times as much
    late_share      share of their deliveries after their due day
    near_late_share the same of all other deliveries, in place of Truths.late_share
    late_departure, near_late_departure   chance that a late delivery ends the relation of an end user out there and
                    elsewhere. So the share with another order on the 365 days after the delivery day is lower by
                    Truths.late_return_drop after a late delivery, there and elsewhere alike (in a simulation of
                    millions of customers within 0.002), but lower by about twice as much where the two are mixed
    """

    share: float = 0.4
    pace: float = 0.4
    amounts: float = 0.6
    late_share: float = 0.45
    near_late_share: float = 0.08
    late_departure: float = 0.372
    near_late_departure: float = 0.218


@dataclass(frozen=True)
class Truths:
    """Every planted truth. Shares are 0-1, money EUR, times as named. All draws are independent unless said.

    Purchases
      end_user, reseller          how each type buys. What follows (late delivery, a slow answer, being
                                  recommended) changes only when a customer leaves, never rate or amounts
      undisturbed                 condition over ``clients`` that picks the end users whom nothing of that
                                  touches: they buy by exactly ``end_user``. They collect their goods
                                  themselves, so no delivery can be late and none leads to a complaint
      reseller_share              share of customers who are resellers (interior designers, small hotels)
      reseller_revenue_share      their share of the order amounts of all known customers
    Delivery
      late_share                  share of deliveries after their due day
      late_departure              chance that a late delivery ends the relation, by type
      late_return_drop            so the share with another order on the 365 days after the delivery day is
                                  lower by this after a late delivery: in each type, hence in both together
      announced_share             share of late deliveries of which the company tells the customer one to three days
                                  before the due day, of its own accord; it changes nothing later, by design
      rework_share                share of productions sent back by the quality check (again each time)
      failed_delivery_share       share of deliveries with a first attempt that found nobody
      assembly_share              share of deliveries followed by an assembly visit
      far_away                    None: lateness falls on everybody alike, by chance. Else it falls on those more often
                                  who would come back less anyhow; see FarAway
    Complaints and calls
      complaint_share             complaints per delivery, whether late or not
      answered_within_day_share   share of complaints answered within 24 hours
      slow_departure              chance that a later answer ends the relation, by type
      slow_answer_return_drop     so the share with another order on the 365 days after the day of the answer
                                  is lower by this after a slow answer
      out_of_hours_call_share     share of clients' calls outside 9-18 h; all of these are missed
      called_back_share           share of missed calls that are called back
      wait_median_seconds         median wait on the phone; at ``slow_branch`` from hour ``slow_hours[0]`` to
                                  before ``slow_hours[1]`` it is ``slow_wait_median_seconds``
    Recommendation
      recommended_share           share of customers with acquired_by = 'recommendation'
      recommended_pace            recommended end users buy so many times as often: alpha is divided by it
      recommended_return_gain     so the share of end users with a second order within 365 days of the first
                                  is higher by this among the recommended
      recommender_known_share     share of them with a 'referral' interaction of the recommender (the very
                                  first customer has nobody who could have recommended the company)
    Surveys
      nps_on_time, nps_late       opinions after an order (delivered late, or not), answered or not
      response                    chance to answer by opinion: the unhappy answer less
      factor_weights              overall = 10 * sum(weight * rating) + normal error of sd 4, on 0-100
      best_employee               whose 'served' score is higher on average by ``best_employee_gain`` of 1-5
      enps                        opinions of employees
    Surveys beside it (of ``voice``; nobody's opinion there depends on the older survey)
      end_user_response, reseller_response   chance to answer the yearly survey "what-matters": those who keep
                                  silent are resellers more often
      stated_importance           mean importance 1-10 that is stated for each factor there
      competitor_means            mean rating 1-10 that the competitor Pinehill gets there
      reseller_factor_weights     what factor_weights are for resellers in that survey
      kano                        shares of the classes of the answers to each pair of questions there
      contact_response            chance to answer the survey "after-contact", whatever the contact was like
      call_csat, complaint_csat   shares of the answers 1-5 after a call and after a complaint
      call_csat_later, call_drop_days   the same after calls in the last so many days: fewer are satisfied
      call_ease, complaint_ease   shares of the answers 1-7 to how easy it was
      duplicate_share             share of questionnaires after contacts sent twice, and marked so
      nps_cards                   opinions on the cards in the showrooms, which name no customer
      review_stars                shares of reviews with 1 to 5 stars
      new_theme_days              only in the last so many days the unhappy write about the payment link
    People and programme (each drawn apart, see ``apart``)
      best_employee_return_gain   of alike customers whom ``best_employee`` rang after the goods came, so much more come
                                  back within 90 days (see ``aftercare``)
      focus_means                 mean answers 1-5 to the three questions of the survey "customer-focus"
      focus_response              chance to answer it, whatever the opinion
      element_means               mean rating 1-5 of each of the seven elements by employees who lead nobody
      management_gap              so much higher do those who lead rate every element
      element_response            chance to answer that questionnaire
      partner_nps                 opinions of the partners
      contract_within_share       share of resellers' contracts that the accounts answer within two days
    Sales
      guest_share_of_showroom     share of showroom orders without a client
      cost_known_share            share of orders with a known cost
      refund_share                refunds per paid order more than 30 days old; threads are the orders'
      sample_share_of_reseller    share of resellers' orders that are zero-price samples
      web_share_first, web_share_last   chance that an end user's order comes by web on the first and the last
                                  day, straight in between
      december, spring            new customers and guests a day, in December and in April and May, relative
                                  to the other months; returning customers know no season
    Facts
      stale_fact_share            share of facts not confirmed in the last 365 days
    Records (of a demo workspace; see ``second_source``)
      second_record_share         share of end users with a second record in the call centre, under another key
      lookalike_share             share of end users with a relative there who only looks alike
      lookalike_parent_share      share of these with a known birthday whose relative is a parent of the same name; the
                                  others are husband or wife
    """

    end_user: Buying = Buying(r=0.8, alpha_days=300.0, a=1.2, b=2.0, p=3.0, q=4.0, v=240.0)
    reseller: Buying = Buying(r=2.0, alpha_days=60.0, a=0.5, b=4.5, p=3.0, q=5.0, v=1090.0)
    undisturbed: str = "customer_type = 'end user' and region = 'pick-up area' and acquired_by <> 'recommendation'"
    reseller_share: float = 0.05
    reseller_revenue_share: float = 0.45

    late_share: float = 0.14
    late_departure: Mapping[str, float] = field(default_factory=lambda: MappingProxyType(LATE_DEPARTURE))
    late_return_drop: float = 0.11
    announced_share: float = 0.35
    rework_share: float = 0.08
    failed_delivery_share: float = 0.05
    assembly_share: float = 0.4
    far_away: FarAway | None = None

    complaint_share: float = 0.12
    answered_within_day_share: float = 0.6
    slow_departure: Mapping[str, float] = field(default_factory=lambda: MappingProxyType(SLOW_DEPARTURE))
    slow_answer_return_drop: float = 0.15
    out_of_hours_call_share: float = 0.15
    called_back_share: float = 0.6
    wait_median_seconds: float = 18.0
    slow_branch: str = "Istanbul"
    slow_hours: tuple[int, int] = (16, 18)
    slow_wait_median_seconds: float = 80.0

    recommended_share: float = 0.32
    recommended_pace: float = 1.31
    recommended_return_gain: float = 0.06
    recommender_known_share: float = 0.7

    nps_on_time: Shares = Shares(0.55, 0.30, 0.15)
    nps_late: Shares = Shares(0.22, 0.33, 0.45)
    response: Shares = Shares(0.40, 0.30, 0.18)
    factor_weights: Mapping[str, float] = field(default_factory=lambda: MappingProxyType(FACTOR_WEIGHTS))
    best_employee: str = "E05"
    best_employee_gain: float = 0.51
    enps: Shares = Shares(0.35, 0.40, 0.25)

    end_user_response: float = 0.35
    reseller_response: float = 0.12
    stated_importance: Mapping[str, float] = field(default_factory=lambda: MappingProxyType(STATED_IMPORTANCE))
    competitor_means: Mapping[str, float] = field(default_factory=lambda: MappingProxyType(COMPETITOR_MEANS))
    reseller_factor_weights: Mapping[str, float] = field(default_factory=lambda: MappingProxyType(RESELLER_WEIGHTS))
    kano: Mapping[str, Mapping[str, float]] = field(default_factory=lambda: MappingProxyType(KANO))
    contact_response: float = 0.45
    call_csat: tuple[float, ...] = (0.03, 0.05, 0.10, 0.32, 0.50)
    call_csat_later: tuple[float, ...] = (0.07, 0.12, 0.21, 0.30, 0.30)
    call_drop_days: int = 181
    complaint_csat: tuple[float, ...] = (0.18, 0.16, 0.18, 0.28, 0.20)
    call_ease: tuple[float, ...] = (0.02, 0.03, 0.06, 0.11, 0.24, 0.30, 0.24)
    complaint_ease: tuple[float, ...] = (0.12, 0.13, 0.14, 0.16, 0.20, 0.15, 0.10)
    duplicate_share: float = 0.01
    nps_cards: Shares = Shares(0.48, 0.32, 0.20)
    review_stars: tuple[float, ...] = (0.16, 0.07, 0.09, 0.22, 0.46)
    new_theme_days: int = 60

    best_employee_return_gain: float = 0.2
    focus_means: Mapping[str, float] = field(default_factory=lambda: MappingProxyType(FOCUS_MEANS))
    focus_response: float = 0.30
    element_means: Mapping[str, float] = field(default_factory=lambda: MappingProxyType(ELEMENT_MEANS))
    management_gap: float = 0.6
    element_response: float = 0.88
    partner_nps: Shares = Shares(0.40, 0.40, 0.20)
    contract_within_share: float = 0.70

    guest_share_of_showroom: float = 0.22
    cost_known_share: float = 0.91
    refund_share: float = 0.03
    sample_share_of_reseller: float = 0.02
    web_share_first: float = 0.30
    web_share_last: float = 0.60
    december: float = 1.6
    spring: float = 1.3

    stale_fact_share: float = 0.4

    second_record_share: float = 0.08
    lookalike_share: float = 0.01
    lookalike_parent_share: float = 0.5

    def buying(self, customer_type: str) -> Buying:
        """How customers of that type buy."""
        return self.reseller if customer_type == "reseller" else self.end_user


# Distribution of the 'served' score 1-5: of everybody, and of the best employee.
SERVED = (0.04, 0.08, 0.25, 0.38, 0.25)
SERVED_BEST = (0.01, 0.03, 0.13, 0.38, 0.45)

# Length of the log: three and a quarter years.
HISTORY_DAYS = 1187
