/** Socket.IO's frame for an event with an acknowledgement: 42, the number of the acknowledgement, the event. */
const buyFrame = /^42\d*(\["buy",.*\])$/;

/** The request id of a buy on the wire; null for any other frame. */
export function requestIdOf(frame: string): string | null {
  const [, event] = buyFrame.exec(frame) ?? [];
  if (event === undefined) {
    return null;
  }
  const [, { requestId }] = JSON.parse(event) as [string, { requestId: string }];
  return requestId;
}
