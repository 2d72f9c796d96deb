/**
 * The version of messages between nodes, raised when an older node would misread them. During a rolling deploy nodes of two versions are
 * at work: each ignores messages of another version, counts them, and reads the stores instead.
 */
export const messageVersion = 1;

/** The words `body` for another node. */
export function nodeMessage(body: string): string {
  return `v${messageVersion} ${body}`;
}

/** Null: of a version that this node does not know. Counts come without a version from the scripts, to which the first is understood. */
export function readNodeMessage(message: string): string | null {
  // Hot path: every count passes here.
  if (message.charCodeAt(0) !== 0x76) return message;
  const [version, body] = message.split(/ (.*)/s, 2);
  return version === `v${messageVersion}` && body !== undefined ? body : null;
}
