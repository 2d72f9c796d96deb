"""A checkout of the shop's own: takes the money for the units that a customer holds, and confirms it."""
import json, os, time, urllib.error, urllib.parse, urllib.request, uuid

SHOP, API_KEY, CUSTOMER_TOKEN = (os.environ[name] for name in ("SHOP", "API_KEY", "CUSTOMER_TOKEN"))


def ask(method, path, token, body=None):
    data = None if body is None else json.dumps(body).encode()
    headers = {"authorization": f"Bearer {token}", **({} if data is None else {"content-type": "application/json"})}
    try:
        request = urllib.request.Request(SHOP + path, data, headers, method=method)
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refusal:
        return refusal.code, json.load(refusal)
    except OSError:
        return 503, {}  # No answer. It may have arrived, and the same request gets the same answer.


def take_money(order):  # Replace this by your payment provider, with the hold's id as its idempotency key.
    print("taken", order["priceMinor"], order["currency"])
    return str(uuid.uuid5(uuid.NAMESPACE_URL, order["holdId"]))


def confirm(order, reference):
    payment = {"reference": reference, "amountMinor": order["priceMinor"], "currency": order["currency"]}
    while True:
        status, answer = ask("POST", f"/holds/{urllib.parse.quote(order['holdId'], safe='')}/payment", API_KEY, payment)
        if status not in (429, 503):
            return status, answer
        time.sleep(answer.get("retryAfterMs", 1000) / 1000)


for held in [each for each in ask("GET", "/orders/me", CUSTOMER_TOKEN)[1]["orders"] if each["status"] == "held"]:
    paid_with = take_money(held)
    code, result = confirm(held, paid_with)
    print("confirmed " + result["order"]["number"] if code == 201 else f"{result['code']}: return {paid_with}")
