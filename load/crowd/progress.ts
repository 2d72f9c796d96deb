import cliProgress from 'cli-progress';

const plainEveryMs = 2_000;
const barEveryMs = 100;

export interface Progress {
  stop(): void;
}

/** Shows a count on its way to `total` on standard error: a bar on a terminal, a plain line every two seconds elsewhere. */
export function showProgress(
  title: string,
  total: number,
  read: () => { value: number; note: string },
): Progress {
  return process.stderr.isTTY ? showBar(title, total, read) : showLines(title, total, read);
}

function showBar(title: string, total: number, read: () => { value: number; note: string }): Progress {
  const bar = new cliProgress.SingleBar(
    { format: `${title.padEnd(10)} {bar} {value}/{total}  {note}`, barsize: 30, hideCursor: true },
    cliProgress.Presets.shades_classic,
  );
  bar.start(total, 0, { note: '' });
  const update = () => {
    const { value, note } = read();
    bar.update(Math.min(value, total), { note });
  };
  const timer = setInterval(update, barEveryMs);
  return {
    stop: () => {
      clearInterval(timer);
      update();
      bar.stop();
    },
  };
}

function showLines(title: string, total: number, read: () => { value: number; note: string }): Progress {
  let lastLine = '';
  const print = () => {
    const { value, note } = read();
    const line = `${title.padEnd(10)} ${value}/${total}  ${note}`.trimEnd();
    if (line !== lastLine) process.stderr.write(`${line}\n`);
    lastLine = line;
  };
  const timer = setInterval(print, plainEveryMs);
  return {
    stop: () => {
      clearInterval(timer);
      print();
    },
  };
}
