"""A shopper that knows only the documented API and nothing of the server: logs in, connects, buys, and prints the answers as JSON."""

import json
import sys
import threading
import urllib.request

import socketio

WAIT_S_MAX = 20


def post(url, body):
    request = urllib.request.Request(url, json.dumps(body).encode(), {"content-type": "application/json"})
    with urllib.request.urlopen(request, timeout=WAIT_S_MAX) as response:
        return json.load(response)


def main(url, customer_id):
    token = post(f"{url}/login", {"customerId": customer_id})["token"]
    received = {"sales": [], "stocks": [], "presences": [], "orders": []}
    sale_is_known, confirmed, stock_fell = threading.Event(), threading.Event(), threading.Event()
    client = socketio.Client(reconnection=False)

    @client.on("sale")
    def on_sale(sale):
        received["sales"].append(sale)
        sale_is_known.set()

    @client.on("stock")
    def on_stock(stock):
        received["stocks"].append(stock)
        stock_fell.set()

    @client.on("presence")
    def on_presence(presence):
        received["presences"].append(presence)

    @client.on("order")
    def on_order(order):
        received["orders"].append(order)
        if order["status"] == "confirmed":
            confirmed.set()

    client.connect(url, auth={"token": token}, transports=["websocket"], wait_timeout=WAIT_S_MAX)
    try:
        if not sale_is_known.wait(WAIT_S_MAX):
            raise TimeoutError("no sale")
        buy = {"saleId": received["sales"][0]["id"], "requestId": "from-python"}
        received["time"] = client.call("time", timeout=WAIT_S_MAX)
        received["answer"] = client.call("buy", buy, timeout=WAIT_S_MAX)
        if not confirmed.wait(WAIT_S_MAX):
            raise TimeoutError("no confirmed order")
        if not stock_fell.wait(WAIT_S_MAX):
            raise TimeoutError("no stock")
        received["again"] = client.call("buy", buy, timeout=WAIT_S_MAX)
        received["other"] = client.call("buy", {"requestId": "another"}, timeout=WAIT_S_MAX)
    finally:
        client.disconnect()

    spectator = socketio.Client(reconnection=False)
    spectator.connect(url, transports=["websocket"], wait_timeout=WAIT_S_MAX)
    try:
        received["spectator"] = spectator.call("buy", {"requestId": "no-token"}, timeout=WAIT_S_MAX)
    finally:
        spectator.disconnect()

    stranger = socketio.Client(reconnection=False)

    @stranger.on("connect_error")
    def on_connect_error(refusal):
        received["refusal"] = refusal

    try:
        stranger.connect(url, auth={"token": "forged"}, transports=["websocket"], wait_timeout=WAIT_S_MAX)
        stranger.disconnect()
    except socketio.exceptions.ConnectionError:
        pass
    print(json.dumps(received))


main(*sys.argv[1:])
