"""Figures of what customers bought and how they liked it, where an app tells."""

from datetime import timedelta

from odoo.fields import Domain

from .declared import Kpi, since_midnight

PURCHASES, RATINGS = "customer.sheet.purchase", "rating.rating"
YEAR = timedelta(days=365)
QUARTER = timedelta(days=90)


def figures(env, day):
    """Return the figures of the apps that are installed."""
    return [
        *(_purchases(env, day) if "sale.order" in env and PURCHASES in env else ()),
        *(_ratings(env, day) if RATINGS in env else ()),
    ]


def _purchases(env, day):
    bought = Domain("orders", ">", 0)
    amounts = {"unit": "amount", "whole": bought, "money": ("part",)}
    return [
        Kpi(
            "customer_value",
            env._("Customer value"),
            env._(
                "Basket x orders a year x the years that customers of the segment stay,"
                " for each customer."
            ),
            PURCHASES,
            sums=("value",),
            **amounts,
        ),
        Kpi(
            "spend_12m",
            env._("Spend in 12 months"),
            env._("What each customer bought within the last 12 months."),
            PURCHASES,
            sums=("spend_12m",),
            **amounts,
        ),
        Kpi(
            "active_customers",
            env._("Customers who bought within a year"),
            env._("Of all customers who ever bought, those whose last order is of the last year."),
            PURCHASES,
            whole=bought,
            part=Domain("last_on", ">=", str(day - YEAR)),
        ),
        Kpi(
            "repeat_purchase",
            env._("Repeat purchase"),
            env._("Customers with two orders or more, of those who have had time to come back."),
            PURCHASES,
            whole=Domain("is_due", "=", True),
            part=Domain("orders", ">=", 2),
        ),
        *(_margin(env) if "margin" in env["sale.order"]._fields else ()),
    ]


def _margin(env):
    yield Kpi(
        "margin",
        env._("Margin"),
        env._("Margin of all orders, of what they amount to."),
        PURCHASES,
        whole=Domain("orders", ">", 0),
        sums=("margin", "amount"),
        money=("part", "whole"),
    )


def _ratings(env, day):
    yield Kpi(
        "satisfaction",
        env._("Satisfaction"),
        env._("Average of the ratings that customers gave within the last 90 days, from 1 to 5."),
        RATINGS,
        whole=Domain("consumed", "=", True) & since_midnight(env, "write_date", day - QUARTER, day),
        sums=("rating",),
        unit="number",
    )
