"""Seconds per merged pair: Odoo's wizard and ours, on alike pairs of the same database."""

import time

#: Pairs merged by Odoo's wizard (each is slow), and by us at most.
STOCK, OURS = 15, 3000

#: Each company gets a request, a message, a file and a tag.
DOCUMENTS = """
    UPDATE crm_lead l SET partner_id = c.id
      FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM res_partner
             WHERE id = ANY(%(ids)s)) c
     WHERE l.id IN (SELECT id FROM crm_lead ORDER BY id LIMIT %(count)s)
       AND l.id %% %(count)s = c.n - 1;
    INSERT INTO mail_message (model, res_id, message_type, body, date)
    SELECT 'res.partner', id, 'comment', 'Called', now() FROM unnest(%(ids)s) id;
    INSERT INTO ir_attachment (name, type, res_model, res_id)
    SELECT 'plan.txt', 'binary', 'res.partner', id FROM unnest(%(ids)s) id;
    INSERT INTO res_partner_category (name, create_date) VALUES ('{"en_US": "Bench"}', now());
    INSERT INTO res_partner_res_partner_category_rel (partner_id, category_id)
    SELECT id, (SELECT max(id) FROM res_partner_category) FROM unnest(%(ids)s) id;
"""


def measure(env):
    """Merge pairs by both ways; return the seconds of each."""
    pairs = _pairs(env)
    stock, ours = pairs[:STOCK], pairs[STOCK:]
    slow = _by_stock(env, stock)
    fast = _by_us(env, ours)
    return {
        "seconds": fast * len(ours),
        "pairs": len(ours),
        "per_pair": fast,
        "stock_per_pair": slow,
        "undo": _undo(env),
    }


def _pairs(env):
    firms = env["res.partner"].search(
        [("is_company", "=", True), ("name", "like", "Firm %")],
        order="id",
        limit=2 * (STOCK + OURS),
    )
    ids = firms.ids[: len(firms) // 2 * 2]
    env.cr.execute(DOCUMENTS, {"ids": ids, "count": len(ids)})
    env.cr.execute("ANALYZE")
    env.invalidate_all()
    env.cr.commit()
    return list(zip(ids[::2], ids[1::2], strict=True))


def _by_stock(env, pairs):
    wizard = env["base.partner.merge.automatic.wizard"]
    start = time.perf_counter()
    for kept, gone in pairs:
        wizard._merge([kept, gone], env["res.partner"].browse(kept), extra_checks=False)
        env.flush_all()
    env.cr.commit()
    return (time.perf_counter() - start) / len(pairs)


def _by_us(env, pairs):
    partners = env["res.partner"].browse
    start = time.perf_counter()
    run = env["customer.sheet.merge.run"]._dry_run(
        "res.partner", [(partners(kept), partners(gone)) for kept, gone in pairs]
    )
    run.sudo().state = "running"
    while run.state == "running":
        run.sudo()._advance()
        env.cr.commit()
    assert not run.blocked, run.blocked[:1]
    return (time.perf_counter() - start) / len(pairs)


def _undo(env):
    """Seconds of taking one merge back."""
    merge = env["customer.sheet.merge"].search([("state", "=", "done")], limit=1)
    start = time.perf_counter()
    merge._undo()
    env.cr.commit()
    return time.perf_counter() - start
