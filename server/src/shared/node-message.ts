/**
 * Of the messages between nodes, raised when those of the version before would misread them. During a rolling deploy nodes of two versions are
 * at work: each ignores what it can't know, counts it, and reads the truth from the stores instead.
 */
export const messageVersion = 1;

/** The words `body` for another node. */
export function nodeMessage(body: string): string {
  return `v${messageVersion} ${body}`;
}

/** Null: of a version that this node does not know. Counts come without a version from the scripts, to which the first is understood. */
export function readNodeMessage(message: string): string | null {
  // The count of each claim comes by here.
  if (message.charCodeAt(0) !== 0x76) return message;
  const [version, body] = message.split(/ (.*)/s, 2);
  return version === `v${messageVersion}` && body !== undefined ? body : null;
}
