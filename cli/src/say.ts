/** A line for the person at the terminal; standard error, so that the nodes' JSON lines stay clean. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
