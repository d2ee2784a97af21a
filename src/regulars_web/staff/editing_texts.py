"""What the pages say on which the register of people is filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy


@dataclass(frozen=True)
class Texts:
    """What its page says."""

    new: Any
    change: Any
    about: Any
    done: Any
    end: Any = ""
    end_about: Any = ""


TEXTS: Mapping[str, Texts] = {
    "employees": Texts(
        gettext_lazy("Add somebody who works here"),
        gettext_lazy("Change what is known of %(name)s"),
        gettext_lazy(
            "The code joins this person to what they did. A file of staff brings names and e-mails too; what was "
            "said last holds."
        ),
        gettext_lazy("Kept. Measures count with it from now on."),
        gettext_lazy("Take this person out of the list"),
        gettext_lazy(
            "For somebody who was entered by mistake. Who has left gets a last day instead; their touches "
            "stay in any case."
        ),
    ),
    "partners": Texts(
        gettext_lazy("Add a partner"),
        gettext_lazy("Rename %(name)s"),
        gettext_lazy(
            "A supplier, a carrier, a workshop. The name is kept apart from the log, since it may be that of a person."
        ),
        gettext_lazy("The partner is kept."),
    ),
    "departments": Texts(
        gettext_lazy("Add a department"),
        gettext_lazy("Change the department “%(name)s”"),
        gettext_lazy(
            "The visible zone meets customers. The invisible one works for those who do, and its promises are to them."
        ),
        gettext_lazy("The department is published."),
        gettext_lazy("Take this department out of the list"),
        gettext_lazy("Its touches and its versions stay."),
    ),
    "limits": Texts(
        gettext_lazy("Say what may be decided on the spot"),
        gettext_lazy("Change a limit of authority"),
        gettext_lazy(
            "Whoever has to ask first lets the customer wait. Give a role what it needs on an ordinary day, "
            "and one person more where that is right."
        ),
        gettext_lazy("The limit is published. It holds from now on."),
        gettext_lazy("Take this limit back"),
        gettext_lazy("From then on nobody knows what may be decided. Its versions stay."),
    ),
    "promises": Texts(
        gettext_lazy("Make a promise between departments"),
        gettext_lazy("Change the promise “%(name)s”"),
        gettext_lazy(
            "A contract that lies in accounts for a week loses the customer as surely as a rude word. "
            "Promise a time that the log can measure."
        ),
        gettext_lazy("The promise is published. It is counted for the whole period."),
        gettext_lazy("End this promise"),
        gettext_lazy("It is counted no longer. Its versions stay."),
    ),
    "group": Texts(
        gettext_lazy("Set up the customer service group"),
        gettext_lazy("Change the customer service group"),
        gettext_lazy(
            "A few people who look after key accounts, visit them when asked, and are linked to those who "
            "deliver and produce."
        ),
        gettext_lazy("The customer service group is published."),
    ),
    "accounts": Texts(
        gettext_lazy("Give a customer to a keeper"),
        gettext_lazy("Change who keeps %(name)s"),
        gettext_lazy("A key account has one person who knows it and answers for it."),
        gettext_lazy("The key account is kept."),
        gettext_lazy("This customer is no key account any more"),
        gettext_lazy("They stay a customer; nobody in particular keeps them."),
    ),
    "visits": Texts(
        gettext_lazy("Plan a visit"),
        gettext_lazy("Change a visit"),
        gettext_lazy("Visits are planned with a day and a reason, and marked when they were made."),
        gettext_lazy("The visit is kept."),
        gettext_lazy("Call this visit off"),
        gettext_lazy("It disappears from the list; its versions stay."),
    ),
}
