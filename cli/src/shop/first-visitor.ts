/** Resolves once a visitor, apart from this listener, has the shop's page open, or when `signal` aborts; never rejects. */
export function firstVisitor(shop: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`${shop.replace(/^http/, 'ws')}/socket.io/?EIO=4&transport=websocket`);
    const end = () => {
      socket.close();
      resolve();
    };
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
    // Engine.IO and Socket.IO as they are on the wire: connect, answer pings, read events.
    socket.addEventListener('open', () => socket.send('40'));
    socket.addEventListener('message', (event) => {
      const text = String(event.data);
      if (text === '2') socket.send('3');
      const connected = Number(/^42\["presence",\{"connected":(\d+)/.exec(text)?.[1] ?? 0);
      if (connected > 1) end();
    });
  });
}
