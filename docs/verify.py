"""Holds a sealed sale against what its shop promised. Needs nothing but Python 3; the shop's own code has no part in it.

    python3 verify.py sale  http://shop.example SALE_ID [DIGEST]  every claim of the sale, read from the shop; DIGEST: as it was kept
    python3 verify.py proof PROOF_FILE CUSTOMER_ID ROOT         one order, from the saved answer of GET /orders/ID/proof

Exit code 0: it holds. 1: it does not, and what is wrong is said.
"""
import hashlib
import hmac
import json
import sys
from collections import Counter
from datetime import datetime, timezone
from urllib.request import urlopen


def sha(prefix, *parts):
    return hashlib.sha256(bytes([prefix]) + b"".join(parts)).digest()


def leaf_hash(leaf):
    return sha(0, leaf.encode())


def root_of(hashes):
    """RFC 6962, 2.1."""
    if len(hashes) <= 1:
        return hashes[0] if hashes else hashlib.sha256().digest()
    split = 1 << (len(hashes) - 1).bit_length() - 1
    return sha(1, root_of(hashes[:split]), root_of(hashes[split:]))


def root_from(leaf, index, size, path):
    """RFC 9162, 2.1.3.2: the root that the path leads to, or None."""
    found, last = leaf_hash(leaf), size - 1
    if not 0 <= index < size:
        return None
    for step in map(bytes.fromhex, path):
        if last == 0:
            return None
        if index % 2 or index == last:
            found = sha(1, step, found)
            while index % 2 == 0 and index:
                index, last = index >> 1, last >> 1
        else:
            found = sha(1, found, step)
        index, last = index >> 1, last >> 1
    return found if last == 0 else None


def check_proof(proof, customer, root):
    content = json.loads(proof["leaf"])
    own = hmac.new(bytes.fromhex(proof["customerKey"]), customer.encode(), hashlib.sha256).hexdigest()
    reached = root_from(proof["leaf"], proof["index"], proof["size"], proof["path"])
    if reached is None or reached.hex() != root:
        yield "the order is not under the root"
    if content["customer"] != own:
        yield "the order is not this customer's"
    if content["claim"] != proof["index"] + 1 or proof["orderId"] != f'{content["sale"]}:{customer}:{content["n"]}':
        yield "the leaf is of another order"


def within(claimed_at, windows):
    """Whether a window in force allowed the claim. A window counts from its decision (a node's clock may be 1 s off) until the next one had reached Redis (10 s)."""
    at, bounds = moment(claimed_at), [moment(window["from"]) for window in windows or []]
    for index, window in enumerate(windows or []):
        since = bounds[index] - 1 if index else at
        until = bounds[index + 1] + 10 if index + 1 < len(bounds) else at
        opens, ends = moment(window["startsAt"]), window["endsAt"] and moment(window["endsAt"])
        if not window["paused"] and since <= at <= until and opens <= at and (ends is None or at < ends):
            return True
    return not windows


def moment(text):
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=timezone.utc).timestamp()


def check_sale(seal, leaves):
    if root_of([leaf_hash(leaf) for leaf in leaves]).hex() != seal["root"]:
        yield "the claims do not lead to the published root"
    claims = [json.loads(leaf) for leaf in leaves]
    standing = [claim for claim in claims if claim["status"] == "confirmed"]
    units = Counter(claim["unit"] for claim in standing)
    holders = Counter(claim["customer"] for claim in standing)
    statuses = Counter(claim["status"] for claim in claims)
    if len(claims) != seal["size"] or any(statuses[name] != count for name, count in seal["counts"].items()) or set(statuses) - set(seal["counts"]):
        yield "the counts are not those of the claims"
    if len(standing) > seal["quantity"] or any(not 1 <= unit <= seal["quantity"] for unit in units):
        yield "more was sold than there was"
    if any(count > 1 for count in units.values()):
        yield "a unit was sold twice"
    if any(count > seal["perCustomer"] for count in holders.values()):
        yield "a customer has more than their share"
    numbers = [(claim["claim"], claim["seq"]) for claim in claims]
    if numbers != sorted(numbers) or [n for n, _ in numbers] != list(range(1, len(claims) + 1)):
        yield "the claims are not in their order"
    outside = [claim["claim"] for claim in claims if not within(claim["claimedAt"], seal.get("windows"))]
    if outside:
        yield f"claims were made outside the sale's windows: {outside[:20]}"
    if len({claim["currency"] for claim in standing if "currency" in claim}) > 1:
        yield "units were sold in several currencies"
    yield from check_variants(seal, standing)
    yield from check_holds(seal, claims)
    if any(claim["sale"] != seal["saleId"] for claim in claims):
        yield "a claim is of another sale"


def check_variants(seal, standing):
    """The serial number of a unit says which variant of the product it is: the variants' spans cover 1 to the quantity, each unit once."""
    variants, last = seal.get("variants") or [], 0
    for first, end in sorted((span["from"], span["to"]) for variant in variants for span in variant["units"]):
        if first != last + 1:
            yield "the units of the variants are not those of the sale"
        last = end
    if variants and not last == seal["quantity"] == sum(variant["quantity"] for variant in variants):
        yield "the quantities of the variants are not that of the sale"
    for variant in variants:
        sold = [claim for claim in standing if any(span["from"] <= claim["unit"] <= span["to"] for span in variant["units"])]
        if len(sold) > variant["quantity"]:
            yield f'more of {variant["sku"]} was sold than there was'
        if any((claim["priceMinor"], claim["currency"]) != (variant["priceMinor"], variant["currency"]) for claim in sold):
            yield f'a unit of {variant["sku"]} was sold at another price'


def check_holds(seal, claims):
    """In a sale that requires payment each claim was held, and the hold ended once: paid, which made an order, or without, which gave the unit back."""
    payment, tries, last_of_unit = seal.get("payment"), {}, {}
    if payment is None:
        if any("hold" in claim for claim in claims):
            yield "units were held in a sale without payment"
        return
    for claim in (claim for claim in claims if claim["status"] != "revoked"):
        hold, name = claim.get("hold"), f'claim {claim["claim"]}'
        if hold is None:
            yield f"{name} was never held"
            continue
        paid = hold["outcome"] == "paid"
        if claim["status"] not in (("confirmed", "cancelled") if paid else (hold["outcome"],)):
            yield f"{name} is not what its hold has become"
        held, until, ended = moment(hold["heldAt"]), moment(hold["payBy"]), moment(hold["endedAt"])
        if until - held < payment["holdSeconds"] or hold["outcome"] == "expired" and ended < until:
            yield f"{name} was not held for as long as promised"
        place = (claim["customer"], claim["n"])
        tries.setdefault(place, []).append((hold["try"], paid))
        before = last_of_unit.get(claim["unit"])
        # Nodes know the clock of the claims to about a millisecond; a second is allowed.
        if before and (before["status"] == "confirmed" or before["hold"]["outcome"] != "paid" and moment(claim["claimedAt"]) < moment(before["hold"]["endedAt"]) - 1):
            yield f"{name} is of a unit that another customer had"
        last_of_unit[claim["unit"]] = claim
    for place in tries.values():
        numbers = sorted(number for number, _ in place)
        if numbers != list(range(1, len(numbers) + 1)) or any(paid and number < len(numbers) for number, paid in place):
            yield "a customer held a unit again before the time before had ended"
        if len(numbers) > payment["holdsMax"]:
            yield "a customer held a unit more often than the sale allows"


def check_statement(seal, kept=None):
    digest, statement = seal.get("digest"), seal.get("statement")
    if kept not in (None, digest):
        yield "the digest is not the one that was kept"
    if digest is None:
        return  # Sealed by an earlier version of the shop: its root stands alone.
    if sha(2, statement.encode()).hex() != digest:
        yield "the statement does not lead to the digest"
    elif any(seal.get(name) != value for name, value in json.loads(statement).items()):
        yield "the seal says something else than its statement"


def get(url):
    with urlopen(url, timeout=30) as answer:
        return json.load(answer)


def read_sale(shop, sale):
    seal = get(f"{shop}/sales/{sale}/seal")
    leaves, after = [], 0
    while after is not None:
        page = get(f'{shop}/sales/{sale}/seal/leaves?version={seal["version"]}&after={after}')
        leaves, after = leaves + page["leaves"], page["next"]
    return seal, leaves


def main(what, *arguments):
    if what == "sale":
        seal, leaves = read_sale(*arguments[:2])
        wrong, root = [*check_statement(seal, *arguments[2:]), *check_sale(seal, leaves)], seal["root"]
        root += f', digest {seal["digest"]}' if "digest" in seal else ""
    else:
        file, customer, root = arguments
        with open(file, encoding="utf-8") as saved:
            wrong = list(check_proof(json.load(saved), customer, root))
    print("\n".join(wrong) or f"It holds. Root {root}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]) if len(sys.argv) > 3 else print(__doc__) or 2)
